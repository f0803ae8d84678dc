using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// What weights leave over, decided by who else there is. A resident of the ledger without papers, and the one file of that name, sex and year in
/// the whole district that nobody's ledger row belongs to, are one person; so are a registration that stands in no other list, and the one file of
/// that name, sex and day, or of that year where it is not registered. Where two would do none is taken, nor where sex or year is not told on
/// either side: a name alone joins nobody. Then a clerk is asked.
/// </summary>
internal sealed class LeftOver
{
    // A shorter name (扎西, 王伟) is borne by many strangers of one day.
    private const int FullName = 3;
    private const int YearsOff = 1;

    private readonly IReadOnlyList<Record> records;
    private readonly int[] group;
    private readonly Func<string, string> fold;
    private readonly HashSet<(int, int)> apart;
    private readonly Dictionary<int, List<int>> rowsOf;
    private readonly Dictionary<string, HashSet<int>> bearers = new(StringComparer.Ordinal);

    private LeftOver(IReadOnlyList<Record> records, int[] group, Func<string, string> fold, IEnumerable<(int A, int B)> apart)
    {
        (this.records, this.group, this.fold) = (records, group, fold);
        this.apart = [.. apart.Select(two => Pair(group[two.A], group[two.B]))];
        rowsOf = Enumerable.Range(0, group.Length).GroupBy(i => group[i]).ToDictionary(rows => rows.Key, rows => rows.ToList());
        for (var i = 0; i < records.Count; i++)
        {
            foreach (var name in new[] { NameOf(records[i]), records[i].FormerName })
            {
                if (name is null) continue;
                var folded = fold(name);
                if (!bearers.TryGetValue(folded, out var files)) bearers.Add(folded, files = new(1));
                files.Add(group[i]);
            }
        }
    }

    /// <param name="group">A group number for each record; changed in place.</param>
    /// <param name="fold">One form for every spelling of a name.</param>
    /// <param name="apart">Pairs that are two people by what a person or a rule has said.</param>
    /// <returns>Rows of two groups between which a clerk has to choose.</returns>
    public static IReadOnlyList<(int A, int B)> Run(IReadOnlyList<Record> records, int[] group, Func<string, string> fold,
        IEnumerable<(int A, int B)> apart)
    {
        var left = new LeftOver(records, group, fold, apart);
        var open = new List<(int, int)>();
        var joins = left.rowsOf.Keys.Order().Select(file => (File: file, Other: left.Other(file, open))).Where(join => join.Other >= 0).ToList();
        // Two that want one are two who may be it.
        foreach (var wanted in joins.ToLookup(join => join.Other))
        {
            if (wanted.Skip(1).Any()) open.AddRange(wanted.Select(join => (join.File, join.Other)));
            else left.Join(wanted.First().File, wanted.Key);
        }
        return [.. open.Select(pair => Pair(pair.Item1, pair.Item2)).Distinct().Where(pair => group[pair.Item1] != group[pair.Item2])];
    }

    private void Join(int file, int other)
    {
        var (from, to) = (group[file], group[other]);
        if (from == to) return;
        var into = Math.Min(from, to);
        foreach (var i in rowsOf[file].Concat(rowsOf[other])) group[i] = into;
    }

    private int Other(int file, List<(int, int)> open)
    {
        var rows = rowsOf[file];
        if (rows.TrueForAll(i => records[i].Means == Sources.Ledger)) return OfResident(file, rows, open);
        return rows.TrueForAll(i => records[i].Means == Sources.Household) ? OfRegistered(file, rows) : -1;
    }

    private int OfResident(int file, List<int> rows, List<(int, int)> open)
    {
        if (NameOf(records[rows[0]]) is not { } name) return -1;
        var may = bearers[fold(name)].Where(other => other != file && Fits(rows, rowsOf[other])).ToList();
        var free = may.FindAll(other => !rowsOf[other].Exists(i => records[i].Means is Sources.Ledger or Sources.Deaths)
            && !apart.Contains(Pair(file, other)));
        if (may.Count == 1 && free.Count == 1 && AreTold(file, free[0])) return free[0];
        open.AddRange(free.Select(other => (file, other)));
        return -1;
    }

    private int OfRegistered(int file, List<int> rows)
    {
        var row = records[rows[0]];
        if (row.Name is not { Length: >= FullName } name || !row.Birth.IsExact) return -1;
        if (rows.Exists(i => !string.IsNullOrEmpty(records[i].CancelledReason))) return -1;
        var may = bearers[fold(name)].Where(other => other != file && Fits(rows, rowsOf[other])).ToList();
        // The register has a person once: who stands in it too is the same only when born on that day; who does not, may have a day amiss.
        var born = may.FindAll(other => rowsOf[other].Exists(i => records[i].Birth == row.Birth));
        if (born.Count == 0 && !may.Exists(other => rowsOf[other].Exists(i => records[i].Means == Sources.Household))) born = may;
        return born is [var one] && AreTold(file, one) && !apart.Contains(Pair(file, one))
            && rowsOf[one].Exists(i => records[i].Means != Sources.Household) ? one : -1;
    }

    private bool Fits(List<int> a, List<int> b) => Agree(SexOf(a), SexOf(b)) && Years(a).DefaultIfEmpty().Any(one =>
        one == 0 || Years(b).DefaultIfEmpty().Any(other => other == 0 || Math.Abs(one - other) <= YearsOff));

    /// <summary>Whether both files tell the sex and a year of birth.</summary>
    private bool AreTold(int file, int other) => IsTold(rowsOf[file]) && IsTold(rowsOf[other]);

    private bool IsTold(List<int> rows) => SexOf(rows) != Sex.Unknown && Years(rows).Any();

    private static bool Agree(Sex a, Sex b) => a == Sex.Unknown || b == Sex.Unknown || a == b;

    private Sex SexOf(List<int> rows) => rows.Select(i => records[i].Sex).FirstOrDefault(sex => sex != Sex.Unknown);

    private IEnumerable<int> Years(List<int> rows) => rows.Select(i => records[i]).Select(record => record.Birth.IsKnown ? record.Birth.Year
        : ResidentNumber.TryParse(record.Number, out var number) ? number.Birth.Year : 0).Where(year => year != 0);

    /// <summary>The name, or the head's where the row calls the head by the first part of it.</summary>
    private string? NameOf(Record record)
    {
        if (record.Name is not { } name || ChildrenByParents.IsUnnamed(name)) return null;
        return record is { Means: Sources.Ledger, Head: { } head } && head.Length > name.Length
            && fold(head).StartsWith(fold(name) + ' ', StringComparison.Ordinal) ? head : name;
    }

    private static (int, int) Pair(int a, int b) => (Math.Min(a, b), Math.Max(a, b));
}
