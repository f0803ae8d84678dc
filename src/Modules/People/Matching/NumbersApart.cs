using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// Two valid numbers are two people, unless something besides a name and a year speaks for one: the same day of birth, dwelling,
/// telephone or household, or a number that both sides carry. A name alone joins strangers in a district where half of all people share one.
/// </summary>
internal static class NumbersApart
{
    /// <summary>Takes such groups apart; rows without a valid number stay with the side they have most in common with.</summary>
    /// <param name="group">A group number for each record; changed in place.</param>
    /// <param name="bound">Pairs that a person or the parents' household has joined; these stay together.</param>
    /// <returns>How many groups were taken apart.</returns>
    public static int Run(IReadOnlyList<Record> records, int[] group, IReadOnlySet<(int, int)> bound)
    {
        var members = new Dictionary<int, List<int>>();
        for (var i = 0; i < group.Length; i++)
        {
            if (!members.TryGetValue(group[i], out var list)) members.Add(group[i], list = new(4));
            list.Add(i);
        }
        var apart = 0;
        foreach (var list in members.Values)
        {
            if (list.Count < 2) continue;
            var sides = list.Where(i => records[i].NumberIsValid).GroupBy(i => records[i].Number!, StringComparer.Ordinal)
                .Select(side => side.ToList()).ToList();
            if (sides.Count < 2) continue;
            var loose = list.Where(i => !records[i].NumberIsValid).ToList();
            var parts = Joined(records, sides, loose, bound);
            if (parts.Count < 2) continue;
            apart++;
            foreach (var i in loose) parts.MaxBy(part => part.Max(j => Common(records[i], records[j])))!.Add(i);
            foreach (var part in parts)
                foreach (var i in part) group[i] = part.Min();
        }
        return apart;
    }

    /// <summary>The sides that belong together by what they share, directly or through a row without a number.</summary>
    private static List<List<int>> Joined(IReadOnlyList<Record> records, List<List<int>> sides, List<int> loose, IReadOnlySet<(int, int)> bound)
    {
        var parts = new List<List<int>>();
        foreach (var side in sides)
        {
            var touching = parts.FindAll(part => Together(records, part, side, loose, bound));
            var joined = side.ToList();
            foreach (var part in touching)
            {
                joined.AddRange(part);
                parts.Remove(part);
            }
            parts.Add(joined);
        }
        return parts;
    }

    private static bool Together(IReadOnlyList<Record> records, List<int> a, List<int> b, List<int> loose, IReadOnlySet<(int, int)> bound) =>
        a.Exists(i => b.Exists(j => bound.Contains((i, j)) || bound.Contains((j, i))))
        || !a.Exists(i => b.Exists(j => StandBoth(records[i], records[j]))) && SpeakForOne(records, a, b, loose);

    private static bool SpeakForOne(IReadOnlyList<Record> records, List<int> a, List<int> b, List<int> loose) =>
        a.Exists(i => b.Exists(j => SpeaksForOne(records[i], records[j])))
        || loose.Exists(row => a.Exists(i => SharesPlace(records[row], records[i])) && b.Exists(j => SharesPlace(records[row], records[j])));

    /// <summary>
    /// Two rows of one list, each of whose numbers tells the day that its row writes, and these are two days: no slip does that. Two monks of one
    /// name and dwelling may be born ten years apart to the day.
    /// </summary>
    private static bool StandBoth(Record a, Record b) => a.Source == b.Source && a.Birth.IsExact && b.Birth.IsExact && a.Birth != b.Birth
        && TellsItsDay(a) && TellsItsDay(b);

    private static bool TellsItsDay(Record record) =>
        record.Number is { Length: 18 } number && VagueDate.TryParse(number.AsSpan(6, 8), out var day) && day == record.Birth;

    private static bool SpeaksForOne(Record a, Record b) => SharesPlace(a, b)
        || a.Birth.IsExact && a.Birth == b.Birth
        || a.HouseholdNo is not null && a.HouseholdNo == b.HouseholdNo
        || a.NameBo is not null && a.NameBo == b.NameBo && a.Birth.Agrees(b.Birth)
        || BornOnNumbersDay(a, b);

    /// <summary>By the door's own name and figures: a list that leaves the street out means the same door.</summary>
    internal static bool SharesPlace(Record a, Record b) => PersonMatching.Door(a.Dwelling) is { } door && door == PersonMatching.Door(b.Dwelling)
        || PersonMatching.PhoneOf(a) is { } phone && phone == PersonMatching.PhoneOf(b);

    /// <summary>Lists without a birth column (moves, students, insured elsewhere) tell the day only inside the number.</summary>
    private static bool BornOnNumbersDay(Record a, Record b) => a.Number!.AsSpan(6, 8).SequenceEqual(b.Number.AsSpan(6, 8));

    private static int Common(Record a, Record b) => (SharesPlace(a, b) ? 4 : 0)
        + (a.HouseholdNo is not null && a.HouseholdNo == b.HouseholdNo ? 3 : 0) + (a.Birth.IsExact && a.Birth == b.Birth ? 3 : 0)
        + (a.Name == b.Name ? 2 : 0) + (a.Birth.Agrees(b.Birth) ? 1 : 0);
}
