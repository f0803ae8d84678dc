using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>Where each lineage goes: to a file that exists, or to a new one; and the merges that wait for a person.</summary>
/// <param name="FileOf">For each record, its file.</param>
/// <param name="Opened">Files that did not exist before.</param>
/// <param name="Moves">Lineages that change from one existing file to another.</param>
/// <param name="Waiting">Pairs of existing files that look like one person but whose merge changes an entitlement.</param>
internal sealed record Plan(PersonId[] FileOf, IReadOnlyList<PersonId> Opened, IReadOnlyList<Move> Moves, IReadOnlyList<WaitingMerge> Waiting);

internal readonly record struct Move(long Lineage, PersonId From, PersonId To);

internal sealed record WaitingMerge(PersonId A, PersonId B, string Why);

/// <summary>
/// Brings the groups that matching found onto the files that exist. A file's id is never given away: a group keeps the oldest
/// file among its rows. Joining two files that both carry an insurance in force would change what someone is entitled to, so
/// it waits for a person (PIPL art. 24).
/// </summary>
internal static class Reconcile
{
    public static Plan Run(IReadOnlyList<Record> records, int[] group, ISet<(PersonId, PersonId)> decidedSame)
    {
        var members = new Dictionary<int, List<int>>();
        for (var i = 0; i < records.Count; i++)
        {
            if (!members.TryGetValue(group[i], out var list)) members.Add(group[i], list = new(4));
            list.Add(i);
        }
        var groups = members.Values.OrderBy(list => list[0]).ToList();
        var owner = Owners(records, groups);
        var fileOf = new PersonId[records.Count];
        var opened = new List<PersonId>();
        var moves = new List<Move>();
        var waiting = new List<WaitingMerge>();
        foreach (var list in groups)
        {
            var files = list.Where(i => records[i].File is not null).Select(i => records[i].File!.Value).Distinct().ToList();
            var kept = files.Where(file => owner[file] == list[0]).Order(ByAge).Select(file => (PersonId?)file).FirstOrDefault();
            if (kept is null)
            {
                kept = PersonId.New();
                opened.Add(kept.Value);
            }
            var apart = files.Where(file => file != kept && owner[file] == list[0] && !decidedSame.Contains(Pair(file, kept.Value))
                && EntitlementChanges(records, list, file, kept.Value)).ToHashSet();
            foreach (var other in apart) waiting.Add(new WaitingMerge(kept.Value, other, "both_insured"));
            foreach (var i in list)
            {
                var was = records[i].File;
                if (was is { } stays && apart.Contains(stays))
                {
                    fileOf[i] = stays;
                    continue;
                }
                fileOf[i] = kept.Value;
                if (was is { } from && from != kept.Value) moves.Add(new Move(records[i].Lineage, from, kept.Value));
            }
        }
        return new Plan(fileOf, opened, moves, waiting);
    }

    public static (PersonId, PersonId) Pair(PersonId a, PersonId b) => ByAge.Compare(a, b) <= 0 ? (a, b) : (b, a);

    /// <summary>Version-7 ids carry their time in their first bytes, so their order as text is the order of opening.</summary>
    public static readonly IComparer<PersonId> ByAge = Comparer<PersonId>.Create(static (a, b) =>
        string.CompareOrdinal(a.Value.ToString("N"), b.Value.ToString("N")));

    /// <summary>When a file's rows fall apart into several groups, the group with most of its rows keeps it (then the first).</summary>
    private static Dictionary<PersonId, int> Owners(IReadOnlyList<Record> records, List<List<int>> groups)
    {
        var best = new Dictionary<PersonId, (int Count, int Group)>();
        foreach (var list in groups)
        {
            foreach (var file in list.Where(i => records[i].File is not null).GroupBy(i => records[i].File!.Value))
            {
                var count = file.Count();
                if (!best.TryGetValue(file.Key, out var held) || count > held.Count) best[file.Key] = (count, list[0]);
            }
        }
        return best.ToDictionary(entry => entry.Key, entry => entry.Value.Group);
    }

    private static bool EntitlementChanges(IReadOnlyList<Record> records, List<int> list, PersonId a, PersonId b)
    {
        bool Insured(PersonId file) => list.Exists(i => records[i].File == file && records[i].Means == Sources.Roll && records[i].Status == "active");
        return Insured(a) && Insured(b);
    }
}
