using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// Two known days of birth that are no slip of each other are two people, where nothing but a name and a year joins them: a row without a number
/// leaves such a group, and with it the rows that lie at its own door.
/// </summary>
internal static class DaysApart
{
    /// <param name="group">A group number for each record; changed in place.</param>
    /// <param name="bound">Pairs that a person or the parents' household has joined; these stay together.</param>
    /// <returns>How many groups were taken apart.</returns>
    public static int Run(IReadOnlyList<Record> records, int[] group, IReadOnlySet<(int, int)> bound)
    {
        var apart = 0;
        foreach (var members in Enumerable.Range(0, group.Length).GroupBy(i => group[i]).Where(members => members.Skip(1).Any()).ToList())
        {
            var rows = members.ToList();
            var at = rows.FindIndex(i => IsLoose(records[i]) && rows.Exists(j => DayOf(records[j]) is { } day && !IsSlip(records[i].Birth, day)));
            if (at < 0) continue;
            var loose = rows[at];
            var own = AtOneDoor(records, rows.FindAll(i => !records[i].NumberIsValid), loose);
            var rest = rows.FindAll(i => !own.Contains(i));
            if (rest.Count == 0 || !rest.Exists(j => DayOf(records[j]) is not null)) continue;
            if (rest.Exists(j => own.Exists(i => SpeaksForOne(records[i], records[j]) || bound.Contains((i, j)) || bound.Contains((j, i))))) continue;
            apart++;
            foreach (var part in new[] { own, rest })
                foreach (var i in part) group[i] = part.Min();
        }
        return apart;
    }

    private static bool IsLoose(Record record) => record.OwnNumber is null && record.Birth.IsExact;

    /// <summary>As the row writes it, else as its number tells it.</summary>
    private static VagueDate? DayOf(Record record) => record.Birth.IsExact ? record.Birth
        : ResidentNumber.TryParse(record.Number, out var number) ? VagueDate.Of(number.Birth) : null;

    private static List<int> AtOneDoor(IReadOnlyList<Record> records, List<int> among, int first)
    {
        var own = new List<int> { first };
        for (var at = 0; at < own.Count; at++)
            own.AddRange(among.FindAll(i => !own.Contains(i) && NumbersApart.SharesPlace(records[i], records[own[at]])));
        return own;
    }

    private static bool SpeaksForOne(Record a, Record b) => NumbersApart.SharesPlace(a, b)
        || a.HouseholdNo is not null && a.HouseholdNo == b.HouseholdNo
        || DayOf(a) is { } one && DayOf(b) is { } other && IsSlip(one, other);

    /// <summary>One figure wrong, two figures in the other's place, or day and month changed over.</summary>
    internal static bool IsSlip(VagueDate a, VagueDate b)
    {
        var (one, other) = (a.ToString(), b.ToString());
        if (one.Length != other.Length) return false;
        var differ = Enumerable.Range(0, one.Length).Count(i => one[i] != other[i]);
        return differ <= 1 || one.Order().SequenceEqual(other.Order());
    }
}
