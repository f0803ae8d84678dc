using System.Collections.Concurrent;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>What People asks of Places: grids and addresses of an import handed on, and every row's address brought to its dwelling.</summary>
internal sealed class DistrictPlaces(IPlaces places, Store store) : IDwellings, ITakePlaces
{
    // Each is read once more in the unit, against the places as they stand then.
    private const int TextsPerUnit = 100;
    private const int KeysKeptMax = 20_000;

    private volatile KnownKeys keys = new(null, new(StringComparer.Ordinal));

    public PlaceCodes Codes
    {
        get
        {
            var book = places.Book;
            var streets = book.Streets.ToDictionary(street => street.Name, street => street.Code, StringComparer.Ordinal);
            return new PlaceCodes(key => book.Find(key)?.Grid, streets.GetValueOrDefault);
        }
    }

    public void Resolve(IReadOnlyList<Record> records)
    {
        var book = places.Book;
        var heirs = new GridHeirs(places, book);
        Parallel.For(0, records.Count, i =>
        {
            var record = records[i];
            if (record.Address is { Length: > 0 } text)
            {
                var found = book.Resolve(text, heirs.Hint(record.Grid) ?? record.Street);
                record.IsResolved = found.Dwelling is not null || found.How == How.Outside;
                record.Dwelling = found.How == How.Outside || found.Key.Length == 0 ? null : found.Key;
            }
            if (record.Grid is { } grid) record.Grid = heirs.Now(grid, record.Dwelling);
        });
    }

    public KnownPlaces Known() => In(places.Book);

    public async Task<KnownPlaces> KnownNow(CancellationToken cancel) => In(await places.BookNow(cancel));

    private KnownPlaces In(IAddressBook book)
    {
        var known = keys;
        // The same few hundred homes are compared all day; whoever comes after a change of places begins anew.
        if (known.Book != book || known.Keys.Count > KeysKeptMax) keys = known = new KnownKeys(book, new(StringComparer.Ordinal));
        return new KnownPlaces(address => known.Keys.GetOrAdd(address, static (text, book) =>
                book.Resolve(text, null) is { How: not How.Outside, Key.Length: > 0 } found ? found.Key : null, book),
            address => book.KeysOf(address), key => book.Find(key)?.Grid, StreetsOf(book));
    }

    public string GridNow(string grid, string? dwelling) => new GridHeirs(places, places.Book).Now(grid, dwelling);

    public async Task AskForUnresolved(IReadOnlyList<Record> records)
    {
        var book = places.Book;
        var asked = records.Where(record => record.Address is { Length: > 0 } && !record.IsResolved)
            .Select(record => new AskedText(record.Address!, record.Grid ?? record.Street, record.Source));
        foreach (var chunk in asked.Chunk(TextsPerUnit)) await store.Write(session => places.Ask(session, book, chunk));
    }

    public string? StreetOfGrid(string grid) => StreetsOfGrids()(grid);

    public Func<string, string?> StreetsOfGrids() => StreetsOf(places.Book);

    private static Func<string, string?> StreetsOf(IAddressBook book)
    {
        var names = book.Streets.ToDictionary(street => street.Code, street => street.Name, StringComparer.Ordinal);
        return grid => book.Grid(grid) is { } known ? names.GetValueOrDefault(known.Street) : null;
    }

    public string WalkOrder(string dwelling)
    {
        var book = places.Book;
        return book.Find(dwelling) is { } known ? book.WalkOrder(known.Id) : "~";
    }

    public async Task<Outcome<GridsTaken>> TakeGrids(string path, bool checkOnly)
    {
        await using var file = File.OpenRead(path);
        return checkOnly ? await places.CheckGrids(file) : await places.TakeGrids(file);
    }

    public async Task<FileTaken> TakeAddresses(string path, LayoutMatch match, Actor actor)
    {
        var name = Path.GetFileName(path);
        var assessment = RegisterFile.Assess(path, match.Layout, match.Period);
        if (assessment.Verdict != Verdict.Take) return Refused(assessment.Refusals);
        var rows = RegisterFile.Open(path, match.Layout).Value.Rows().Select(row =>
            new AddressRow(row.Number, row["address"] ?? "", row["grid"], Degrees(row["lon"]), Degrees(row["lat"])));
        var taken = await places.TakeAddresses(rows);
        return taken.Ok
            ? new FileTaken(name, match.Layout.Source, Verdict.Take, 0, assessment.Rows, taken.Value.Added, taken.Value.Changed, 0,
                [], [.. assessment.Notes, .. Alike(taken.Value)], assessment.Findings)
            : Refused([Fault.By(taken.Refusal!)]);

        FileTaken Refused(IReadOnlyList<Fault> faults) =>
            new(name, match.Layout.Source, Verdict.Refuse, 0, assessment.Rows, 0, 0, 0, faults, assessment.Notes, assessment.Findings);
    }

    /// <summary>Two rows that read as one door: a list that is kept twice, or a part of the door that nobody could read.</summary>
    private static IEnumerable<Fault> Alike(AddressesTaken taken)
    {
        if (taken.Alike == 0) yield break;
        yield return new Fault("registers.note.same_dwelling", new Dictionary<string, string>())
        {
            Rows = [.. taken.AlikeRows.Take(Fault.RowsNamed).Select(row => (int)row)],
            RowCount = taken.Alike,
        };
    }

    private sealed record KnownKeys(IAddressBook? Book, ConcurrentDictionary<string, string?> Keys);

    private static double? Degrees(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value : null;
}
