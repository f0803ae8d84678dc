using System.Diagnostics;
using System.Globalization;
using Legwork.Schedules.Population;

namespace Legwork.Schedules;

/// <summary>
/// <c>forecast --rules NAME --in PATIENTS.ndjson --out FORECASTS.ndjson</c>: what is due for everybody of a file. Exit 0 when every line was
/// answered, 2 when something was refused and nothing was written, 3 when with <c>--keep-going</c> some lines were answered by a refusal.
/// </summary>
public static class ForecastCommand
{
    public const string Usage = """
        forecast --rules cn-2026|cdsi:DIR --in PATIENTS.ndjson --out FORECASTS.ndjson
          --on DATE       the day that is asked about, 2026-11-22; default: today. A line may name its own
          --explain       also say why
          --keep-going    answer a line that cannot be read with its refusal, instead of writing nothing
          --cores N       cores to use
          --in - --out -  standard input and output
        """;

    /// <summary>Runs the command; text goes to the writers so that a host or a test can catch it.</summary>
    /// <param name="rulesFolder">Where the national rule sets lie.</param>
    public static async Task<int> Run(IReadOnlyList<string> args, string rulesFolder, TimeProvider time, TextWriter? errors = null)
    {
        errors ??= Console.Error;
        if (ForecastArguments.Parse(args, time) is not { } given)
        {
            errors.WriteLine(Usage);
            return 2;
        }
        try
        {
            var forecaster = new Forecaster(RuleSources.Load(given.Rules, rulesFolder));
            return await Run(new PopulationRun(forecaster, given.Settings), given, errors);
        }
        catch (Exception wrong) when (wrong is RuleFileException or ArgumentException or IOException
            or InvalidDataException or UnauthorizedAccessException)
        {
            errors.WriteLine($"refused: {wrong.Message}");
            return 2;
        }
    }

    private static async Task<int> Run(PopulationRun run, ForecastArguments given, TextWriter errors)
    {
        var watch = Stopwatch.StartNew();
        // Written beside its place and moved there when it is whole: nobody ever finds half a file.
        var partial = given.Out == "-" ? null : given.Out + ".partial";
        PopulationResult result;
        try
        {
            await using (var input = given.In == "-" ? Console.OpenStandardInput() : File.OpenRead(given.In))
            await using (var output = partial is null ? Console.OpenStandardOutput() : File.Create(partial))
                result = await run.Run(input, output);
            foreach (var (line, refusal) in result.Refusals)
                errors.WriteLine(FormattableString.Invariant($"line {line}: {refusal.Refusal}: {refusal.Reason}"));
            if (result.Refused > 0 && !given.Settings.KeepGoing)
            {
                errors.WriteLine(FormattableString.Invariant($"refused: {result.Refused} lines or more cannot be read; nothing was written. ")
                    + "With --keep-going they are answered by their refusal.");
                return 2;
            }
            if (partial is not null) File.Move(partial, given.Out, overwrite: true);
        }
        finally
        {
            if (partial is not null) File.Delete(partial);
        }
        var seconds = watch.Elapsed.TotalSeconds;
        errors.WriteLine(FormattableString.Invariant($"{result.Patients} patients answered, {result.Refused} lines refused, in {seconds:f1} s: ")
            + FormattableString.Invariant($"{result.Patients / Math.Max(seconds, 0.001):f0} patients/s"));
        if (result.WithUnknown > 0)
            errors.WriteLine(FormattableString.Invariant($"notice: {result.WithUnknown} patients have vaccines or observations that these rules do ")
                + "not know; their answers name them under \"unknown\" and do not rest on them");
        return result.Refused > 0 ? 3 : 0;
    }
}

/// <summary>The arguments of the command, or null where they cannot be understood.</summary>
internal sealed record ForecastArguments(string Rules, string In, string Out, PopulationSettings Settings)
{
    public static ForecastArguments? Parse(IReadOnlyList<string> args, TimeProvider time)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var flags = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--explain" or "--keep-going") flags.Add(args[i]);
            else if (args[i] is "--rules" or "--in" or "--out" or "--on" or "--cores" && i + 1 < args.Count) named[args[i]] = args[++i];
            else return null;
        }
        if (!named.TryGetValue("--rules", out var rules) || !named.TryGetValue("--in", out var from) || !named.TryGetValue("--out", out var to))
            return null;
        var on = DateOnly.FromDateTime(time.GetLocalNow().Date);
        if (named.TryGetValue("--on", out var day)
            && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out on)) return null;
        var cores = Environment.ProcessorCount;
        if (named.TryGetValue("--cores", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cores) || cores is < 1 or > 256)) return null;
        return new ForecastArguments(rules, from, to, new PopulationSettings(on, flags.Contains("--explain"), flags.Contains("--keep-going"), cores));
    }
}
