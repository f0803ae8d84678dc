using System.Runtime.InteropServices;
using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>What reviewers have decided about two lineages; binding in every later run.</summary>
internal sealed record Decision(long LineageA, long LineageB, bool Same);

/// <summary>Two groups of rows that may be one person, for a clerk to look at.</summary>
internal sealed record ProbablePair(int RecordA, int RecordB, double Weight, string Waterfall);

/// <summary>Which rows are one person: a group number for each record, and the pairs that only a person can settle.</summary>
internal sealed record Matches(int[] Group, IReadOnlyList<ProbablePair> Probable);

/// <summary>
/// Number first, then exact keys: a valid number with a compatible name or birth; a damaged number repaired by one edit when name
/// and birth confirm it; name with birth and dwelling.
/// </summary>
internal static class ExactMatching
{
    public static Matches Run(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions)
    {
        var groups = new Groups(records.Count);
        ByNumber(records, groups);
        ByRepair(records, groups);
        ByKeys(records, groups);
        var at = new Dictionary<long, int>();
        for (var i = 0; i < records.Count; i++) at[records[i].Lineage] = i;
        foreach (var decision in decisions)
            if (decision.Same && at.TryGetValue(decision.LineageA, out var a) && at.TryGetValue(decision.LineageB, out var b)) groups.Join(a, b);
        return new Matches(groups.Numbered(), []);
    }

    private static void ByNumber(IReadOnlyList<Record> records, Groups groups)
    {
        var byNumber = new Dictionary<string, List<int>>(records.Count);
        for (var i = 0; i < records.Count; i++)
            if (records[i].NumberIsValid) (CollectionsMarshal.GetValueRefOrAddDefault(byNumber, records[i].Number!, out _) ??= []).Add(i);
        foreach (var same in byNumber.Values)
            for (var i = 1; i < same.Count; i++)
                for (var j = 0; j < i; j++)
                    if (Compatible(records[same[i]], records[same[j]]))
                    {
                        groups.Join(same[i], same[j]);
                        break;
                    }
    }

    private static void ByRepair(IReadOnlyList<Record> records, Groups groups)
    {
        var valid = new Dictionary<string, int>();
        for (var i = 0; i < records.Count; i++)
            if (records[i].NumberIsValid) valid.TryAdd(records[i].Number!, i);
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].Number is not { } number || records[i].NumberIsValid) continue;
            foreach (var repaired in ResidentNumber.Repairs(number))
                if (valid.TryGetValue(repaired, out var owner) && records[owner].Name == records[i].Name)
                    groups.Join(i, owner);
        }
    }

    private static void ByKeys(IReadOnlyList<Record> records, Groups groups)
    {
        var byKey = new Dictionary<(string, int, Sex, string), int>();
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (record.Name is null || record.Dwelling is null || !record.IsPerson) continue;
            var year = record.Birth.IsKnown ? record.Birth.Year : record.NumberIsValid ? short.Parse(record.Number.AsSpan(6, 4)) : 0;
            if (year == 0) continue;
            if (!byKey.TryAdd((record.Name, year, record.Sex, record.Dwelling), i)) groups.Join(i, byKey[(record.Name, year, record.Sex, record.Dwelling)]);
        }
    }

    private static bool Compatible(Record a, Record b) =>
        a.Name is null || b.Name is null || a.Name == b.Name || a.NameBo is not null && a.NameBo == b.NameBo
        || a.Birth.IsKnown && b.Birth.IsKnown && a.Birth.Agrees(b.Birth) || a.Name.Any(b.Name.Contains);

    private sealed class Groups(int count)
    {
        private readonly int[] parent = [.. Enumerable.Range(0, count)];

        public void Join(int a, int b) => parent[Math.Max(Find(a), Find(b))] = Math.Min(Find(a), Find(b));

        public int[] Numbered()
        {
            var group = new int[count];
            for (var i = 0; i < count; i++) group[i] = Find(i);
            return group;
        }

        private int Find(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }
    }
}
