using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// One number under two names and two doors may be two people (重号), or one who took a new name and moved. The ledger decides: one resident,
/// of the sex and year that the number tells, who has the name of the one row and the door or telephone of the other, is both.
/// </summary>
internal static class RenamedByLedger
{
    private const int YearsOff = 1;

    /// <param name="fold">One form for every spelling of a name.</param>
    public static IEnumerable<(int Row, int Other)> Find(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        var numbered = Enumerable.Range(0, records.Count).Where(i => MayBeOwn(records[i])).GroupBy(i => records[i].Number!, StringComparer.Ordinal)
            .Where(rows => rows.Skip(1).Any()).ToList();
        if (numbered.Count == 0) return [];
        var byDoor = Ledger(records, record => PersonMatching.Door(record.Dwelling));
        var byPhone = Ledger(records, record => record.Phone);
        var found = new List<(int, int)>();
        foreach (var rows in numbered)
        {
            foreach (var named in rows)
            {
                foreach (var placed in rows.Where(other => fold(records[other].Name!) != fold(records[named].Name!)))
                {
                    var neighbours = (PersonMatching.Door(records[placed].Dwelling) is { } door ? byDoor[door] : [])
                        .Concat(records[placed].Phone is { } phone ? byPhone[phone] : []);
                    foreach (var resident in neighbours.Distinct().Where(i => Fits(records[i], records[named], fold)))
                        found.AddRange([(resident, named), (resident, placed)]);
                }
            }
        }
        return found.Distinct();
    }

    private static ILookup<string, int> Ledger(IReadOnlyList<Record> records, Func<Record, string?> of) =>
        Enumerable.Range(0, records.Count).Where(i => records[i] is { Means: Sources.Ledger, Name: not null } && of(records[i]) is not null)
            .ToLookup(i => of(records[i])!, StringComparer.Ordinal);

    /// <summary>A child's row may carry a parent's number: then its own day or sex is another than the number's.</summary>
    private static bool MayBeOwn(Record record) =>
        record is { Name: not null, Means: Sources.Household or Sources.Roll, Birth.IsKnown: true }
        && ResidentNumber.TryParse(record.Number, out var number) && Agrees(record, number);

    private static bool Agrees(Record record, ResidentNumber number) => (record.Sex == Sex.Unknown || record.Sex == number.Sex)
        && (!record.Birth.IsKnown || Math.Abs(record.Birth.Year - number.Birth.Year) <= YearsOff);

    private static bool Fits(Record resident, Record named, Func<string, string> fold)
    {
        if (!ResidentNumber.TryParse(named.Number, out var number) || !Agrees(resident, number)) return false;
        var (full, said) = (fold(named.Name!), fold(resident.Name!));
        // A short name is enough beside the year, and the full one without it.
        return full == said || resident.Birth.IsKnown && full.StartsWith(said + ' ', StringComparison.Ordinal);
    }
}
