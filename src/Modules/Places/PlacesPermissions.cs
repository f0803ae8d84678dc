using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Places;

/// <summary>Who may do what with places; the scope of the grant says where.</summary>
internal static class PlacesPermissions
{
    public static readonly Permission ViewGrids = new("places.view_grids", Role.Supervisor, Role.Officer, Role.Auditor);

    /// <summary>What places are called; it stands on every street sign.</summary>
    public static readonly Permission ViewNames = new("places.view_names", Role.GridWorker, Role.Clerk, Role.Supervisor,
        Role.Officer, Role.Auditor, Role.Administrator);

    /// <summary>Outlines only: no address, no person.</summary>
    public static readonly Permission ViewMap = new("places.view_map", Role.GridWorker, Role.Clerk, Role.Supervisor, Role.Officer, Role.Auditor);

    public static readonly Permission ChangeGrids = new("places.change_grids", Role.Supervisor, Role.Officer);

    public static readonly Permission SettleAddresses = new("places.settle_addresses", Role.Clerk, Role.Supervisor);
}
