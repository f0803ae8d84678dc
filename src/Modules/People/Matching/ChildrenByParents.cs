using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// A certificate of birth carries no number of the child, and often no name but 某某之子. It names the parents by number, and they
/// stand in a household: the one member of it born on that day is the child. Twins are told apart by sex and name, or by who is left when
/// a list names the other (<see cref="CalledChildren"/>), or left open: then they stay apart from both. Any other list that calls a child
/// 某某之子 names its door, and at least the year: the one member of the household register who was born then and is known behind that door
/// is the child.
/// </summary>
internal sealed class ChildrenByParents
{
    private static readonly string[] Unnamed =
        ["之子", "之女", "之婴", "之男婴", "之女婴", "之长子", "之长女", "之次子", "之次女",
            "之三子", "之三女", "之四子", "之四女"];

    private readonly IReadOnlyList<Record> records;
    private readonly Func<string, string> fold;
    private readonly int youngest;
    private readonly Dictionary<string, HashSet<string>> households = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Household, VagueDate Day), List<int>> bornOn = [];
    private readonly Dictionary<string, List<int>> behind = new(StringComparer.Ordinal);
    private readonly HashSet<(string Source, string Number)> numbered = [];
    private readonly HashSet<(string Source, string Name, VagueDate Birth)> named = [];
    private readonly HashSet<(string Source, string Name, string Door)> namedBehind = [];

    private ChildrenByParents(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        this.records = records;
        this.fold = fold;
        youngest = Present(records);
        for (var i = 0; i < records.Count; i++) Note(i, records[i]);
        // Where a child lives is told by its certificate and by whatever row has its number: not all live where they are registered.
        foreach (var record in records)
        {
            if (PersonMatching.Door(record.Dwelling) is not { } door) continue;
            if (record.Means == Sources.Births)
                foreach (var member in OfParents(record)) Add(behind, door, member);
            else if (record is { NumberIsValid: true, Number: { } own } && byNumber.TryGetValue(own, out var member)) Add(behind, door, member);
        }
    }

    private void Note(int i, Record record)
    {
        if (record is { Number: { } own, NumberIsValid: true }) numbered.Add((record.Source, own));
        if (NameOf(record) is { } name)
        {
            if (record.Birth.IsExact) named.Add((record.Source, name, record.Birth));
            else if (PersonMatching.Door(record.Dwelling) is { } at) namedBehind.Add((record.Source, name, at));
        }
        if (record.Means != Sources.Household || record.HouseholdNo is not { } household) return;
        if (record.Number is { } number)
        {
            if (!households.TryGetValue(number, out var of)) households.Add(number, of = new(1));
            of.Add(household);
            byNumber.TryAdd(number, i);
        }
        if (!record.Birth.IsExact) return;
        Add(bornOn, (household, record.Birth), i);
        if (PersonMatching.Door(record.Dwelling) is { } door) Add(behind, door, i);
    }

    /// <summary>The last year in which anybody in the lists was born to the day: their present. A year alone may be a slip.</summary>
    internal static int Present(IReadOnlyList<Record> records) =>
        records.Max(record => record.Birth.IsExact ? record.Birth.Year : (short)0) is > 0 and var year ? year
            : records.Max(record => record.Birth.Year);

    /// <summary>Rows that are a member of the register, or one child beside each other, and rows that are not.</summary>
    internal sealed record Children(IReadOnlyList<(int Row, int Other)> Same, IReadOnlyList<(int Row, int Other)> Apart);

    /// <param name="fold">One form for every spelling of a name.</param>
    public static Children Find(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        var register = new ChildrenByParents(records, fold);
        var claims = new List<Claim>();
        for (var i = 0; i < records.Count; i++)
        {
            if (register.Candidates(records[i]) is { Count: > 0 } candidates && register.Fitting(i, candidates) is { Count: > 0 } fitting)
                claims.Add(new Claim(i, fitting));
        }
        var same = new List<(int, int)>();
        var apart = new List<(int, int)>();
        foreach (var family in claims.GroupBy(claim => claim.Fitting.Min()))
        {
            var calls = family.Select(claim => register.OrderOf(claim.Row)).OfType<char>().Distinct().Count();
            var bySource = family.ToLookup(claim => records[claim.Row].Source);
            foreach (var claim in family)
            {
                if ((claim.Fitting.Count > 1 || calls > 1) && register.OrderOf(claim.Row) is not null) continue;
                if (register.Only(claim, bySource[records[claim.Row].Source], family) is { } member) same.Add((claim.Row, member));
                else if (IsUnnamed(records[claim.Row].Name) ? claim.Fitting.Count > 1 : claim.Fitting.Count == 1)
                    apart.AddRange(claim.Fitting.Select(other => (claim.Row, other)));
            }
            if (calls > 1 || family.Any(claim => claim.Fitting.Count > 1)) register.Call([.. family], same, apart);
        }
        return new Children([.. same.Distinct().Order()], [.. apart.Distinct().Except(same).Order()]);
    }

    /// <summary>Whether a list calls a child by its parent, since it has no name yet.</summary>
    public static bool IsUnnamed(string? name) => name is not null && Array.Exists(Unnamed, end => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>A daughter is called 之女; 之子 and 之婴 may be said of any child.</summary>
    public static Sex SexOfCall(string? name) => IsUnnamed(name) && name!.EndsWith('女') ? Sex.Female : Sex.Unknown;

    /// <summary>Of two children called by one parent on one day: 之长子 is not 之次子, and 之子 may be either.</summary>
    public static bool AreCalledApart(string? a, string? b) =>
        IsUnnamed(a) && IsUnnamed(b) && Order(a!) is { } first && Order(b!) is { } second && first != second;

    /// <summary>长 of 之长子; nothing of 之子 and 之男婴.</summary>
    private static char? Order(string called) => called[^2] is '之' or '男' or '女' ? null : called[^2];

    private char? OrderOf(int row) => records[row].Name is { } name && IsUnnamed(name) ? Order(name) : null;

    private List<int>? Candidates(Record record)
    {
        if (record.Means == Sources.Household) return null;
        if (record.Means == Sources.Births) return record.Birth.IsExact ? OfParents(record) : null;
        if (!IsUnnamed(record.Name)) return null;
        if (record is { NumberIsValid: true, Number: { } own })
            // A parent's number on the child's row is the parent's: its day is another.
            return byNumber.TryGetValue(own, out var member) && records[member] is { HouseholdNo: { } household, Birth: var day }
                && (!record.Birth.IsKnown || record.Birth.Agrees(day)) && Math.Abs(day.Year - youngest) <= 1
                ? bornOn.GetValueOrDefault((household, day)) : null;
        if (record.OwnNumber is not null || PersonMatching.Door(record.Dwelling) is not { } door
            || behind.GetValueOrDefault(door) is not { } all) return null;
        if (record.Birth.IsExact) return [.. all.Where(i => records[i].Birth == record.Birth).Distinct()];
        // A ledger tells the year, at times the year beside it; a child without a name is a newborn.
        var newborn = all.Where(i => Math.Abs(records[i].Birth.Year - youngest) <= 1).Distinct().ToList();
        var born = newborn.FindAll(i => records[i].Birth.Year == record.Birth.Year);
        return born.Count > 0 ? born : newborn.FindAll(i => !record.Birth.IsKnown || Math.Abs(records[i].Birth.Year - record.Birth.Year) <= 1);
    }

    private List<int> OfParents(Record birth) =>
        [.. new[] { birth.MotherNumber, birth.FatherNumber }.OfType<string>()
            .SelectMany(number => households.GetValueOrDefault(number) ?? [])
            .Distinct()
            .SelectMany(household => bornOn.GetValueOrDefault((household, birth.Birth)) ?? [])
            .Distinct()];

    private List<int> Fitting(int row, List<int> candidates)
    {
        var sex = SexOfCall(records[row].Name) is Sex.Female && records[row].Sex is Sex.Male ? Sex.Unknown : records[row].Sex;
        var fitting = candidates.FindAll(i => sex == Sex.Unknown || records[i].Sex == Sex.Unknown || records[i].Sex == sex);
        if (fitting.Exists(i => records[i].Birth != records[fitting[0]].Birth)) return [];
        var sameName = fitting.Count > 1 ? fitting.FindAll(i => IsCalled(row, i)) : [];
        return sameName.Count > 0 ? sameName : fitting;
    }

    /// <summary>The one who fits, unless the list calls another child so; of several, the one whom the list does not have beside this row.</summary>
    private int? Only(Claim claim, IEnumerable<Claim> sameFirst, IEnumerable<Claim> family)
    {
        var (row, fitting) = claim;
        var rivals = sameFirst.Where(other => other.Row != row && other.Fitting.Count == fitting.Count).Select(other => other.Row).ToList();
        var isUnnamed = IsUnnamed(records[row].Name);
        if (family.Any(other => other.Fitting.Count == fitting.Count && AreCalledApart(records[row].Name, records[other.Row].Name))) return null;
        if (fitting.Count == 1)
        {
            // A name that is not the member's beside another certificate of that day is the other child's.
            var isOther = !isUnnamed && !IsCalled(row, fitting[0])
                && rivals.Exists(other => IsUnnamed(records[other].Name) || IsCalled(other, fitting[0]));
            return isOther ? null : fitting[0];
        }
        var left = isUnnamed ? MayBe(row, fitting) : [];
        return left.Count == 1 ? left[0] : null;
    }

    /// <summary>The members whom the row's list does not have beside it; by a number it is that member.</summary>
    private List<int> MayBe(int row, List<int> family)
    {
        var record = records[row];
        return record is { NumberIsValid: true, Number: { } own } ? family.FindAll(member => records[member].Number == own)
            : family.FindAll(member => !IsHeld(record, records[member]));
    }

    /// <summary>Decides whom the calls of one family mean. Those that stay open are one child beside each other, and neither member.</summary>
    private void Call(List<Claim> claims, List<(int, int)> same, List<(int, int)> apart)
    {
        var calling = claims.Where(claim => OrderOf(claim.Row) is not null).ToList();
        if (calling.Count == 0) return;
        var family = claims.SelectMany(claim => claim.Fitting).Distinct().Order().ToList();
        // More children are called than are registered: a call may mean one who is not.
        var calls = calling.DistinctBy(claim => OrderOf(claim.Row)).Count();
        var unregistered = Enumerable.Range(1, Math.Max(0, calls - family.Count)).Select(n => -n).ToList();
        var called = calling.ConvertAll(claim => new CalledChildren.Called(claim.Row, OrderOf(claim.Row)!.Value,
            IsNumbered(claim.Row) ? MayBe(claim.Row, claim.Fitting) : [.. MayBe(claim.Row, claim.Fitting), .. unregistered]));
        var decided = CalledChildren.Decide([.. family, .. unregistered], called);
        foreach (var call in called.GroupBy(row => row.Call))
        {
            var first = call.Min(row => row.Row);
            if (decided.TryGetValue(call.Key, out var member) && member >= 0)
            {
                same.AddRange(call.Select(row => (row.Row, member)));
                apart.AddRange(call.SelectMany(row => family.Where(other => other != member).Select(other => (row.Row, other))));
                continue;
            }
            same.AddRange(call.Where(row => row.Row != first).Select(row => (row.Row, first)));
            apart.AddRange(call.SelectMany(row => family.Concat(called.Where(other => other.Call != call.Key).Select(other => other.Row))
                .Select(other => (row.Row, other))));
        }
    }

    private bool IsNumbered(int row) => records[row].NumberIsValid;

    private bool IsCalled(int row, int member) => NameOf(records[row]) is { } name && name == NameOf(records[member]);

    private bool IsHeld(Record row, Record member) => member is { Number: { } number } && numbered.Contains((row.Source, number))
        || NameOf(member) is { } name && (named.Contains((row.Source, name, member.Birth))
            || PersonMatching.Door(row.Dwelling) is { } door && namedBehind.Contains((row.Source, name, door)));

    private string? NameOf(Record record) => record.Name is { } name && !IsUnnamed(name) ? fold(name) : null;

    private static void Add<TKey>(Dictionary<TKey, List<int>> to, TKey key, int record) where TKey : notnull
    {
        if (!to.TryGetValue(key, out var members)) to.Add(key, members = new(1));
        members.Add(record);
    }

    private readonly record struct Claim(int Row, List<int> Fitting);
}
