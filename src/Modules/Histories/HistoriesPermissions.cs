using Legwork.Platform.Access;

namespace Legwork.Histories;

internal static class HistoriesPermissions
{
    /// <summary>Trying, taking over and undoing files of older systems, each for the own place.</summary>
    public static readonly Permission Take = new("histories.take", Role.Clerk, Role.Administrator);

    /// <summary>The purpose under which it looks at persons.</summary>
    public const string Purpose = "take_over";
}
