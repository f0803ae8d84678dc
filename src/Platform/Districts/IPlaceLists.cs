namespace Legwork.Platform.Districts;

/// <summary>What the district's own lists call its communities and grids. Implemented by the module that keeps the places.</summary>
public interface IPlaceLists
{
    /// <summary>The name on the list, also of a grid that was retired; null when no list names the code.</summary>
    string? NameOf(string code);
}
