using System.Globalization;
using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Places.Grids;

/// <summary>What supervisors and officers see of grids, within the scope of their grants.</summary>
internal sealed class GridDesk(Store store, CurrentBook books)
{
    private const int NumbersAStretch = 20;

    public async Task<GridList> List(Actor actor, string street, bool retired, CancellationToken cancel)
    {
        var book = await books.Get(cancel);
        var seen = book.GridIndex.All.Where(grid => actor.May(PlacesPermissions.ViewGrids, grid.Code)).ToList();
        var streets = book.Streets.Where(place => seen.Exists(grid => grid.Street == place.Code)).ToList();
        if (!streets.Exists(place => place.Code == street)) street = streets.Count > 0 ? streets[0].Code : "";
        var counts = book.Dwellings.CountBy(dwelling => dwelling.Grid).ToDictionary();
        var lines = seen.Where(grid => grid.Street == street && grid.Until is not null == retired).OrderBy(grid => grid.Code, StringComparer.Ordinal)
            .Select(grid => new GridLine(grid, Name(book.Communities, grid.Community), counts.GetValueOrDefault(grid.Code))).ToList();
        return new GridList(streets, street, retired, lines,
            [.. lines.SelectMany(line => Shape(book, line.Grid.Code, line.Dwellings, line.Grid.Name))]);
    }

    public async Task<Outcome<GridView>> Show(Actor actor, string code, CancellationToken cancel)
    {
        var book = await books.Get(cancel);
        if (book.Grid(code) is not { } grid) return Refusal.Of("places.grid_not_found", "There is no such grid.");
        if (!actor.May(PlacesPermissions.ViewGrids, code)) return Refusal.Of("places.out_of_scope", "This grid lies outside what you look after.");
        var dwellings = book.Dwellings.Where(dwelling => dwelling.Grid == code)
            .OrderBy(dwelling => book.WalkOrder(dwelling.Id), StringComparer.Ordinal).ToList();
        var neighbours = Neighbours(book, grid);
        var acts = await store.ReadAsync(session => session.QueryAsync<LineageLine>(
            "select retired, heir, act, on_day from places_lineage where retired = @code or heir = @code order by on_day, retired, heir",
            new { code }), cancel);
        IReadOnlyList<GridShape> shapes = [.. Shape(book, code, 5, grid.Name),
            .. neighbours.SelectMany(other => Shape(book, other.Code, 1, other.Name))];
        return new GridView(grid, Name(book.Streets, grid.Street), Name(book.Communities, grid.Community), dwellings, Stretches(book, dwellings),
            neighbours, acts, shapes, grid.Until is null && actor.May(PlacesPermissions.ChangeGrids, code));
    }

    /// <summary>Works out what a form asks for: a split along a line or by stretches, or a merger with neighbours.</summary>
    public async Task<Outcome<PlanView>> Plan(Actor actor, string code, GridForm form, CancellationToken cancel)
    {
        var shown = await Show(actor, code, cancel);
        if (!shown.Ok) return shown.Refusal!;
        if (!shown.Value.MayChange && shown.Value.Grid.Until is null) return Refusal.Of("places.out_of_scope", "You cannot change this grid.");
        var book = await books.Get(cancel);
        var plan = form.Act == "merge" ? PlanGrids.Merge(book, new MergeGrids([code, .. form.With])) : PlanSplit(book, shown.Value, form);
        if (!plan.Ok) return plan.Refusal!;
        var shapes = plan.Value.Parts.SelectMany((part, i) => part.Outline is null ? []
            : (GridShape[])[new GridShape(part.Code, $"{part.Name}: {part.Dwellings.Count}", i + 1, "#" + part.Code,
                GridIndex.Rings(GeoJson.ReadOutline(part.Outline)))]);
        return new PlanView(shown.Value.Grid, plan.Value, form, [.. shapes]);
    }

    /// <summary>What a list calls a street or a community.</summary>
    internal static string Name(IReadOnlyList<Place> places, string code) => places.FirstOrDefault(place => place.Code == code)?.Name ?? code;

    private static Outcome<GridPlan> PlanSplit(AddressBook book, GridView shown, GridForm form)
    {
        if (form.Leaving.Count > 0)
        {
            var leaving = shown.Stretches.Where(stretch => form.Leaving.Contains(stretch.Name)).SelectMany(stretch => stretch.Dwellings).ToList();
            return PlanGrids.Split(book, new SplitGrid(shown.Grid.Code, null, leaving));
        }
        var numbers = form.Line.Split([',', ' ', ';', '，', '；', '\n', '\r'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToList();
        if (numbers.Count < 4 || numbers.Count % 2 != 0 || numbers.Exists(double.IsNaN))
            return Refusal.Of("places.line", "Write two points or more, each a longitude and a latitude.");
        return PlanGrids.Split(book, new SplitGrid(shown.Grid.Code, [.. numbers.Chunk(2).Select(pair => (pair[0], pair[1]))], null));
    }

    /// <summary>The dwellings of a grid by building, by village group, or by a stretch of twenty house numbers:
    /// what a supervisor moves together.</summary>
    private static List<Stretch> Stretches(AddressBook book, List<Dwelling> dwellings) =>
        [.. dwellings.GroupBy(dwelling => StretchOf(book, dwelling))
            .Select(group => new Stretch(group.Key, [.. group.Select(dwelling => dwelling.Id)]))];

    private static string StretchOf(AddressBook book, Dwelling dwelling)
    {
        var position = book.PositionOf(dwelling.Id);
        var door = book.Index.DoorOf(position);
        var name = book.Index.Names.NameOf(position);
        if (!door.Has(Slot.Building) && !door.Has(Slot.Group) && Number.HasDigits(door[Slot.Number]))
        {
            var from = Math.Max(Number.Digits(door[Slot.Number]) - 1, 0) / NumbersAStretch * NumbersAStretch;
            return $"{name} {from + 1}–{from + NumbersAStretch}";
        }
        foreach (var slot in (ReadOnlySpan<Slot>)[Slot.Entrance, Slot.Room, Slot.Household, Slot.Sub]) door[slot] = 0;
        Span<char> part = stackalloc char[KeyWriting.DoorMax];
        return name + new string(part[..KeyWriting.Door(door, NameKind.Estate, book.Parser.Habits.Labels, part)]);
    }

    private static List<Grid> Neighbours(AddressBook book, Grid grid) => book.GridIndex.Outline(grid.Code) is { } outline
        ? [.. book.Grids.Where(other => other.Code != grid.Code && other.Community == grid.Community
            && book.GridIndex.Outline(other.Code) is { } beside
            && beside.EnvelopeInternal.Intersects(outline.EnvelopeInternal) && beside.Touches(outline))]
        : [];

    private static IEnumerable<GridShape> Shape(AddressBook book, string code, int figure, string name) => book.GridIndex.Outline(code) is { } outline
        ? [new GridShape(code, $"{name}: {figure}", Math.Clamp(figure / NumbersAStretch, 0, 5), "/places/grids/" + code, GridIndex.Rings(outline))]
        : [];
}

internal sealed record GridLine(Grid Grid, string Community, int Dwellings);

internal sealed record GridList(IReadOnlyList<Place> Streets, string Street, bool Retired,
    IReadOnlyList<GridLine> Lines, IReadOnlyList<GridShape> Shapes);

/// <summary>Dwellings that move together.</summary>
internal sealed record Stretch(string Name, IReadOnlyList<Guid> Dwellings);

internal sealed record LineageLine(string Retired, string Heir, string Act, string OnDay);

internal sealed record GridView(Grid Grid, string Street, string Community, IReadOnlyList<Dwelling> Dwellings, IReadOnlyList<Stretch> Stretches,
    IReadOnlyList<Grid> Neighbours, IReadOnlyList<LineageLine> Acts, IReadOnlyList<GridShape> Shapes, bool MayChange);

/// <param name="Act"><c>split</c> or <c>merge</c>.</param>
/// <param name="Line">Points as typed: longitude, latitude; longitude, latitude.</param>
/// <param name="Leaving">Names of the stretches that leave.</param>
/// <param name="With">Codes of the grids to merge with.</param>
internal sealed record GridForm(string Act, string Line, IReadOnlyList<string> Leaving, IReadOnlyList<string> With);

internal sealed record PlanView(Grid Grid, GridPlan Plan, GridForm Form, IReadOnlyList<GridShape> Shapes);
