using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using NetTopologySuite.Geometries;

namespace Legwork.Places.Addresses;

/// <summary>What an <see cref="AddressBook"/> is made of.</summary>
/// <param name="Grids">Those that hold and those retired, each code once.</param>
/// <param name="Outlines">Polygons of grids that hold; may lack some.</param>
internal sealed record PlacesKnown(IReadOnlyList<Place> Streets, IReadOnlyList<Place> Communities,
    IReadOnlyList<Grid> Grids, IReadOnlyList<Dwelling> Dwellings,
    IReadOnlyList<Lesson> Lessons, IReadOnlyDictionary<string, Geometry> Outlines);

/// <summary>What a clerk taught, as the book needs it.</summary>
/// <param name="Form">The text's <see cref="ParsedAddress.Form"/>, or an estate's name when <paramref name="Name"/> is set.</param>
/// <param name="Hint">Place code under which it holds; empty when it holds everywhere.</param>
/// <param name="Dwelling">The dwelling meant.</param>
/// <param name="Name">The estate meant: <paramref name="Form"/> is another name of it, for all its doors.</param>
internal sealed record Lesson(string Form, string Hint, Guid? Dwelling, string? Name);

/// <summary>The places of one version, indexed; immutable. A change makes a new book.</summary>
internal sealed class AddressBook : IAddressBook
{
    private readonly AddressParser parser;
    private readonly PlacesKnown known;
    private readonly DwellingIndex index;
    private readonly GridIndex grids;
    private readonly Dictionary<Guid, int> byId;
    private readonly Dictionary<string, int> byKey;
    private readonly Dictionary<string, int> taught;

    public AddressBook(AddressParser parser, PlacesKnown known, long version = 0) : this(parser, known, version, null)
    {
    }

    private AddressBook(AddressParser parser, PlacesKnown known, long version, AddressBook? like)
    {
        this.known = known;
        Version = version;
        grids = like?.grids ?? new GridIndex(known);
        index = like?.index ?? new DwellingIndex(parser, known.Dwellings, Nicknames(parser, known), grids.StreetStems);
        this.parser = like?.parser ?? new AddressParser(parser.Habits) { Known = new KnownPlaces(parser.Habits, grids, index.Names) };
        byId = like?.byId ?? Positions(known.Dwellings, dwelling => dwelling.Id);
        byKey = like?.byKey ?? Positions(known.Dwellings, dwelling => dwelling.Key);
        taught = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var lesson in known.Lessons)
        {
            if (lesson.Dwelling is { } id && byId.TryGetValue(id, out var i)) taught[lesson.Form + '@' + lesson.Hint] = i;
        }
    }

    public long Version { get; }

    public IReadOnlyList<Place> Streets => grids.Streets;

    public IReadOnlyList<Place> Communities => grids.Communities;

    public IReadOnlyList<Grid> Grids => grids.Current;

    public IReadOnlyList<Dwelling> Dwellings => index.Dwellings;

    public IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings(string grid) =>
        grids.Outline(grid) is { } outline ? GridIndex.Rings(outline) : [];

    public PlaceOutline? Around(string place) => grids.Around(place);

    public DwellingIndex Index => index;

    public GridIndex GridIndex => grids;

    public AddressParser Parser => parser;

    public int PositionOf(Guid dwelling) => byId[dwelling];

    public Door DoorOf(string text)
    {
        Span<char> folded = stackalloc char[AddressScan.TextMax];
        var length = Folding.Fold(parser.Habits, AddressParser.Cut(text), folded, out _);
        return new AddressScan(parser.Habits, folded[..length], stackalloc char[AddressScan.ScratchMax], parser.Known).Door;
    }

    /// <summary>This book as it reads with one lesson more.</summary>
    public AddressBook With(Lesson lesson) =>
        new(parser, known with { Lessons = [.. known.Lessons, lesson] }, Version + 1, lesson.Name is null ? this : null);

    /// <summary>This book as it reads with one dwelling more.</summary>
    public AddressBook With(Dwelling dwelling) => new(parser, known with { Dwellings = [.. known.Dwellings, dwelling] }, Version + 1, null);

    public Dwelling? Find(Guid id) => byId.TryGetValue(id, out var i) ? index.Dwellings[i] : null;

    public Dwelling? Find(string key) => byKey.TryGetValue(key, out var i) ? index.Dwellings[i] : null;

    public Grid? Grid(string code) => grids.Find(code);

    public string? GridOf(double lon, double lat) => grids.Covering(lon, lat);

    public string WalkOrder(Guid dwelling) => byId.TryGetValue(dwelling, out var i)
        ? $"{grids.Find(index.Dwellings[i].Grid)?.Order ?? 0:D5}-{index.Order[i]:D6}" : "";

    public Resolution Resolve(ReadOnlySpan<char> text, string? hint = null)
    {
        Span<char> folded = stackalloc char[AddressScan.TextMax];
        Span<char> scratch = stackalloc char[AddressScan.ScratchMax];
        Span<char> form = stackalloc char[AddressScan.ScratchMax];
        var length = Folding.Fold(parser.Habits, AddressParser.Cut(text), folded, out _);
        var scan = new AddressScan(parser.Habits, folded[..length], scratch, parser.Known);
        scan.Street.CopyTo(form);
        var key = form[scan.Street.Length..];
        key = key[..KeyWriting.Key(scan, parser.Habits.Labels, key)];
        form = form[..(scan.Street.Length + key.Length)];
        if (form.IsEmpty) return new Resolution(null, "", null, How.Unresolved, []);
        if (scan.Outside) return new Resolution(null, new string(form), null, How.Outside, []);
        var where = grids.PlaceOf(hint);
        if (taught.Count > 0 && Taught(form, where) is { } lesson) return Resolved(lesson, How.Alias);
        return Look(scan, key, form, where);
    }

    public IReadOnlyList<string> KeysOf(ReadOnlySpan<char> text)
    {
        Span<char> folded = stackalloc char[AddressScan.TextMax];
        var length = Folding.Fold(parser.Habits, AddressParser.Cut(text), folded, out _);
        var scan = new AddressScan(parser.Habits, folded[..length], stackalloc char[AddressScan.ScratchMax], parser.Known);
        var id = 0;
        if (scan.Outside || scan.RestMatters || scan.Door.NamesADwelling) return [];
        return index.KeysOf(index.Names.Find(scan.Name, ref id), scan.Door, grids.StreetNamed(scan.Street) ?? "");
    }

    private Resolution Look(in AddressScan scan, ReadOnlySpan<char> key, ReadOnlySpan<char> form, string? where)
    {
        var street = grids.StreetNamed(scan.Street);
        var id = 0;
        var names = index.Names.Find(scan.Name, ref id);
        if (scan.Door.NamesADwelling && !scan.RestMatters)
        {
            Found found = default;
            index.WithLocalKey(key, ref found);
            var asListed = found.Count > 0;
            if (!asListed) index.WithDoor(names, scan.Door, ref found);
            if (found.Count > 0)
            {
                var (one, how) = Choose(found, street, asListed, scan.Community, where);
                return one >= 0 ? Resolved(one, how) : Unresolved(form, found, How.Unresolved);
            }
        }
        if (!names.IsEmpty) return new Resolution(null, new string(form), GridOfDoor(names, scan.Door, street, where), How.RoadOnly, []);
        return GridOfRoad(scan.Along, street, where) is { } grid
            ? new Resolution(null, new string(form), grid, How.RoadOnly, [])
            : Near(scan, form, street, where);
    }

    /// <summary>The estate is not on the list, the road and number before it are: they give the grid.</summary>
    private string? GridOfRoad(ReadOnlySpan<char> along, string? street, string? where)
    {
        if (along.IsEmpty) return null;
        Found found = default;
        index.WithLocalKey(along, ref found);
        var (one, _) = Choose(found, street, asListed: true, default, where);
        return one >= 0 ? index.Dwellings[one].Grid : null;
    }

    private (int Dwelling, How How) Choose(in Found found, string? street, bool asListed, ReadOnlySpan<char> community, string? where)
    {
        if (found.Count > Found.Kept) return (-1, How.Unresolved);
        var one = Only(found, street is null ? null : new Scope(street), out var fitting);
        if (fitting == 1) return (one, street is not null && asListed ? How.Exact : How.Unique);
        if (fitting == 0) return (-1, How.Unresolved);
        if (grids.CommunityNamed(community) is { } named && Within(street, named) && (one = Only(found, new Scope(named), out fitting)) >= 0
            && fitting == 1) return (one, How.Exact);
        // The grid itself first, then its community, then its street: a hint's grid may have been split since.
        for (var place = where; place is not null; place = GridIndex.Above(place))
        {
            if (!Within(street, place)) continue;
            one = Only(found, new Scope(place), out fitting);
            if (fitting == 1) return (one, How.Hint);
            if (fitting > 1) break;
        }
        return (-1, How.Unresolved);
    }

    private static bool Within(string? street, string place) => street is null || new Scope(street).Covers(place);

    /// <param name="within">Null where the text names no place.</param>
    private int Only(in Found found, Scope? within, out int fitting)
    {
        fitting = 0;
        var one = -1;
        for (var i = 0; i < found.KeptCount; i++)
        {
            if (within is { } place && !place.Covers(index.Dwellings[found[i]].Grid)) continue;
            one = found[i];
            fitting++;
        }
        return one;
    }

    /// <summary>The grid that every dwelling the text can mean lies in: by street or hint, then by zone, group or the
    /// neighbours of a house number.</summary>
    private string? GridOfDoor(ReadOnlySpan<int> names, in Door asked, string? street, string? where)
    {
        var place = street ?? (where is { Length: >= Contracts.Grid.StreetDigits } ? where[..Contracts.Grid.StreetDigits] : null);
        if (place is null) return index.GridOfDoor(names, asked, within: null);
        return index.GridOfDoor(names, asked, new Scope(place)) ?? (street is null ? index.GridOfDoor(names, asked, within: null) : null);
    }

    private Resolution Near(in AddressScan scan, ReadOnlySpan<char> form, string? street, string? where)
    {
        Found found = default;
        if (scan.Door.NamesADwelling && !scan.RestMatters)
        {
            foreach (var name in index.Names.Near(scan.Name)) index.WithDoor([name], scan.Door, ref found);
        }
        var (one, _) = Choose(found, street, asListed: false, scan.Community, where);
        if (one < 0) return Unresolved(form, found, How.Unresolved);
        Found only = default;
        only.Add(one);
        return Unresolved(form, only, How.Near);
    }

    private int? Taught(ReadOnlySpan<char> form, string? where)
    {
        var lookup = taught.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> asked = stackalloc char[form.Length + 1 + (where?.Length ?? 0)];
        form.CopyTo(asked);
        asked[form.Length] = '@';
        where?.CopyTo(asked[(form.Length + 1)..]);
        for (var place = where; place is not null; place = GridIndex.Above(place))
        {
            if (lookup.TryGetValue(asked[..(form.Length + 1 + place.Length)], out var there)) return there;
        }
        return lookup.TryGetValue(asked[..(form.Length + 1)], out var everywhere) ? everywhere : null;
    }

    private Resolution Resolved(int dwelling, How how)
    {
        var of = index.Dwellings[dwelling];
        return new Resolution(of.Id, of.Key, of.Grid, how, []);
    }

    private Resolution Unresolved(ReadOnlySpan<char> form, in Found found, How how)
    {
        var candidates = new Guid[Math.Min(found.KeptCount, Resolution.CandidatesMax)];
        for (var i = 0; i < candidates.Length; i++) candidates[i] = index.Dwellings[found[i]].Id;
        var grid = found.Count > 0 && found.Count <= Found.Kept ? index.Dwellings[found[0]].Grid : null;
        for (var i = 1; i < found.KeptCount; i++) grid = index.Dwellings[found[i]].Grid == grid ? grid : null;
        return new Resolution(null, new string(form), grid, how, candidates);
    }

    private static IEnumerable<KeyValuePair<string, string>> Nicknames(AddressParser parser, PlacesKnown known) => known.Lessons
        .Where(lesson => lesson.Name is not null).Select(lesson => KeyValuePair.Create(lesson.Form, lesson.Name!)).Concat(parser.Habits.Nicknames);

    private static Dictionary<TKey, int> Positions<TKey>(IReadOnlyList<Dwelling> dwellings, Func<Dwelling, TKey> of) where TKey : notnull
    {
        var positions = new Dictionary<TKey, int>(dwellings.Count);
        for (var i = 0; i < dwellings.Count; i++) positions.Add(of(dwellings[i]), i);
        return positions;
    }
}
