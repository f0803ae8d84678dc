using System.Globalization;
using System.Text.Json;

namespace Legwork.Schedules.Conformance;

/// <summary>The result of a run as text and as JSON.</summary>
internal static class ConformanceReport
{
    public static void WriteText(TextWriter to, IReadOnlyList<CaseAnswer> answers)
    {
        var compared = answers.Where(a => a.Case.Expected.Given).ToList();
        to.WriteLine(FormattableString.Invariant($"{answers.Count} cases, {compared.Count} with expectations, {compared.Count(a => a.Right)} right ")
            + FormattableString.Invariant($"in everything ({Share(compared, a => a.Right)})"));
        to.WriteLine();
        to.WriteLine($"{"vaccine group",-24}{"cases",7}{"all right",11}" + string.Concat(ConformanceRun.Fields.Select(f => $"{f,16}")));
        foreach (var group in compared.GroupBy(a => a.Group).OrderBy(g => g.Key, StringComparer.Ordinal)) Row(to, group.Key, [.. group]);
        Row(to, "in all", compared);
        if (answers.Any(answer => answer.Unknown.Count > 0)) to.WriteLine();
        foreach (var answer in answers.Where(answer => answer.Unknown.Count > 0))
            to.WriteLine($"notice: {answer.Case.Id} {answer.Group}: the supporting data know no {string.Join(", ", answer.Unknown)}");
        foreach (var answer in compared.Where(a => !a.Right))
        {
            to.WriteLine();
            to.WriteLine($"{answer.Case.Id} {answer.Group}: {answer.Case.Name} [{answer.Series}]");
            foreach (var miss in answer.Misses) to.WriteLine($"  {miss.Field}: expected {Shown(miss.Expected)}, got {Shown(miss.Got)}");
        }
    }

    private static void Row(TextWriter to, string name, IReadOnlyList<CaseAnswer> answers) =>
        to.WriteLine($"{name,-24}{answers.Count,7}{answers.Count(a => a.Right),11}"
            + string.Concat(ConformanceRun.Fields.Select(f => $"{Right(answers, f),16}")));

    private static int Right(IEnumerable<CaseAnswer> answers, string field) => answers.Count(a => a.Misses.All(m => m.Field != field));

    private static string Share(IReadOnlyList<CaseAnswer> answers, Func<CaseAnswer, bool> right) =>
        answers.Count == 0 ? "–" : ((double)answers.Count(right) / answers.Count).ToString("P1", CultureInfo.InvariantCulture);

    private static string Shown(string text) => text.Length == 0 ? "nothing" : text;

    public static void WriteJson(Stream to, IReadOnlyList<CaseAnswer> answers)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        Counts(json, answers);
        json.WriteStartObject("byGroup");
        foreach (var group in answers.GroupBy(a => a.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(group.Key);
            Counts(json, [.. group]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartArray("cases");
        foreach (var answer in answers) Case(json, answer);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Only cases with expectations are counted as right.</summary>
    private static void Counts(Utf8JsonWriter json, IReadOnlyList<CaseAnswer> answers)
    {
        var compared = answers.Where(a => a.Case.Expected.Given).ToList();
        json.WriteNumber("total", answers.Count);
        json.WriteNumber("compared", compared.Count);
        json.WriteNumber("allRight", compared.Count(a => a.Right));
        json.WriteStartObject("byField");
        foreach (var field in ConformanceRun.Fields) json.WriteNumber(field, Right(compared, field));
        json.WriteEndObject();
    }

    private static void Case(Utf8JsonWriter json, CaseAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Case.Id);
        json.WriteString("vaccineGroup", answer.Group);
        json.WriteString("series", answer.Series);
        Text(json, "seriesStatus", answer.SeriesStatus);
        if (answer.ForecastNumber is { } number) json.WriteNumber("forecastNumber", number);
        else json.WriteNull("forecastNumber");
        Text(json, "earliest", answer.Earliest);
        Text(json, "recommended", answer.Recommended);
        Text(json, "pastDue", answer.PastDue);
        if (answer.Unknown.Count > 0)
        {
            json.WriteStartArray("unknown");
            foreach (var unknown in answer.Unknown) json.WriteStringValue(unknown);
            json.WriteEndArray();
        }
        json.WriteStartArray("doses");
        foreach (var dose in answer.Doses)
        {
            json.WriteStartObject();
            Text(json, "status", dose.Status);
            Text(json, "reason", dose.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length == 0) json.WriteNull(name);
        else json.WriteString(name, text);
    }
}
