namespace Legwork.Places.Contracts;

/// <summary>Kinds of events in the outbox, written in the unit of the change.</summary>
public static class PlacesEvents
{
    /// <summary>Dwellings now lie in another grid; the body is a <see cref="GridChanged"/>, one a pair of grids.</summary>
    public const string GridChanged = "places.grid_changed";

    /// <summary>A text, or another name of an estate, now has a dwelling; the body is an <see cref="AddressLearned"/>.</summary>
    public const string AddressLearned = "places.address_learned";

    /// <summary>A lesson was taken back; the body is an <see cref="AddressLearned"/>.</summary>
    public const string AddressUnlearned = "places.address_unlearned";

    /// <summary>The key of every change of grids: what one change moved, the next may move on, so they are heard one after the other.</summary>
    public const string Grids = "places/grids";

    /// <summary>The key of what is learned of one text.</summary>
    public static string KeyOfForm(string form) => "places/address/" + form;
}

/// <summary>Each event of one split or merger stands by itself: among them the order does not matter.</summary>
/// <param name="From">The grid they left; retired when this was a split or merger.</param>
/// <param name="Dwellings">Keys of the dwellings that came to <paramref name="To"/>; null when everything of the old grid did.</param>
/// <param name="TakesRest">Whether what lies in the old grid without a dwelling follows here; true for one heir of each retired grid.</param>
/// <param name="Elsewhere">Keys of the dwellings that went to the old grid's other heirs: they are not part of the rest.</param>
/// <param name="Retired">Whether the old grid has ended, and <paramref name="To"/> is one of those that hold in its place.</param>
public sealed record GridChanged(string From, string To, IReadOnlyList<string>? Dwellings, DateOnly On,
    bool TakesRest, IReadOnlyList<string> Elsewhere, bool Retired = false);

/// <param name="Form">What texts that read alike share: <see cref="Resolution.Key"/> of the unresolved text.</param>
/// <param name="Hint">Place code under which it holds; empty everywhere.</param>
/// <param name="Name">Set when all doors of an estate follow: ask the book again for every text that is still unresolved.</param>
public sealed record AddressLearned(long Lesson, string Form, string Hint, Guid Dwelling, string Key, string Grid, string? Name);
