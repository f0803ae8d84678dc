using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Immunization;

internal static class ImmunizationPermissions
{
    /// <summary>The nurse's desk: finding a child.</summary>
    public static readonly Permission Desk = new("immunization.desk", Role.Vaccinator);

    /// <summary>The counter reads doses out to a parent who has no sign-in; states of health stay closed to it (Rules/access.yaml).</summary>
    public static readonly Permission View = new("immunization.view", Role.Vaccinator, Role.Clerk);

    /// <summary>Who vaccinates records (疫苗管理法 art. 46); nobody else needs to.</summary>
    public static readonly Permission Record = new("immunization.record", Role.Vaccinator);
    public static readonly Permission States = new("immunization.states", Role.Vaccinator);
    public static readonly Permission Own = new("immunization.own", Role.Citizen);

    /// <summary>A health official tries a rule set on everyone of the area; names of children stay closed to roles that do not need them.</summary>
    public static readonly Permission Trial = new("immunization.trial", Role.Officer, Role.Supervisor, Role.Clerk, Role.Administrator);

    /// <summary>The rules as they are written are nobody's personal data.</summary>
    public static readonly Permission Rules = Permission.OfEveryRole("immunization.rules");
}
