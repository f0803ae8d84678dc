using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// A certificate of birth carries no number of the child, and often no name but 某某之子. It names the parents by number, and they
/// stand in a household: the one member of it born on that day is the child. Twins are told apart by sex and name, or left open.
/// </summary>
internal static class ChildrenByParents
{
    public static IEnumerable<(int Certificate, int Member)> Find(IReadOnlyList<Record> records)
    {
        var households = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var bornOn = new Dictionary<(string Household, VagueDate Day), List<int>>();
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
            if (!bornOn.TryGetValue((household, record.Birth), out var members)) bornOn.Add((household, record.Birth), members = new(1));
            members.Add(i);
        }
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].Means != Sources.Births || !records[i].Birth.IsExact) continue;
            var candidates = new[] { records[i].MotherNumber, records[i].FatherNumber }.OfType<string>()
                .SelectMany(number => households.GetValueOrDefault(number) ?? [])
                .Distinct()
                .SelectMany(household => bornOn.GetValueOrDefault((household, records[i].Birth)) ?? [])
                .Distinct().ToList();
            if (Only(records, i, candidates) is { } member) yield return (i, member);
        }
    }

    private static int? Only(IReadOnlyList<Record> records, int certificate, List<int> candidates)
    {
        var sex = records[certificate].Sex;
        var fitting = candidates.FindAll(i => sex == Sex.Unknown || records[i].Sex == Sex.Unknown || records[i].Sex == sex);
        if (fitting.Count > 1) fitting = fitting.FindAll(i => records[i].Name == records[certificate].Name);
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
