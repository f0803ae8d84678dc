using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// A certificate of birth carries no number of the child, and often no name but 某某之子. It names the parents by number, and they
/// stand in a household: the one member of it born on that day is the child. Twins are told apart by sex and name, or by who is left when
/// the list names the other, or left open. Any other list that calls a child 某某之子 names its door: the one member of the household
/// register born on that day behind that door is the child.
/// </summary>
internal sealed class ChildrenByParents
{
    private static readonly string[] Unnamed =
        ["之子", "之女", "之婴", "之男婴", "之女婴", "之长子", "之长女", "之次子", "之次女",
            "之三子", "之三女", "之四子", "之四女"];

    private readonly IReadOnlyList<Record> records;
    private readonly Func<string, string> fold;
    private readonly Dictionary<string, HashSet<string>> households = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Household, VagueDate Day), List<int>> bornOn = [];
    private readonly Dictionary<(string Door, VagueDate Day), List<int>> bornBehind = [];
    private readonly HashSet<(string Source, string Number)> numbered = [];
    private readonly HashSet<(string Source, string Name, VagueDate Birth)> named = [];

    private ChildrenByParents(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        this.records = records;
        this.fold = fold;
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (record is { Number: { } own, NumberIsValid: true }) numbered.Add((record.Source, own));
            if (record.Birth.IsExact && NameOf(record) is { } name) named.Add((record.Source, name, record.Birth));
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
    }

    /// <param name="fold">One form for every spelling of a name.</param>
    public static IEnumerable<(int Row, int Member)> Find(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        var register = new ChildrenByParents(records, fold);
        var claims = new List<(int Row, List<int> Fitting)>();
        for (var i = 0; i < records.Count; i++)
        {
            if (register.Candidates(records[i]) is { Count: > 0 } candidates && register.Fitting(i, candidates) is { Count: > 0 } fitting)
                claims.Add((i, fitting));
        }
        var rivals = claims.ToLookup(claim => (records[claim.Row].Source, claim.Fitting.Min()));
        foreach (var claim in claims)
        {
            if (register.Only(claim, rivals[(records[claim.Row].Source, claim.Fitting.Min())]) is { } member) yield return (claim.Row, member);
        }
    }

    /// <summary>Whether a list calls a child by its parent, since it has no name yet.</summary>
    public static bool IsUnnamed(string? name) => name is not null && Array.Exists(Unnamed, end => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Of two children called by one parent on one day: 之长子 is not 之次子, and 之子 may be either.</summary>
    public static bool AreCalledApart(string? a, string? b) =>
        IsUnnamed(a) && IsUnnamed(b) && Order(a!) is { } first && Order(b!) is { } second && first != second;

    /// <summary>长 of 之长子; nothing of 之子 and 之男婴.</summary>
    private static char? Order(string called) => called[^2] is '之' or '男' or '女' ? null : called[^2];

    private List<int>? Candidates(Record record)
    {
        if (!record.Birth.IsExact || record.Means == Sources.Household) return null;
        if (record.Means == Sources.Births)
            return [.. new[] { record.MotherNumber, record.FatherNumber }.OfType<string>()
                .SelectMany(number => households.GetValueOrDefault(number) ?? [])
                .Distinct()
                .SelectMany(household => bornOn.GetValueOrDefault((household, record.Birth)) ?? [])
                .Distinct()];
        return record.OwnNumber is null && IsUnnamed(record.Name) && PersonMatching.Door(record.Dwelling) is { } door
            ? bornBehind.GetValueOrDefault((door, record.Birth)) : null;
    }

    private List<int> Fitting(int row, List<int> candidates)
    {
        var sex = records[row].Sex;
        var fitting = candidates.FindAll(i => sex == Sex.Unknown || records[i].Sex == Sex.Unknown || records[i].Sex == sex);
        var sameName = fitting.Count > 1 ? fitting.FindAll(i => IsCalled(row, i)) : [];
        return sameName.Count > 0 ? sameName : fitting;
    }

    /// <summary>The one who fits, unless the list calls another child so; of several, the one whom the list does not have beside this row.</summary>
    private int? Only((int Row, List<int> Fitting) claim, IEnumerable<(int Row, List<int> Fitting)> sameFirst)
    {
        var (row, fitting) = claim;
        var rivals = sameFirst.Where(other => other.Row != row && other.Fitting.Count == fitting.Count).Select(other => other.Row).ToList();
        var isUnnamed = IsUnnamed(records[row].Name);
        if (rivals.Exists(other => AreCalledApart(records[row].Name, records[other].Name))) return null;
        if (fitting.Count == 1)
        {
            var isOther = !isUnnamed && !IsCalled(row, fitting[0]) && rivals.Exists(other => IsCalled(other, fitting[0]));
            return isOther ? null : fitting[0];
        }
        var left = isUnnamed ? fitting.FindAll(member => !IsHeld(records[row].Source, records[member])) : [];
        return left.Count == 1 ? left[0] : null;
    }

    private bool IsCalled(int row, int member) => NameOf(records[row]) is { } name && name == NameOf(records[member]);

    private bool IsHeld(string source, Record member) => member is { Number: { } number } && numbered.Contains((source, number))
        || NameOf(member) is { } name && named.Contains((source, name, member.Birth));

    private string? NameOf(Record record) => record.Name is { } name && !IsUnnamed(name) ? fold(name) : null;

    private static void Add<TKey>(Dictionary<TKey, List<int>> to, TKey key, int record) where TKey : notnull
    {
        if (!to.TryGetValue(key, out var members)) to.Add(key, members = new(1));
        members.Add(record);
    }
}
