using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// A death row without a number says a name, a sex and a day. The household register cancels the dead (户口登记条例 art. 8),
/// so the one person of that name and sex whom it cancels for death, on that day or within a year of it, is the one who died.
/// Of two, neither is taken.
/// </summary>
internal static class DeathsByRegister
{
    private const int CancelledWithinDays = 366;
    private const string Death = "亡";

    /// <param name="fold">One form for every spelling of a name.</param>
    public static IEnumerable<(int Row, int Member)> Find(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        var deaths = Enumerable.Range(0, records.Count).Where(i => records[i].Means == Sources.Deaths).ToList();
        var open = deaths.FindAll(i => records[i] is { OwnNumber: null, Name: not null, On.IsExact: true });
        if (open.Count == 0) return [];
        var told = deaths.Select(i => records[i].OwnNumber).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var cancelled = Enumerable.Range(0, records.Count)
            .Where(i => records[i] is { Means: Sources.Household, CancelledReason: { } why, On.IsKnown: true, Name: not null }
                && why.Contains(Death, StringComparison.Ordinal) && (records[i].Number is not { } number || !told.Contains(number)))
            .ToLookup(i => fold(records[i].Name!));
        var found = open.Select(death => (Row: death,
                Members: cancelled[fold(records[death].Name!)].Where(i => MayBe(records[death], records[i])).ToList()))
            .Where(pair => pair.Members.DistinctBy(i => records[i].Number ?? $"row {i}").Count() == 1)
            .Select(pair => (pair.Row, Member: pair.Members[0])).ToList();
        return found.Where(pair => found.Count(other => other.Member == pair.Member) == 1);
    }

    private static bool MayBe(Record death, Record cancelled) =>
        (death.Sex == Sex.Unknown || cancelled.Sex == Sex.Unknown || death.Sex == cancelled.Sex)
        && cancelled.On.Latest >= death.On.Earliest && cancelled.On.Earliest.DayNumber - death.On.Earliest.DayNumber <= CancelledWithinDays;
}
