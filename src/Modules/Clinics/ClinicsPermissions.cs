using Legwork.Clinics.Contracts;
using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Clinics;

internal static class ClinicsPermissions
{
    /// <summary>Under which a clinic reads whom it has before it.</summary>
    public const string Purpose = "clinic";

    /// <summary>A parent books for the own children, and sees how the morning goes for them.</summary>
    public static readonly Permission Book = new("clinics.book", Role.Citizen);

    /// <summary>The morning: numbers, questions, registration, observation.</summary>
    public static readonly Permission Counter = new("clinics.counter", Role.Vaccinator, Role.Doctor);

    /// <summary>Calling to a table and giving the dose.</summary>
    public static readonly Permission Table = new("clinics.table", Role.Vaccinator);

    /// <summary>Putting off, finding fit, and allowing a dose in spite of a breach.</summary>
    public static readonly Permission Decide = new("clinics.decide", Role.Doctor);

    public static readonly Permission Stock = new("clinics.stock", Role.StockKeeper);

    public static readonly Permission LookAtStock = new("clinics.stock.look", Role.StockKeeper, Role.Vaccinator, Role.Doctor, Role.Officer);

    /// <summary>A screen in the hall: numbers, tables and masked names, and nothing else.</summary>
    public static readonly Permission Hall = new("clinics.hall", Role.HallBoard, Role.Vaccinator, Role.Doctor);

    /// <summary>The screen's own account is led to its screen.</summary>
    public static readonly Permission HallOnly = new("clinics.hall.screen", Role.HallBoard);
}
