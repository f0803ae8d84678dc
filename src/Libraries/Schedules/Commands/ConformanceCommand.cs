using Legwork.Schedules.Cdsi;
using Legwork.Schedules.Conformance;

namespace Legwork.Schedules;

/// <summary>
/// <c>conformance cdsi --supporting DIR --cases FILE.csv [--json OUT]</c>: how many of CDC's test cases come out right. Exit 0 when none misses,
/// 1 when some do, 2 when something could not be read.
/// </summary>
public static class ConformanceCommand
{
    public const string Usage = """
        conformance cdsi --supporting DIR --cases FILE.csv [--json OUT]
          --supporting DIR  CDC's supporting data: ScheduleSupportingData.xml and AntigenSupportingData*.xml
          --cases FILE.csv  CDC's test cases, healthy (63 columns) or underlying conditions (76 columns)
          --json OUT        the engine's answer to every case, and the counts; "-" is standard output
        """;

    /// <summary>Runs the command; text goes to the writers so that a host or a test can catch it.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter? output = null, TextWriter? errors = null)
    {
        output ??= Console.Out;
        errors ??= Console.Error;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (args.Count % 2 == 0 || args[0] != "cdsi") return Misused(errors);
        for (var i = 1; i < args.Count; i += 2)
            if (args[i] is not ("--supporting" or "--cases" or "--json") || !given.TryAdd(args[i], args[i + 1])) return Misused(errors);
        if (!given.TryGetValue("--supporting", out var supporting) || !given.TryGetValue("--cases", out var cases)) return Misused(errors);
        try
        {
            return Run(supporting, cases, given.GetValueOrDefault("--json"), output);
        }
        catch (Exception wrong) when (wrong is RuleFileException or CaseFileException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"refused: {wrong.Message}");
            return 2;
        }
    }

    /// <summary>How many cases of a file are right in everything, of how many.</summary>
    public static (int Right, int Of) Count(Forecaster forecaster, string cases)
    {
        var answers = ConformanceRun.Run(forecaster, CaseFile.Read(cases)).Where(a => a.Case.Expected.Given).ToList();
        return (answers.Count(a => a.Right), answers.Count);
    }

    private static int Run(string supporting, string cases, string? json, TextWriter output)
    {
        var answers = ConformanceRun.Run(new Forecaster(CdsiRules.Load(supporting)), CaseFile.Read(cases));
        if (json == "-")
        {
            using var memory = new MemoryStream();
            ConformanceReport.WriteJson(memory, answers);
            output.WriteLine(System.Text.Encoding.UTF8.GetString(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        }
        else
        {
            ConformanceReport.WriteText(output, answers);
            if (json is not null)
                using (var file = File.Create(json)) ConformanceReport.WriteJson(file, answers);
        }
        return answers.All(a => a.Right) ? 0 : 1;
    }

    private static int Misused(TextWriter errors)
    {
        errors.WriteLine(Usage);
        return 2;
    }
}
