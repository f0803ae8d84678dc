namespace Legwork.Places.Contracts;

/// <summary>One dwelling (房屋): where people are registered and live.</summary>
/// <param name="Key">Street code, a slash and the address key: <c>110101008/太阳小区3区1-2-101</c>.
/// Stays when grids are split or merged.</param>
/// <param name="Text">As the district's address list writes it.</param>
/// <param name="Lon">Degrees, WGS 84 or whatever the list uses; absent when the list gives none.</param>
public sealed record Dwelling(Guid Id, string Key, string Text, string Grid, double? Lon = null, double? Lat = null);

/// <summary>One grid (网格), the beat of one grid worker, or one that was.</summary>
/// <param name="Code">Community code, a hyphen and the grid: <c>110101008001-G03</c>.</param>
/// <param name="Order">Walking order within the community.</param>
/// <param name="From">First day it holds; absent when it held before the records begin.</param>
/// <param name="Until">First day it no longer holds; absent while it does. A retired code is never given again.</param>
/// <param name="Demonstration">Its outline is invented.</param>
public sealed record Grid(string Code, string Name, long Order, DateOnly? From, DateOnly? Until, bool Demonstration)
{
    public const int StreetDigits = 9;
    public const int CommunityDigits = 12;

    public string Community => Code[..CommunityDigits];

    public string Street => Code[..StreetDigits];

    public bool HoldsOn(DateOnly day) => (From is null || day >= From) && (Until is null || day < Until);
}

/// <summary>A street (街道, code of 9 digits) or a community (社区, code of 12).</summary>
public sealed record Place(string Code, string Name);

/// <summary>How sure a text's dwelling is.</summary>
public enum How
{
    /// <summary>Nothing on the list reads like it.</summary>
    Unresolved,

    /// <summary>Street and door are named and on the list.</summary>
    Exact,

    /// <summary>A clerk said so.</summary>
    Alias,

    /// <summary>Parts are left out, and only one dwelling of the district fits.</summary>
    Unique,

    /// <summary>Several dwellings fit, and only one lies where the row's office or grid is.</summary>
    Hint,

    /// <summary>The road, estate or village is known, the door is not; the grid is given when it cannot be another.</summary>
    RoadOnly,

    /// <summary>The name is one character off a known one and the door exists there: one candidate, to be confirmed
    /// before anything rests on it.</summary>
    Near,

    /// <summary>Another district, city or province.</summary>
    Outside,
}

/// <summary>What a text means.</summary>
/// <param name="Dwelling">Set for <see cref="How.Exact"/>, <see cref="How.Alias"/>, <see cref="How.Unique"/> and <see cref="How.Hint"/> only.</param>
/// <param name="Key">The dwelling's key; without a dwelling the text's form (街道 when named, and its key), so that alike texts are equal.</param>
/// <param name="Grid">The dwelling's grid, or the one grid that all possible dwellings share.</param>
/// <param name="Candidates">At most eight dwellings that fit when not exactly one does.</param>
public readonly record struct Resolution(Guid? Dwelling, string Key, string? Grid, How How, IReadOnlyList<Guid> Candidates)
{
    public const int CandidatesMax = 8;
}
