using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Schedules;
using Legwork.Schedules.National;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Commands;

/// <summary>Takes clinics' lists of doses and of states of health; which of the two a file is, its name says.</summary>
internal static class ImportDosesCommand
{
    private const int RowsShown = 10;

    public static Command Make(IDistrictDoor door)
    {
        var command = new Command("import-doses", "Take a clinic's list of doses given, or of states of health.");
        var path = command.FileWord("FILE", "The clinic's file of doses, or of states of health.");
        command.SetAction((line, _) => door.Open(line, district => Take(district, line.GetRequiredValue(path))));
        return command;
    }

    private static async Task<int> Take(IServiceProvider district, string path)
    {
        var progress = new ProgressLine(quiet: false);
        var immunization = district.GetRequiredService<IImmunization>();
        var taken = await immunization.TakeDoses(path, Actor.System, progress.Show);
        if (taken.Refusal is { Code: "immunization.import.name" }) taken = await immunization.TakeStates(path, Actor.System);
        progress.Clear();
        if (!taken.Ok)
        {
            Console.Error.WriteLine($"REFUSED  {Path.GetFileName(path)}: {taken.Refusal!.Message}");
            return 1;
        }
        Print(taken.Value);
        return taken.Value.LeftOut.Count == 0 ? 0 : 1;
    }

    public static void Print(DosesTaken taken)
    {
        Console.WriteLine($"taken    {taken.FileName}: {taken.Rows:N0} rows, {taken.Learned:N0} new, {taken.Known:N0} known before");
        foreach (var left in taken.LeftOut.GroupBy(row => row.Code))
            Console.WriteLine($"         left out, {left.Key} not known: {left.Count():N0} rows "
                + $"({string.Join(", ", left.Take(RowsShown).Select(row => row.Row))}{(left.Count() > RowsShown ? ", …" : "")})");
    }
}

/// <summary>Who would get another date by other rules.</summary>
internal static class TryRulesCommand
{
    public static Command Make(IDistrictDoor door)
    {
        var command = new Command("try-rules", "Who in the district would get another date by other immunization rules, and why.");
        var from = command.Needed("--from", "SET", "The rule set in force.");
        var to = command.Needed("--to", "SET", "The rule set to try.");
        var path = command.FileToWrite("--out", "F.csv", "Write the list of people.");
        var json = command.Flag("--json", "Print as JSON.");
        command.SetAction((line, _) => door.Open(line,
            district => Try(district, line.GetRequiredValue(from), line.GetRequiredValue(to), line.GetValue(json), line.GetValue(path))));
        return command;
    }

    private static async Task<int> Try(IServiceProvider district, string from, string to, bool json, string? path)
    {
        var tried = await district.GetRequiredService<IImmunization>().TryRules(from, to, Actor.System);
        if (!tried.Ok) throw new UsageException(tried.Refusal!.Message);
        if (path is not null) await File.WriteAllTextAsync(path, Csv(tried.Value), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (json) Console.WriteLine(JsonSerializer.Serialize(tried.Value with { Others = [] }, JsonSerializerOptions.Web));
        else Print(tried.Value, path);
        return 0;
    }

    private static void Print(RulesTried tried, string? path)
    {
        Console.WriteLine($"{tried.From} → {tried.To} as of {tried.On:yyyy-MM-dd}: {tried.People:N0} people under 18, "
            + $"{tried.Others.Select(other => other.Person).Distinct().Count():N0} would get another date");
        foreach (var cause in tried.Causes)
            Console.WriteLine($"  {cause.People,7:N0}  {cause.Programme,-7} {Row(cause.Was),-16} → {Row(cause.Becomes),-16} {cause.How}");
        Console.WriteLine(path is null ? "  --out F.csv writes the list" : $"  the list lies in {path}");
    }

    private static string Row(string clause) => clause.Length == 0 ? "nothing due" : clause;

    private static string Csv(RulesTried tried)
    {
        var csv = new StringBuilder("person,programme,was,was_from,was_by,becomes,becomes_from,becomes_by,how\n");
        foreach (var other in tried.Others)
            csv.AppendJoin(',', other.Person, other.Programme, other.Was, Iso(other.WasFrom), Iso(other.WasBy), other.Becomes, Iso(other.BecomesFrom),
                Iso(other.BecomesBy), other.How).Append('\n');
        return csv.ToString();
    }

    private static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Reads a rule set and holds its worked cases against it; needs no district.</summary>
internal static class CheckRulesCommand
{
    public static Command Make(IDistrictDoor door)
    {
        var command = new Command("check-rules", "Read the immunization rules and hold their worked cases against them.");
        var set = new Argument<string?>("SET") { Description = "Only this rule set.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(set);
        command.SetAction(line => CheckAll(Path.Combine(door.Rules, "immunization"), line.GetValue(set)));
        return command;
    }

    private static int CheckAll(string folder, string? wanted)
    {
        var sets = Directory.EnumerateDirectories(folder, "cn-*").Where(path => wanted is null || Path.GetFileName(path) == wanted)
            .Order(StringComparer.Ordinal).ToList();
        if (sets.Count == 0) throw new UsageException($"{folder} holds no rule set {wanted}.");
        return sets.Select(Check).ToList().TrueForAll(right => right) ? 0 : 1;
    }

    private static bool Check(string set)
    {
        try
        {
            var book = NationalRules.Read(set);
            var cases = WorkedCases.Read(set, book);
            var missed = WorkedCases.Check(book, cases).ToList();
            foreach (var miss in missed) Console.WriteLine($"{book.Id}/{miss}");
            Console.WriteLine($"{book.Id}: {book.Programmes.Count} vaccines, "
                + $"{book.Programmes.Sum(one => one.Courses.Sum(course => course.Rows.Count))} rows, {cases.Count} worked cases, "
                + $"{missed.Select(miss => miss.Case).Distinct().Count()} answered otherwise than the text");
            return missed.Count == 0;
        }
        catch (RuleFileException wrong)
        {
            Console.WriteLine($"{Path.GetFileName(set)}/{wrong.Message}");
            return false;
        }
    }
}
