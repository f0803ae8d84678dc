using Legwork.Platform.Access;

namespace Legwork.Immunization.Contracts;

/// <summary>The role that Immunization brings: who vaccinates.</summary>
public static class ImmunizationRoles
{
    extension(Role)
    {
        public static Role Vaccinator => new("Vaccinator");
    }
}
