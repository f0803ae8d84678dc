using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Places.Contracts;

/// <summary>
/// What other modules ask of Places: every dwelling has one grid, every address text one dwelling or a place in the queue. What has
/// changed is told by the events of <see cref="PlacesEvents"/>.
/// </summary>
public interface IPlaces
{
    /// <summary>
    /// Everything known now, in memory. Checked against the storage with each call (one point read), rebuilt when another version is
    /// there: take it once an import, not once a row.
    /// </summary>
    IAddressBook Book { get; }

    /// <summary>The same for a page, which holds no thread meanwhile.</summary>
    Task<IAddressBook> BookNow(CancellationToken cancel);

    /// <summary>
    /// Takes a GeoJSON file of grids whole or not at all; the same file again changes nothing. A grid that the file leaves out stays.
    /// </summary>
    /// <param name="since">First day of grids not known before; absent: they have held since before the records.</param>
    /// <returns>Refusals: <c>places.geojson</c>, <c>places.grid_code</c>, <c>places.outline</c>, each naming the feature.</returns>
    Task<Outcome<GridsTaken>> TakeGrids(Stream geoJson, DateOnly? since = null);

    /// <summary>Says what <see cref="TakeGrids"/> would do, and takes nothing.</summary>
    Task<Outcome<GridsTaken>> CheckGrids(Stream geoJson);

    /// <summary>
    /// Takes rows of an address list whole or not at all; rows known already only move or gain a point. A dwelling that the list leaves
    /// out stays.
    /// </summary>
    /// <returns>Refusals: <c>places.address_row</c>, naming up to twenty rows and what is wrong with each.</returns>
    Task<Outcome<AddressesTaken>> TakeAddresses(IEnumerable<AddressRow> rows);

    /// <summary>
    /// Puts texts that do not resolve into the queue, inside the caller's unit: those that read alike and come from one place are one
    /// entry that counts them. Resolved texts and other districts' are passed over.
    /// </summary>
    /// <returns>How many entries were new.</returns>
    int Ask(Session session, IAddressBook book, IEnumerable<AskedText> texts);

    /// <summary>The grid a dwelling lay in on a day, whatever was split or merged since; null for an unknown dwelling.</summary>
    string? GridOn(Guid dwelling, DateOnly day);

    /// <summary>The grids that hold now in the place of one that held once: itself while it holds.</summary>
    IReadOnlyList<string> HeirsOf(string grid);

    /// <summary>The same for a page.</summary>
    Task<IReadOnlyList<string>> HeirsNow(string grid, CancellationToken cancel);

    /// <summary>Binds a text to a dwelling, for all texts that read alike; see <see cref="Teach"/>.</summary>
    Task<Outcome<Taught>> Learn(Teach teach, Actor by);

    /// <summary>Takes a lesson back: its texts wait in the queue again.</summary>
    Task<Outcome<Done>> Unlearn(long lesson, Actor by);

    /// <summary>Works out a split without doing it.</summary>
    /// <returns>
    /// Refusals: <c>places.grid_not_found</c>, <c>places.retired</c>, <c>places.outline</c>, <c>places.line</c>, <c>places.parts</c>.
    /// </returns>
    Outcome<GridPlan> Plan(SplitGrid asked);

    /// <summary>Works out a merger without doing it.</summary>
    /// <returns>Refusals: those of a split, and <c>places.not_neighbours</c>, <c>places.other_community</c>.</returns>
    Outcome<GridPlan> Plan(MergeGrids asked);

    /// <summary>Does what was planned: retires the old codes, gives new ones,
    /// moves the dwellings, tells <see cref="PlacesEvents.GridChanged"/>.</summary>
    /// <returns>Refusals: <c>places.out_of_scope</c>; <c>places.stale</c> when the places have changed since the plan was made.</returns>
    Task<Outcome<Done>> Carry(GridPlan plan, Actor by);
}

/// <summary>One row of an address list.</summary>
/// <param name="Row">1-based number of the row, for refusals.</param>
/// <param name="Grid">Absent: the grid whose outline covers the point.</param>
public readonly record struct AddressRow(long Row, string Text, string? Grid, double? Lon = null, double? Lat = null);

/// <summary>One text that an office wrote.</summary>
/// <param name="Hint">As <see cref="IAddressBook.Resolve"/> takes it.</param>
/// <param name="Source">The list it stands in (网格台账), shown to the clerk.</param>
public readonly record struct AskedText(string Text, string? Hint, string Source);

/// <param name="Notes">What a reader should know though nothing was refused: codes left out, overlaps, retired codes named again.</param>
public sealed record GridsTaken(int Added, int Changed, int Same, IReadOnlyList<string> Notes);

/// <param name="Alike">Rows that read like an earlier row of the same list.</param>
public sealed record AddressesTaken(int Added, int Changed, int Same, int Alike)
{
    /// <summary>The rows that <see cref="Alike"/> counts.</summary>
    public IReadOnlyList<long> AlikeRows { get; init; } = [];
}

/// <summary>A clerk's answer to one text.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Hint">Place code for which alone it shall hold; empty for the whole district.</param>
/// <param name="WholeEstate">The text's name is another name of the dwelling's estate, for all its doors.</param>
public sealed record Teach(string Text, string Hint, Guid Dwelling, bool WholeEstate = false);

public sealed record Taught(long Lesson, string Form, Resolution Now);

/// <summary>Cuts a grid: along a line across it, or by saying which dwellings leave it.</summary>
/// <param name="Line">Two or more points (lon, lat) from outside the grid to outside it.</param>
/// <param name="Leaving">Dwellings of the second part; the others stay in the first. Used when there is no line.</param>
public sealed record SplitGrid(string Grid, IReadOnlyList<(double Lon, double Lat)>? Line, IReadOnlyCollection<Guid>? Leaving);

/// <param name="Grids">Two or more neighbouring grids of one community.</param>
public sealed record MergeGrids(IReadOnlyList<string> Grids);

/// <summary>What a split or merger would do.</summary>
/// <param name="Act"><c>split</c> or <c>merge</c>.</param>
/// <param name="Version">Version of the book it was made from.</param>
public sealed record GridPlan(string Act, IReadOnlyList<string> Retired, IReadOnlyList<GridPart> Parts, long Version);

/// <param name="Outline">GeoJSON geometry, absent when the old grids had none.</param>
public sealed record GridPart(string Code, string Name, string? Outline, IReadOnlyList<Guid> Dwellings);
