namespace Legwork.Platform.Access;

/// <summary>What the district's own lists call its communities and grids. Implemented by the module that keeps the places.</summary>
public interface IPlaceLists
{
    /// <summary>Brings the names up to date. Whoever draws a page does so first: names are then at hand and nobody waits for each.</summary>
    Task Refresh(CancellationToken cancel);

    /// <summary>The name on the list, also of a grid that was retired; null when no list named the code when they were last read.</summary>
    string? NameOf(string code);

    /// <summary>Every code that a list names now.</summary>
    IReadOnlyCollection<string> Codes => [];
}
