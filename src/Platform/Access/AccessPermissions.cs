namespace Legwork.Platform.Access;

/// <summary>What the platform's own pages let one do, and by which roles.</summary>
internal static class AccessPermissions
{
    public static readonly Permission ChangeOwnPassword = Permission.OfEveryRole("access.password");

    public static readonly Permission OwnPasskeys = Permission.OfEveryRole("access.passkeys");

    /// <summary>Where the own account is signed in.</summary>
    public static readonly Permission OwnSignIns = Permission.OfEveryRole("access.sign_ins");

    /// <summary>The one search box; what answers it has permissions of its own.</summary>
    public static readonly Permission Find = Permission.OfEveryRole("access.find");

    /// <summary>Who works where; a supervisor and an auditor only look.</summary>
    public static readonly Permission SeeStaff = new("access.staff", Role.Administrator, Role.Supervisor, Role.Auditor);

    /// <summary>Whom one stands in for, and who stands in for oneself.</summary>
    public static readonly Permission StandIn = Permission.OfEveryRole("access.stand_in");

    public static readonly Permission ManageStaff = new("access.manage_staff", Role.Administrator);
}
