using Legwork.Platform.Access;

namespace Legwork.Immunization;

internal static class ImmunizationPermissions
{
    public static readonly Permission View = new("immunization.view", Role.Clerk, Role.Supervisor);
    public static readonly Permission Record = new("immunization.record", Role.Clerk);
    public static readonly Permission Own = new("immunization.own", Role.Citizen);

    /// <summary>A health official tries a rule set on everyone of the area; names of children stay closed to roles that do not need them.</summary>
    public static readonly Permission Trial = new("immunization.trial", Role.Officer, Role.Supervisor, Role.Clerk, Role.Administrator);

    /// <summary>The rules as they are written are nobody's personal data.</summary>
    public static readonly Permission Rules = new("immunization.rules", Role.Clerk, Role.Supervisor, Role.Officer, Role.Auditor, Role.Administrator, Role.Citizen, Role.GridWorker);
    public static readonly Permission Import = new("immunization.import", Role.Clerk, Role.Administrator);
}
