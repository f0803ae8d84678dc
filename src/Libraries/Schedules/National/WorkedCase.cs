using System.Globalization;
using Legwork.Yaml;

namespace Legwork.Schedules.National;

/// <summary>
/// One person worked out by hand from the text of the law: what was given and whether it counts, and what is next.
/// </summary>
/// <param name="Place">File and line, for a message.</param>
/// <param name="Area">Code of the place whose programme is asked; empty is the national one.</param>
/// <param name="Next">"HepB-2, dose 2, from 2025-04-10, complete by …", "complete", "aged out", …; empty when the case does not say.</param>
public sealed record WorkedCase(string Place, string Name, string Programme, DateOnly Born, Sex Sex, IReadOnlyList<string> States, string Area,
    IReadOnlyList<WorkedDose> Given, DateOnly AsOf, string Next);

/// <param name="Verdict">"counts as HepB-1", "too young for HepB-2", "one too many", "no dose of this".</param>
public sealed record WorkedDose(DateOnly On, string Vaccine, string Verdict);

/// <summary>A case that the engine answers otherwise.</summary>
public sealed record CaseMissed(WorkedCase Case, string About, string Expected, string Got)
{
    public override string ToString() => $"{Case.Place}: {Case.Name}: {About}: the text says '{Expected}', the engine '{Got}'";
}

/// <summary>Reads worked cases and holds the engine against them.</summary>
public static class WorkedCases
{
    /// <summary>All cases of <c>cases/*.yaml</c> in the folder of a rule set.</summary>
    /// <exception cref="RuleFileException">A case cannot be read; names file, line and reason.</exception>
    public static IReadOnlyList<WorkedCase> Read(string folder, NationalBook book)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.Combine(folder, "cases"), "*.yaml").Order(StringComparer.Ordinal)
                .SelectMany(path => ReadFile(path, book))];
        }
        catch (YamlFault fault)
        {
            throw RuleFileException.Of(fault);
        }
    }

    /// <summary>The cases that the rules answer otherwise, in order.</summary>
    public static IEnumerable<CaseMissed> Check(NationalBook book, IEnumerable<WorkedCase> cases)
    {
        var engines = new Dictionary<string, Forecaster>(StringComparer.Ordinal);
        foreach (var one in cases)
        {
            if (!engines.TryGetValue(one.Area, out var engine)) engines.Add(one.Area, engine = new Forecaster(NationalRules.Compile(book, one.Area)));
            foreach (var missed in Check(book, one, engine)) yield return missed;
        }
    }

    private static IEnumerable<CaseMissed> Check(NationalBook book, WorkedCase one, Forecaster engine)
    {
        var patient = new Patient(one.Born, one.Sex, [.. one.Given.Select(dose => new DoseGiven(dose.On, dose.Vaccine))],
            [.. one.States.Select(state => new ObservationMade(state))]);
        var answer = NationalAnswer.Of(engine.Forecast(patient, one.AsOf), one.Programme);
        for (var i = 0; i < one.Given.Count; i++)
        {
            var got = NationalAnswer.Verdict(answer, i);
            if (got != one.Given[i].Verdict)
                yield return new CaseMissed(one, $"{one.Given[i].On:yyyy-MM-dd} {one.Given[i].Vaccine}", one.Given[i].Verdict, got);
        }
        if (one.Next.Length > 0 && NationalAnswer.Next(book, answer) is var next && next != one.Next)
            yield return new CaseMissed(one, "next", one.Next, next);
    }

    private static IEnumerable<WorkedCase> ReadFile(string path, NationalBook book)
    {
        var root = YamlNode.Parse(File.ReadAllText(path), $"cases/{Path.GetFileName(path)}");
        var programme = root.Text("vaccine");
        if (book.Programmes.All(known => known.Id != programme)) throw root.Wrong("vaccine", $"the rules have no '{programme}'");
        var cases = root.ListOrNone("cases").Select(entry => ReadCase(Path.GetFileName(path), programme, entry, book)).ToList();
        root.Done();
        return cases;
    }

    private static WorkedCase ReadCase(string file, string programme, YamlNode entry, NationalBook book)
    {
        var states = entry.WordsOrNone("states");
        if (states.FirstOrDefault(state => book.States.All(known => known.Observation != state)) is { } unknown)
            throw entry.Wrong("states", $"states.yaml has no '{unknown}'");
        var sex = entry.Text("sex", "female") switch
        {
            "female" => Sex.Female,
            "male" => Sex.Male,
            "unknown" => Sex.Unknown,
            _ => throw entry.Wrong("sex", "female, male or unknown belongs here"),
        };
        return new WorkedCase($"cases/{file}:{entry.Line}", entry.Text("case"), programme, entry.Day("born"), sex, states, entry.Text("area", ""),
            [.. entry.WordsOrNone("given").Select(text => Dose(entry, text, book))], entry.Day("as_of"), entry.Text("next", ""));
    }

    private static WorkedDose Dose(YamlNode entry, string text, NationalBook book)
    {
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        if (comma < 12 || text[10] != ' '
            || !DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on))
            throw entry.Wrong("given", "write it as '2025-03-10 HepB, counts as HepB-1'");
        var vaccine = text[11..comma];
        return book.Vaccine(vaccine) is null
            ? throw entry.Wrong("given", $"vaccines.yaml has no '{vaccine}'") : new WorkedDose(on, vaccine, text[(comma + 2)..]);
    }
}
