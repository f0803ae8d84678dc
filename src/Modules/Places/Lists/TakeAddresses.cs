using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Platform;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Places.Lists;

/// <summary>
/// An address list comes in: every row is read first, and one that cannot be taken refuses the list. Then it is taken in small units, since a
/// nurse's dose waits behind one of them. Whoever looks in the middle sees some dwellings of the list and not yet the others: each is true by
/// itself, and each unit raises the version, so no book is older than it says. After a kill the list is taken again; what is there is the same.
/// </summary>
internal sealed class TakeAddresses(Store store, CurrentBook books, Outbox outbox, TimeProvider clock)
{
    private const int FaultsNamedMax = 20;

    // A row writes a new dwelling, or up to three: its point, its grid and the move.
    private const int RowsPerUnit = Platform.Storage.Store.RowsPerUnit / 2;

    public async Task<Outcome<AddressesTaken>> From(IEnumerable<AddressRow> rows)
    {
        var book = await books.Get(CancellationToken.None);
        var read = new List<ReadRow>();
        var faults = new List<string>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var alike = new List<long>();
        foreach (var row in rows)
        {
            var place = Read(book, row);
            if (!place.Ok) faults.Add($"row {row.Row}: {place.Refusal!.Message}");
            else if (keys.Add(place.Value.Key)) read.Add(place.Value);
            else alike.Add(row.Row);
        }
        if (faults.Count > 0)
            return Refusal.Of("places.address_row", $"{faults.Count} rows cannot be taken. {string.Join(" ", faults.Take(FaultsNamedMax))}");
        var taken = new AddressesTaken(0, 0, 0, alike.Count) { AlikeRows = alike };
        foreach (var rowsOfUnit in read.Chunk(RowsPerUnit))
        {
            var some = await store.Write(session => Take(session, book, rowsOfUnit));
            taken = taken with { Added = taken.Added + some.Added, Changed = taken.Changed + some.Changed, Same = taken.Same + some.Same };
        }
        return taken;
    }

    private static Outcome<ReadRow> Read(AddressBook book, AddressRow row)
    {
        var parsed = book.Parser.Parse(row.Text);
        if (parsed.Key.Length == 0) return Refusal.Of("places.address_row", "no address.");
        if (parsed.IsOutside) return Refusal.Of("places.address_row", "another district's address.");
        if (row is { Lon: { } x, Lat: { } y } && !(Math.Abs(x) <= 180 && Math.Abs(y) <= 90))
            return Refusal.Of("places.address_row", "the point is not on the earth.");
        var code = string.IsNullOrWhiteSpace(row.Grid) ? null : row.Grid.Trim();
        if (code is not null && book.Grid(code) is null) return Refusal.Of("places.address_row", $"no grid is called {code}.");
        code ??= row is { Lon: { } lon, Lat: { } lat } ? book.GridOf(lon, lat) : null;
        if (code is null) return Refusal.Of("places.address_row", "no grid is given and no outline covers the point.");
        // The street the text names outlives a correction of the row's grid; the dwelling keeps its key.
        var street = book.GridIndex.StreetNamed(parsed.Street) ?? code[..Grid.StreetDigits];
        return new ReadRow($"{street}/{parsed.Key}", row.Text.Trim(), code, row.Lon, row.Lat);
    }

    private AddressesTaken Take(Session session, AddressBook book, ReadRow[] rows)
    {
        CurrentBook.Lock(session);
        var known = session.Query<Dwelling>($"select id, key, text, grid, lon, lat from places_dwelling where {session.Among("key", "keys")}",
            new { keys = Array.ConvertAll(rows, row => row.Key) }).ToDictionary(dwelling => dwelling.Key, StringComparer.Ordinal);
        var lineage = Lineage.Load(session);
        var added = new List<object?[]>();
        var pointed = new List<object?[]>();
        var moved = new List<(Dwelling Was, string To)>();
        var changed = 0;
        foreach (var row in rows)
        {
            var heirs = lineage.HeirsOf(row.Grid);
            if (!known.TryGetValue(row.Key, out var was))
            {
                added.Add([Guid.CreateVersion7(), row.Key, row.Text, GridAmong(book, heirs, row), row.Lon, row.Lat]);
                continue;
            }
            var moves = !heirs.Contains(was.Grid);
            if (moves) moved.Add((was, GridAmong(book, heirs, row)));
            var gainsPoint = row.Lon is not null && row.Lat is not null && (row.Lon, row.Lat) != (was.Lon, was.Lat);
            if (gainsPoint) pointed.Add([row.Lon, row.Lat, was.Id]);
            if (moves || gainsPoint) changed++;
        }
        Store.Bulk(session, "places_dwelling", ["id", "key", "text", "grid", "lon", "lat"], added);
        Store.Each(session, "update places_dwelling set lon = @p0, lat = @p1 where id = @p2", pointed);
        Moving.Move(session, outbox, moved, clock.Today(), rest: []);
        if (added.Count + changed > 0) CurrentBook.Changed(session);
        return new AddressesTaken(added.Count, changed, rows.Length - added.Count - changed, 0);
    }

    /// <summary>A list older than a split names the grid that was: the heir by the point, else the first.</summary>
    private static string GridAmong(AddressBook book, IReadOnlyList<string> heirs, ReadRow row) =>
        heirs.Count > 1 && row is { Lon: { } lon, Lat: { } lat } && book.GridOf(lon, lat) is { } covering && heirs.Contains(covering)
            ? covering : heirs[0];

    private sealed record ReadRow(string Key, string Text, string Grid, double? Lon, double? Lat);
}
