using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// A certificate of birth carries no number of the child, and often no name but 某某之子. It names the parents by number, and they
/// stand in a household: the one member of it born on that day is the child. Twins are told apart by sex and name, or left open. Any other
/// list that calls a child 某某之子 names its door: the one member of the household register born on that day behind that door is the child.
/// </summary>
internal static class ChildrenByParents
{
    private static readonly string[] Unnamed = ["之子", "之女", "之婴", "之长子", "之长女", "之次子", "之次女"];

    public static IEnumerable<(int Row, int Member)> Find(IReadOnlyList<Record> records)
    {
        var households = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var bornOn = new Dictionary<(string Household, VagueDate Day), List<int>>();
        var bornBehind = new Dictionary<(string Door, VagueDate Day), List<int>>();
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (record.Means != Sources.Household || record.HouseholdNo is not { } household) continue;
            if (record.Number is { } number)
            {
                if (!households.TryGetValue(number, out var of)) households.Add(number, of = new(1));
                of.Add(household);
            }
            if (!record.Birth.IsExact) continue;
            Add(bornOn, (household, record.Birth), i);
            if (PersonMatching.Door(record.Dwelling) is { } door) Add(bornBehind, (door, record.Birth), i);
        }
        for (var i = 0; i < records.Count; i++)
        {
            if (!records[i].Birth.IsExact) continue;
            if (records[i].Means != Sources.Births)
            {
                if (records[i].Means != Sources.Household && IsUnnamed(records[i]) && PersonMatching.Door(records[i].Dwelling) is { } door
                    && bornBehind.TryGetValue((door, records[i].Birth), out var behind) && Only(records, i, behind) is { } child)
                    yield return (i, child);
                continue;
            }
            var candidates = new[] { records[i].MotherNumber, records[i].FatherNumber }.OfType<string>()
                .SelectMany(number => households.GetValueOrDefault(number) ?? [])
                .Distinct()
                .SelectMany(household => bornOn.GetValueOrDefault((household, records[i].Birth)) ?? [])
                .Distinct().ToList();
            if (Only(records, i, candidates) is { } member) yield return (i, member);
        }
    }

    private static bool IsUnnamed(Record record) =>
        record is { Name: { } name, OwnNumber: null } && Array.Exists(Unnamed, end => name.EndsWith(end, StringComparison.Ordinal));

    private static void Add<TKey>(Dictionary<TKey, List<int>> to, TKey key, int record) where TKey : notnull
    {
        if (!to.TryGetValue(key, out var members)) to.Add(key, members = new(1));
        members.Add(record);
    }

    private static int? Only(IReadOnlyList<Record> records, int row, List<int> candidates)
    {
        var sex = records[row].Sex;
        var fitting = candidates.FindAll(i => sex == Sex.Unknown || records[i].Sex == Sex.Unknown || records[i].Sex == sex);
        if (fitting.Count > 1) fitting = fitting.FindAll(i => records[i].Name == records[row].Name);
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
