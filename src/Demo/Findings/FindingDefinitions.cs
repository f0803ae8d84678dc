using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>One finding about one person, and the row it names (0-based).</summary>
public sealed record Finding(string Kind, int Person, string Source, int Row);

/// <summary>
/// When each kind of finding holds, over the rows of a month and the persons they belong to: docs/findings.md as code. It knows nothing of how
/// rows are linked and is therefore what a linker's findings are measured against.
/// </summary>
public static class FindingDefinitions
{
    /// <summary>A child is given this long after birth to be insured.</summary>
    public const int NewbornGraceDays = 30;

    private const string OwnProvince = "西藏";

    private static readonly (string Kind, Func<Bearer, Facts, RegisterRow?> NamedRow)[] Definitions =
    [
        ("dup_file", (bearer, _) => SecondOfUnlike(bearer, Layouts.Household) ?? SecondOfUnlike(bearer, Layouts.Insurance)),
        ("dup_insured", (bearer, _) => First(bearer.NormalInsurance.Skip(1))),
        ("insured_elsewhere", (bearer, _) =>
            bearer.IsNormallyInsured ? First(bearer.In(Layouts.Elsewhere).Where(row => row["状态"] == "正常")) : null),
        ("dead_insured", (bearer, _) => bearer.StandsIn(Layouts.Deaths) ? First(bearer.NormalInsurance) : null),
        ("newborn_uninsured", NewbornUninsured),
        ("student_uninsured", (bearer, _) =>
            bearer.IsNormallyInsured || bearer.StandsIn(Layouts.Elsewhere) ? null : First(bearer.In(Layouts.Students))),
        ("empty_registration", (bearer, _) => IsSeenAnywhere(bearer) ? null : First(bearer.Registrations)),
        ("separated", Separated),
        ("number_shared", (bearer, facts) => First(bearer.Rows.Where(row => facts.IsShared(row.Number)))),
        ("number_double", NumberDouble),
        ("number_typo", (bearer, _) => First(bearer.Rows.Where(row => row.Number.Length > 0 && row.Form is (NumberForm.Damaged or NumberForm.Lost)))),
        ("birth_conflict", BirthConflict),
        ("cancelled_insured", (bearer, _) =>
            bearer.In(Layouts.Household).Any(row => row["注销原因"] is { Length: > 0 } and not "死亡") ? First(bearer.NormalInsurance) : null),
        ("left_insured", (bearer, _) =>
            bearer.IsNormallyInsured ? First(bearer.DepartureRows.Where(row => IsOutsideProvince(row["现址"]))) : null),
    ];

    public static IReadOnlyList<string> Kinds { get; } = [.. Definitions.Select(definition => definition.Kind)];

    /// <summary>All findings, by person and then in the order of <see cref="Kinds"/>; each kind at most once a person.</summary>
    public static IReadOnlyList<Finding> Evaluate(RegisterMonth month, PersonsOfRows persons)
    {
        var bearers = Bearer.Gather(month, persons);
        var facts = new Facts(month, bearers);
        var findings = new List<Finding>();
        foreach (var bearer in bearers)
        {
            foreach (var (kind, namedRow) in Definitions)
            {
                if (namedRow(bearer, facts) is { } row)
                    findings.Add(new Finding(kind, bearer.Person, row.Register.Source, row.Index));
            }
        }
        return findings;
    }

    private static RegisterRow? First(IEnumerable<RegisterRow> rows) => rows.FirstOrDefault();

    private static RegisterRow? SecondOfUnlike(Bearer bearer, RegisterLayout list)
    {
        var rows = bearer.In(list).ToList();
        return rows.Select(row => (row["姓名"], row.Number)).Distinct().Count() > 1 ? rows[1] : null;
    }

    private static RegisterRow? NewbornUninsured(Bearer bearer, Facts facts) =>
        bearer.StandsIn(Layouts.Insurance) ? null : First(bearer.In(Layouts.Births).Where(row =>
            VagueDate.TryParse(row["出生时间"], out var birth) && birth.IsExact
            && facts.ReferenceDay.DayNumber - birth.Earliest.DayNumber > NewbornGraceDays));

    // The dwelling itself is not asked: who stands nowhere in the ledger does not stand at his own dwelling either (docs/findings.md).
    private static bool IsSeenAnywhere(Bearer bearer) =>
        bearer.StandsIn(Layouts.Ledger) || bearer.IsNormallyInsured || bearer.StandsIn(Layouts.Students)
        || bearer.StandsIn(Layouts.Deaths) || bearer.DepartureRows.Any();

    private static RegisterRow? Separated(Bearer bearer, Facts facts)
    {
        foreach (var home in bearer.Registrations)
        {
            var elsewhere = First(bearer.In(Layouts.Ledger).Where(row => row["居住情况"] is "常住" or "租住"
                && facts.StreetOfGrid.TryGetValue(row["网格编号"], out var street) && street != home["街道"]));
            if (elsewhere is not null) return elsewhere;
        }
        return null;
    }

    private static RegisterRow? NumberDouble(Bearer bearer, Facts facts)
    {
        var numbers = bearer.Rows.Select(row => row.Number).Where(number => ResidentNumber.IsValid(number)).Distinct().Count();
        return numbers > 1 ? First(bearer.Rows.Where(row => row.Number.Length > 0)) : null;
    }

    private static RegisterRow? BirthConflict(Bearer bearer, Facts facts)
    {
        var written = new List<(RegisterRow Row, VagueDate Birth)>();
        foreach (var row in bearer.Rows)
        {
            var column = row.Layout == Layouts.Household || row.Layout == Layouts.Insurance ? "出生日期"
                : row.Layout == Layouts.Births ? "出生时间" : null;
            if (column is not null && VagueDate.TryParse(row[column], out var birth)) written.Add((row, birth));
        }
        if (written.All(one => written.All(other => one.Birth.Agrees(other.Birth)))) return null;
        var insured = written.FindIndex(one => one.Row.Layout == Layouts.Insurance);
        return insured >= 0 ? written[insured].Row : written[^1].Row;
    }

    private static bool IsOutsideProvince(string address) =>
        !address.StartsWith(OwnProvince, StringComparison.Ordinal) && !address.StartsWith("拉萨", StringComparison.Ordinal);

    /// <summary>What a definition needs beyond the rows of one person.</summary>
    private sealed class Facts
    {
        private readonly HashSet<string> sharedNumbers = [];

        public Facts(RegisterMonth month, IReadOnlyList<Bearer> bearers)
        {
            ReferenceDay = month.ReferenceDay;
            StreetOfGrid = month.StreetOfGrid;
            var firstBearer = new Dictionary<string, int>();
            foreach (var bearer in bearers)
            {
                foreach (var row in bearer.Rows)
                {
                    var number = row.Number;
                    if (row.Form != NumberForm.Lost && !firstBearer.TryAdd(number, bearer.Person) && firstBearer[number] != bearer.Person)
                        sharedNumbers.Add(number);
                }
            }
        }

        public DateOnly ReferenceDay { get; }

        public IReadOnlyDictionary<string, string> StreetOfGrid { get; }

        public bool IsShared(string number) => sharedNumbers.Contains(number);
    }
}
