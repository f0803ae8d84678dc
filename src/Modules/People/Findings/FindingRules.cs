using System.Globalization;
using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Findings;

/// <summary>One thing that the lists show about one person, the row it rests on, and what its sentence needs.</summary>
internal sealed record Found(string Kind, Record Row, IReadOnlyDictionary<string, string> Args);

/// <summary>
/// The kinds of findings, each as <c>docs/findings.md</c> states it: a pure question to the rows of one person.
/// </summary>
/// <param name="otherProvince">The province that an address names when it is not the district's own, else null.</param>
internal sealed class FindingRules(DateOnly referenceDay, Func<string, string?> streetOfGrid,
    Func<string, bool> isShared, Func<string, string?> otherProvince)
{
    private const int NewbornGraceDays = 30;

    /// <param name="rows">The person's rows in the latest files, ordered by source and row.</param>
    public IEnumerable<Found> Of(IReadOnlyList<Record> rows)
    {
        var person = new PersonRows(rows);
        return Duplicates(person).Concat(Insurance(person)).Concat(Residence(person)).Concat(Numbers(person)).Concat(Births(person));
    }

    private static IEnumerable<Found> Duplicates(PersonRows person)
    {
        foreach (var list in new[] { person.Household, person.Roll })
        {
            if (list.Count < 2) continue;
            var first = list[0];
            var other = list.Skip(1).FirstOrDefault(row => row.Name != first.Name || (row.Number ?? "") != (first.Number ?? ""));
            if (other is not null)
            {
                yield return new("dup_file", other, Args(("list", other.Source), ("rows", string.Join("、", list.Select(row => row.Row))),
                    ("name_a", first.Name), ("number_a", Masked(first.Number)), ("name_b", other.Name), ("number_b", Masked(other.Number))));
                break;
            }
        }
        if (person.Normal.Count >= 2)
            yield return new("dup_insured", person.Normal[1], Args(("rows", string.Join("、", person.Normal.Select(row => row.Row))),
                ("scheme_a", person.Normal[0].Scheme), ("scheme_b", person.Normal[1].Scheme)));
    }

    private IEnumerable<Found> Insurance(PersonRows person)
    {
        var normal = person.Normal.FirstOrDefault();
        if (normal is not null && person.Elsewhere.FirstOrDefault(row => row.Status == "active") is { } elsewhere)
            yield return new("insured_elsewhere", elsewhere,
                Args(("province", elsewhere.Others?.GetValueOrDefault("province")), ("row", normal.Row)));
        if (normal is not null && person.Deaths.FirstOrDefault() is { } death)
            yield return new("dead_insured", normal, Args(("died_on", death.On), ("row", death.Row)));
        if (normal is not null
            && person.Household.FirstOrDefault(row => row.CancelledReason is { Length: > 0 } why && !why.Contains("死亡")) is { } cancelled)
            yield return new("cancelled_insured", normal, Args(("reason", cancelled.CancelledReason), ("on", cancelled.On), ("row", cancelled.Row)));
        if (normal is not null
            && person.Moves.FirstOrDefault(row => row.Direction == "out" && otherProvince(row.ToAddress ?? "") is not null) is { } left)
            yield return new("left_insured", left,
                Args(("to", left.ToAddress), ("province", otherProvince(left.ToAddress!)), ("on", left.On), ("row", normal.Row)));
        if (person.Births.FirstOrDefault() is { } birth && person.Roll.Count == 0 && birth.Birth.IsExact
            && referenceDay.DayNumber - birth.Birth.Earliest.DayNumber > NewbornGraceDays)
            yield return new("newborn_uninsured", birth,
                Args(("born", birth.Birth), ("days", referenceDay.DayNumber - birth.Birth.Earliest.DayNumber)));
        if (person.Students.FirstOrDefault() is { } student && normal is null && person.Elsewhere.Count == 0)
            yield return new("student_uninsured", student,
                Args(("school", student.Others?.GetValueOrDefault("school")), ("grade", student.Others?.GetValueOrDefault("grade"))));
    }

    private IEnumerable<Found> Residence(PersonRows person)
    {
        if (person.Registered.FirstOrDefault() is not { } registered) yield break;
        var movedOut = person.Moves.Any(row => row.Direction == "out");
        if (person.Ledger.Count == 0 && person.Normal.Count == 0 && person.Students.Count == 0 && person.Deaths.Count == 0 && !movedOut)
            yield return new("empty_registration", registered, Args(("address", registered.Address), ("street", registered.Street)));
        foreach (var lives in person.Ledger.Where(row => row.DwellingState is "usual" or "rented" && row.Grid is not null))
        {
            var street = streetOfGrid(lives.Grid!);
            var home = person.Registered.FirstOrDefault(row => row.Street is { Length: > 0 } && street is not null && row.Street != street);
            if (home is null) continue;
            yield return new("separated", lives,
                Args(("registered", home.Street), ("lives", street), ("grid", lives.Grid), ("address", lives.Address)));
            break;
        }
    }

    private IEnumerable<Found> Numbers(PersonRows person)
    {
        if (person.Rows.FirstOrDefault(row => row.OwnNumber is { } number && isShared(number)) is { } shared)
            yield return new("number_shared", shared, Args(("number", Masked(shared.Number))));
        var valid = person.Rows.Where(row => row.NumberIsValid).ToList();
        if (valid.Exists(row => row.Number != valid[0].Number))
        {
            var other = valid.First(row => row.Number != valid[0].Number);
            yield return new("number_double", person.Household.FirstOrDefault(row => row.NumberIsValid) ?? valid[0],
                Args(("number_a", Masked(valid[0].Number)), ("list_a", valid[0].Source),
                    ("number_b", Masked(other.Number)), ("list_b", other.Source)));
        }
        if (person.Rows.FirstOrDefault(IsMistyped) is { } typo)
            yield return new("number_typo", typo,
                Args(("number", Masked(typo.Number)), ("list", typo.Source), ("row", typo.Row), ("right", Masked(valid.FirstOrDefault()?.Number))));
    }

    /// <summary>Another paper is no slip, and a word in place of a number is none.</summary>
    private static bool IsMistyped(Record row) => row.Number is { } number && (row.NumberForm == NumberForm.Damaged
        || row.NumberForm == NumberForm.Lost && number.AsSpan().ContainsAnyInRange('0', '9'));

    private static IEnumerable<Found> Births(PersonRows person)
    {
        var dated = person.Household.Concat(person.Roll).Concat(person.Births).Where(row => row.Birth.IsKnown).ToList();
        if (dated.Count < 2) yield break;
        var other = dated.FirstOrDefault(row => dated.Exists(earlier => !earlier.Birth.Agrees(row.Birth)));
        if (other is null) yield break;
        var first = dated.First(row => !row.Birth.Agrees(other.Birth));
        var named = dated.FirstOrDefault(row => row.Means == Sources.Roll) ?? other;
        yield return new("birth_conflict", named,
            Args(("birth_a", first.Birth), ("list_a", first.Source), ("birth_b", other.Birth), ("list_b", other.Source)));
    }

    private static string Masked(string? number) => number is null ? "—" : ResidentNumber.Mask(number);

    private static Dictionary<string, string> Args(params ReadOnlySpan<(string Name, object? Value)> args)
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in args) written[name] = Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
            ? text : "—";
        return written;
    }

    /// <summary>A person's rows, by the list they stand in.</summary>
    private sealed class PersonRows(IReadOnlyList<Record> rows)
    {
        public IReadOnlyList<Record> Rows => rows;

        public List<Record> Household { get; } = In(rows, Sources.Household);

        public List<Record> Roll { get; } = In(rows, Sources.Roll);

        public List<Record> Births { get; } = In(rows, Sources.Births);

        public List<Record> Deaths { get; } = In(rows, Sources.Deaths);

        public List<Record> Moves { get; } = In(rows, Sources.Moves);

        public List<Record> Elsewhere { get; } = In(rows, Sources.Elsewhere);

        public List<Record> Students { get; } = In(rows, Sources.Students);

        public List<Record> Ledger { get; } = In(rows, Sources.Ledger);

        public List<Record> Normal => field ??= Roll.FindAll(row => row.Status == "active");

        public List<Record> Registered => field ??= Household.FindAll(row => string.IsNullOrEmpty(row.CancelledReason));

        private static List<Record> In(IReadOnlyList<Record> rows, string means)
        {
            var found = new List<Record>();
            foreach (var row in rows)
                if (ReferenceEquals(row.Means, means) || row.Means == means) found.Add(row);
            return found;
        }
    }
}
