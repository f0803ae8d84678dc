using Legwork.Platform.Access;

namespace Legwork.Insight;

internal static class InsightPermissions
{
    /// <summary>
    /// Figures of the own area. They answer the purpose <c>statistics</c>, which opens no field of anybody: nothing personal is read, so
    /// the read log gets no entry. What a figure leads to is a list of Cases, with a permission of its own.
    /// </summary>
    public static readonly Permission Board = new("insight.board", Role.Officer, Role.Supervisor, Role.Clerk);

    /// <summary>Whose first page is the figures: who steers, and handles no case.</summary>
    public static readonly Permission Steer = new("insight.steer", Role.Officer);
}
