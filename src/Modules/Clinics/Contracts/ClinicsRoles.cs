using Legwork.Platform.Access;

namespace Legwork.Clinics.Contracts;

/// <summary>The roles that a clinic brings beside the nurse who vaccinates.</summary>
public static class ClinicsRoles
{
    extension(Role)
    {
        /// <summary>Decides at the doctor's table.</summary>
        public static Role Doctor => new("Doctor");

        /// <summary>Answers for vaccines and their fridges.</summary>
        public static Role StockKeeper => new("StockKeeper");

        /// <summary>A screen in the hall, nobody's account.</summary>
        public static Role HallBoard => new("HallBoard");
    }
}
