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
    private const int PairsShownMax = 5_000;
    private const int RowsToLearnFrom = 3_000;
    private const int OldestPupil = 25;
    private static readonly string[] Columns = ["name", "former_name", "name_bo", "sex", "birth", "number", "phone", "dwelling", "head"];

    public Matches Run(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions, Action<string, double>? progress)
    {
        if (records.Count == 0) return new Matches([], []);
        var model = LinkModel.Load(Path.Combine(folders.RulesFolder, "linking", "people.yaml"));
        // People wait for the district's answers meanwhile: with every processor at work here, a nurse's dose waited up to 250 ms to be begun.
        var linker = new Linker(model) { Progress = progress, Cores = Math.Max(1, Environment.ProcessorCount - 1) };
        var settled = Settled(records, decisions, model.Variants["tibetan"].Fold);
        var result = linker.Link(Table(records), settled, records.Count < RowsToLearnFrom ? Kept(model) : null);
        var group = (int[])result.Clusters.Clone();
        NumbersApart.Run(records, group, settled.Where(pair => pair.Same).Select(pair => (pair.A, pair.B)).ToHashSet());
        return new Matches(group, Probable(result, group));
    }

    /// <summary>A handful of rows teaches nothing: below some thousands the weights of a whole district stand, which come with the model.</summary>
    private Weights? Kept(LinkModel model)
    {
        var path = Path.Combine(folders.RulesFolder, "linking", "people.weights.json");
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        return WeightsFile.Read(model, file);
    }

    private static RecordTable Table(IReadOnlyList<Record> records)
    {
        var heads = Heads(records);
        var youngest = records.Max(record => record.Birth.Year);
        var table = new RecordTable(Columns);
        foreach (var record in records)
        {
            var head = record.Head ?? record.Guardian ?? record.Others?.GetValueOrDefault("mother_name")
                ?? (record.HouseholdNo is { } household ? heads.GetValueOrDefault(household) : null);
            var (sex, birth) = Told(record, youngest);
            table.Add(table.Source(record.Source), "", Bare(record.Name),
                record.FormerName == record.Name ? null : Bare(record.FormerName), record.NameBo,
                sex switch { Sex.Male => "male", Sex.Female => "female", _ => null },
                birth.IsKnown ? birth.ToString() : null, record.OwnNumber, PhoneOf(record), Door(record.Dwelling), Bare(head));
        }
        return table;
    }

    /// <summary>
    /// Sex and day of birth as the row writes them, else as its number tells them: students, deaths, moves and insured elsewhere have no column
    /// of birth. Not from a number that is another's by its sex, nor from one of somebody long grown up on a pupil: it is the guardian's.
    /// </summary>
    /// <param name="youngest">The last year in which anybody in the lists was born: their present.</param>
    internal static (Sex Sex, VagueDate Birth) Told(Record record, int youngest)
    {
        var (sex, birth) = (record.Sex, record.Birth);
        if (birth.IsExact && sex != Sex.Unknown || !ResidentNumber.TryParse(record.Number, out var number)) return (sex, birth);
        var day = VagueDate.Of(number.Birth);
        if (sex != Sex.Unknown && sex != number.Sex || birth.IsKnown && !birth.Agrees(day)) return (sex, birth);
        if (record.Means == Sources.Students && youngest - day.Year > OldestPupil) return (sex, birth);
        return (number.Sex, birth.IsExact ? birth : day);
    }

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

    private static List<Linking.Decision> Settled(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions, Func<string, string> fold)
    {
        string Folded(string name) => fold(Bare(name)!);
        var settled = ChildrenByParents.Find(records, Folded).Concat(DeathsByRegister.Find(records, Folded))
            .Select(found => new Linking.Decision(found.Row, found.Member, Same: true))
            .Concat(TwinsApart.Find(records, Folded).Select(twins => new Linking.Decision(twins.Row, twins.Other, Same: false))).ToList();
        if (decisions.Count == 0) return settled;
        var at = new Dictionary<long, int>();
        for (var i = 0; i < records.Count; i++) at[records[i].Lineage] = i;
        foreach (var (a, b, same) in decisions)
            if (at.TryGetValue(a, out var first) && at.TryGetValue(b, out var second)) settled.Add(new Linking.Decision(first, second, same));
        return settled;
    }

    /// <summary>
    /// Of the pairs that the weights leave open, the likeliest between two groups, each pair of groups once; explained by all that the two
    /// files know, since one row may leave open what another contradicts.
    /// </summary>
    private static List<ProbablePair> Probable(LinkResult result, int[] group)
    {
        var explain = result.ExplainAs(group);
        var seen = new HashSet<(int, int)>();
        var probable = new List<ProbablePair>();
        foreach (var pair in result.Pairs)
        {
            var (a, b) = (group[pair.A], group[pair.B]);
            if (a == b || !seen.Add((Math.Min(a, b), Math.Max(a, b)))) continue;
            probable.Add(new ProbablePair(pair.A, pair.B, pair.Bits, Written(explain(pair.A, pair.B))));
            if (probable.Count == PairsShownMax) break;
        }
        return probable;
    }

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
