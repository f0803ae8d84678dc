using System.Text.Json;
using Legwork.Kernel;
using Legwork.Linking;
using Legwork.People.Records;
using Legwork.Platform;

namespace Legwork.People.Matching;

/// <summary>
/// Which rows are one person: the linker with the people model of <c>rules/linking/people.yaml</c>, over all rows of all lists at
/// once. What reviewers decided binds it.
/// </summary>
internal sealed class PersonMatching(PlatformPlaces folders) : IMatching
{
    /// <summary>Each brings its explanation, about two kilobytes: a district of 108,000 people has some thousands.</summary>
    private const int PairsMax = 50_000;

    private const int RowsToLearnFrom = 3_000;
    private const int OldestPupil = 25;
    private const int Generation = 15;
    private static readonly string[] Columns = ["name", "former_name", "name_bo", "sex", "birth", "number", "phone", "dwelling", "head"];

    public Matches Run(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions, Action<string, double>? progress)
    {
        if (records.Count == 0) return new Matches([], []);
        var model = LinkModel.Load(Path.Combine(folders.RulesFolder, "linking", "people.yaml"));
        // People wait for the district's answers meanwhile: with every processor at work here, a nurse's dose waited up to 250 ms to be begun.
        var linker = new Linker(model) { Progress = progress, Cores = Math.Max(1, Environment.ProcessorCount - 1) };
        string Folded(string name) => model.Variants["tibetan"].Fold(Bare(name)!);
        Func<string, string, bool> isLike = model.Variants["tibetan"].Like;
        var decided = Decided(records, decisions);
        List<Linking.Decision> settled = [.. Settled(records, Folded, isLike), .. decided];
        var besideHead = HeadsApart.Find(records, Folded, isLike).Select(two => two.Row).ToHashSet();
        var result = linker.Link(Table(records, besideHead, isLike), settled, records.Count < RowsToLearnFrom ? Kept(model) : null);
        var group = (int[])result.Clusters.Clone();
        var bound = settled.Where(pair => pair.Same).Select(pair => (pair.A, pair.B)).ToHashSet();
        NumbersApart.Run(records, group, bound);
        DaysApart.Run(records, group, bound);
        var open = LeftOver.Run(records, group, Folded, settled.Where(pair => !pair.Same).Select(pair => (pair.A, pair.B)));
        var (probable, left) = Probable(result, group, open, decided);
        return new Matches(group, probable, left);
    }

    /// <summary>A handful of rows teaches nothing: below some thousands the weights of a whole district stand, which come with the model.</summary>
    private Weights? Kept(LinkModel model)
    {
        var path = Path.Combine(folders.RulesFolder, "linking", "people.weights.json");
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        return WeightsFile.Read(model, file);
    }

    /// <param name="besideHead">Rows of the ledger whose head has a row of its own: what the head is called says nothing of their names.</param>
    private static RecordTable Table(IReadOnlyList<Record> records, HashSet<int> besideHead, Func<string, string, bool> isLike)
    {
        var heads = Heads(records);
        var youngest = ChildrenByParents.Present(records);
        var table = new RecordTable(Columns);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var head = record.Head ?? record.Guardian ?? record.Others?.GetValueOrDefault("mother_name")
                ?? (record.HouseholdNo is { } household ? heads.GetValueOrDefault(household) : null);
            if (besideHead.Contains(i) || record.Means != Sources.Ledger && IsShortOf(record.Name, head, isLike)) head = null;
            var (sex, birth) = Told(record, youngest);
            table.Add(table.Source(record.Source), "", Bare(record.Name),
                record.FormerName == record.Name ? null : Bare(record.FormerName), record.NameBo,
                sex switch { Sex.Male => "male", Sex.Female => "female", _ => null },
                birth.IsKnown ? birth.ToString() : null, IsParents(record, youngest) ? null : record.OwnNumber,
                PhoneOf(record), Door(record.Dwelling), Bare(head));
        }
        return table;
    }

    /// <summary>Only a ledger calls its head by a short name. In a register or a school's list such a head is a parent.</summary>
    private static bool IsShortOf(string? name, string? head, Func<string, string, bool> isLike) =>
        Bare(name) is { } one && Bare(head) is { } other && other.Length > one.Length && isLike(one, other);

    /// <summary>
    /// Sex and day of birth as the row writes them, else as its number tells them: students, deaths, moves and insured elsewhere have no column
    /// of birth. Not from a number that is another's by its sex, nor from one of somebody long grown up on a pupil: it is the guardian's.
    /// </summary>
    /// <param name="youngest">The last year in which anybody in the lists was born: their present.</param>
    internal static (Sex Sex, VagueDate Birth) Told(Record record, int youngest)
    {
        var (sex, birth) = (record.Sex, record.Birth);
        // 之女 in a man's row, and a year that has not begun: one of the two is a slip, and nobody knows which.
        if (ChildrenByParents.SexOfCall(record.Name) is not Sex.Unknown and var called && sex != called) sex = Sex.Unknown;
        if (!birth.IsExact && birth.Year > youngest) birth = default;
        if (birth.IsExact && sex != Sex.Unknown || !ResidentNumber.TryParse(record.Number, out var number)) return (sex, birth);
        var day = VagueDate.Of(number.Birth);
        if (sex != Sex.Unknown && sex != number.Sex || birth.IsKnown && !birth.Agrees(day)) return (sex, birth);
        if (IsParents(record, youngest)) return (sex, birth);
        return (number.Sex, birth.IsExact ? birth : day);
    }

    /// <summary>
    /// The number of somebody a generation older than the row's own day, or long grown up on a pupil's row: a parent's, who is another.
    /// </summary>
    private static bool IsParents(Record record, int youngest) => ResidentNumber.TryParse(record.Number, out var number)
        && (record.Means == Sources.Students ? youngest - number.Birth.Year > OldestPupil
            : record.Birth.IsExact && record.Birth.Year - number.Birth.Year >= Generation);

    private static Dictionary<string, string> Heads(IReadOnlyList<Record> records)
    {
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in records)
            if (record is { HouseholdNo: { } household, Relation: "户主", Name: { } name }) heads.TryAdd(household, name);
        return heads;
    }

    /// <summary>Spaces and middle dots say nothing about who someone is.</summary>
    private static string? Bare(string? name) => name is null || !name.AsSpan().ContainsAny(" ·•・‧\u3000")
        ? name : string.Concat(name.Where(c => c is not (' ' or '·' or '•' or '・' or '‧' or '\u3000')));

    /// <summary>A child is reached by its guardian's telephone.</summary>
    internal static string? PhoneOf(Record record) => record.Phone ?? record.Others?.GetValueOrDefault("guardian_phone");

    /// <summary>The model's form of a dwelling: the estate's or road's name, a bar, and the figures of the door.</summary>
    internal static string? Door(string? dwelling)
    {
        if (dwelling is null) return null;
        var name = dwelling.AsSpan(dwelling.IndexOf('/') + 1);
        var digit = name.IndexOfAnyInRange('0', '9');
        if (digit < 0) return name.ToString();
        Span<char> door = stackalloc char[name.Length - digit];
        var n = 0;
        foreach (var c in name[digit..])
        {
            if (char.IsAsciiLetterOrDigit(c)) door[n++] = c;
            else if (n > 0 && door[n - 1] != '-') door[n++] = '-';
        }
        return $"{name[..digit]}|{door[..n].TrimEnd('-')}";
    }

    /// <summary>What the rules say of two rows.</summary>
    private static IEnumerable<Linking.Decision> Settled(IReadOnlyList<Record> records, Func<string, string> folded,
        Func<string, string, bool> isLike)
    {
        var children = ChildrenByParents.Find(records, folded);
        return children.Same.Concat(DeathsByRegister.Find(records, folded)).Concat(RegisteredTwice.Find(records, folded))
            .Concat(RenamedByLedger.Find(records, folded)).Select(found => new Linking.Decision(found.Item1, found.Item2, Same: true))
            .Concat(children.Apart.Concat(TwinsApart.Find(records, folded)).Concat(HeadsApart.Find(records, folded, isLike))
                .Concat(HeadsApart.Residents(records, isLike))
                .Select(two => new Linking.Decision(two.Item1, two.Item2, Same: false)));
    }

    /// <summary>What people have said of two rows that are still there.</summary>
    private static List<Linking.Decision> Decided(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions)
    {
        var decided = new List<Linking.Decision>();
        if (decisions.Count == 0) return decided;
        var at = new Dictionary<long, int>();
        for (var i = 0; i < records.Count; i++) at[records[i].Lineage] = i;
        foreach (var (a, b, same) in decisions)
            if (at.TryGetValue(a, out var first) && at.TryGetValue(b, out var second)) decided.Add(new Linking.Decision(first, second, same));
        return decided;
    }

    /// <summary>
    /// Of the pairs that the weights leave open, the likeliest between two groups, each pair of groups once; explained by all that the two
    /// files know, since one row may leave open what another contradicts.
    /// </summary>
    /// <param name="open">Pairs between which the rules left a choice; these come first.</param>
    /// <param name="decided">What people have said of two rows.</param>
    private static (List<ProbablePair> Probable, int Left) Probable(LinkResult result, int[] group, IReadOnlyList<(int A, int B)> open,
        List<Linking.Decision> decided)
    {
        var explain = result.ExplainAs(group);
        var weighed = result.Pairs.ToDictionary(pair => (pair.A, pair.B), pair => (double)pair.Bits);
        var (asked, left) = Asked(open.Concat(result.Pairs.Select(pair => (pair.A, pair.B))), group,
            decided.Where(pair => !pair.Same).Select(pair => (pair.A, pair.B)), PairsMax);
        return (asked.ConvertAll(pair =>
        {
            var waterfall = explain(pair.A, pair.B);
            return new ProbablePair(pair.A, pair.B, weighed.GetValueOrDefault(pair, waterfall.Bits), Written(waterfall));
        }), left);
    }

    /// <summary>The first of the pairs between two groups, each pair of groups once, and how many more there are.</summary>
    /// <param name="apart">Of whom a person has said that they are two: no question any more, they take no place among those that are.</param>
    internal static (List<(int A, int B)> Asked, int Left) Asked(IEnumerable<(int A, int B)> pairs, int[] group,
        IEnumerable<(int A, int B)> apart, int max)
    {
        var seen = apart.Select(pair => Between(group[pair.A], group[pair.B])).ToHashSet();
        var (asked, left) = (new List<(int, int)>(), 0);
        foreach (var (one, other) in pairs)
        {
            if (group[one] == group[other] || !seen.Add(Between(group[one], group[other]))) continue;
            if (asked.Count < max) asked.Add((one, other));
            else left++;
        }
        return (asked, left);
    }

    private static (int, int) Between(int one, int other) => (Math.Min(one, other), Math.Max(one, other));

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Written(Waterfall waterfall) => JsonSerializer.Serialize(new
    {
        prior = Math.Round(waterfall.PriorBits, 2),
        steps = waterfall.Steps.Select(step => new
        {
            step.Comparison,
            step.Words,
            a = step.Comparison == "number" ? ResidentNumber.Mask(step.A) : step.A,
            b = step.Comparison == "number" ? ResidentNumber.Mask(step.B) : step.B,
            bits = Math.Round(step.Bits + step.TermBits, 2),
        }),
    }, Json);
}
