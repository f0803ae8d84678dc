using System.Globalization;
using System.Text.RegularExpressions;
using Legwork.Schedules.National;

namespace Legwork.Schedules.Tests.National;

/// <summary>Shifts each number of the rules by one; the worked cases must notice every time.</summary>
public partial class MutationTests
{
    /// <summary>Numbers of which one side cannot be noticed, because another number of the same row already asks as much.</summary>
    private static readonly Dictionary<string, string> Implied = new(StringComparer.Ordinal)
    {
        ["menac.yaml MPSVAC-1 interval: at least 12 months from dose 2 | 12-1"] =
            "the second MPSV-A comes before 24 months and this dose from 3 years, which is 12 months",
        ["menac.yaml MPSVAC-1 interval: at least 12 months from dose 2 | 2-1"] = "the first MPSV-A comes before the second",
    };

    [Theory]
    [InlineData("cn-2026")]
    [InlineData("cn-2021")]
    public void Every_number_shifted_by_one_makes_a_worked_case_fail(string rules)
    {
        var folder = WorkedCaseTests.Folder(rules);
        var files = NationalReader.Files(folder);
        var cases = WorkedCases.Read(folder, NationalReader.Read(files)).ToList();
        var shifts = files.Where(file => file.Key != "vaccines.yaml").SelectMany(file => Shifts(file.Key, file.Value)).ToList();
        shifts.Count.ShouldBeGreaterThan(200);
        var survivors = Survivors(files, cases, shifts).Select(shift => shift.Name)
            .Order(StringComparer.Ordinal).ToList();
        survivors.ShouldBe(Implied.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_number_that_no_case_holds_would_be_found()
    {
        var folder = WorkedCaseTests.Folder("cn-2026");
        var files = NationalReader.Files(folder);
        var cases = WorkedCases.Read(folder, NationalReader.Read(files))
            .Where(one => !one.Name.StartsWith("HepB-3", StringComparison.Ordinal)).ToList();
        Survivors(files, cases, Shifts("hepb.yaml", files["hepb.yaml"])).AsEnumerable()
            .ShouldContain(shift => shift.Name == "hepb.yaml HepB-3 interval: at least 60 days from dose 2 | 60+1");
    }

    private static ParallelQuery<Shift> Survivors(Dictionary<string, string> files, List<WorkedCase> cases, IEnumerable<Shift> shifts)
    {
        var programmes = NationalReader.Read(files).Programmes.ToDictionary(programme => programme.Id + ".yaml", programme => programme.Id);
        // A vaccine's file stands by itself: the other vaccines' files, which it does not name, need not be read again with every number of it.
        var alone = files.Keys.ToDictionary(name => name, name => !programmes.ContainsKey(name) ? files
            : files.Where(file => file.Key == name || !programmes.ContainsKey(file.Key)).ToDictionary());
        var asked = files.Keys.ToDictionary(name => name,
            name => programmes.TryGetValue(name, out var id) ? cases.FindAll(one => one.Programme == id) : cases);
        foreach (var (name, own) in alone) WorkedCases.Check(NationalReader.Read(own), asked[name]).ShouldBeEmpty($"{name} as it is");
        return shifts.AsParallel().Where(shift => Survives(alone[shift.File], asked[shift.File], shift));
    }

    private static bool Survives(Dictionary<string, string> files, List<WorkedCase> cases, Shift shift)
    {
        try
        {
            return !WorkedCases.Check(NationalReader.Read(new Dictionary<string, string>(files) { [shift.File] = shift.Text }), cases).Any();
        }
        catch (RuleFileException)
        {
            return false;
        }
    }

    /// <summary>Every number that decides anything. Dates of publication, sources, names and notes decide nothing.</summary>
    private static IEnumerable<Shift> Shifts(string file, string text)
    {
        var row = "";
        var at = 0;
        foreach (var line in text.Split('\n'))
        {
            if (Row().Match(line) is { Success: true } named) row = named.Groups[1].Value;
            if (!(file == "general.yaml" && line.StartsWith("until:", StringComparison.Ordinal)) && !line.TrimStart().StartsWith('#'))
                foreach (Match value in Deciding().Matches(line))
                    foreach (Match number in Number().Matches(value.Groups[2].Value))
                        foreach (var by in (int[])[-1, 1])
                        {
                            var start = at + value.Groups[2].Index + number.Index;
                            yield return new Shift(file, $"{file} {row} {value.Groups[1].Value}: {value.Groups[2].Value} | {number.Value}{by:+0;-0}",
                                string.Concat(text.AsSpan(0, start), Shifted(number.Value, by), text.AsSpan(start + number.Length)));
                        }
            at += line.Length + 1;
        }
    }

    private static string Shifted(string number, int by) =>
        DateOnly.TryParseExact(number, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day.AddDays(by).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : (int.Parse(number, CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture);

    private sealed record Shift(string File, string Name, string Text);

    [GeneratedRegex(@"\b(?:row|observation|id|course): ([\w-]+)")]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(age|complete_before|until|at_least|from|interval|dose|born_from|born_before|given_before|when|also|areas): "
        + @"(\[[^\]]*\]|[^,}\[\]]+)")]
    private static partial Regex Deciding();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}|(?<![\w-])\d+(?![\w-])")]
    private static partial Regex Number();
}
