using System.Text.RegularExpressions;

namespace Legwork.Architecture.Tests;

/// <summary>What docs/security/asvs.csv says of each requirement is there.</summary>
public partial class AsvsTests
{
    // Nothing is left open: what is not met is a risk that the reason names, with what to do about it.
    private static readonly string[] Ways = ["test", "code", "reason"];

    [Fact]
    public void Every_requirement_of_both_levels_has_one_row_that_holds()
    {
        var asked = Csv("tests/Architecture/asvs-5.0.0-ids.csv").Select(row => (row[0], row[1])).ToList();
        asked.Count.ShouldBe(253);
        Wrong(asked, Csv("docs/security/asvs.csv"), Tests(), Text).ShouldBeEmpty();
    }

    [Fact]
    public void The_list_of_requirements_is_the_standards()
    {
        var file = Path.Combine(Repository.Root, "..", "shared", "data", "asvs", "asvs-5.0.0-en.csv");
        if (!File.Exists(file)) Assert.Skip("The standard does not lie beside this checkout.");
        Rows(File.ReadAllText(file)).Where(row => row[6] is "1" or "2").Select(row => (row[4], row[6]))
            .ShouldBe(Csv("tests/Architecture/asvs-5.0.0-ids.csv").Select(row => (row[0], row[1])), ignoreOrder: true);
    }

    [Fact]
    public void A_planted_breach_of_each_kind_is_caught()
    {
        (string, string)[] asked = [("V1.1.1", "1"), ("V1.1.2", "2")];
        IEnumerable<string> Told(params string[] rows) =>
            Wrong(asked, Rows(string.Join('\n', rows.Prepend("id,level,matter,how,where,note"))).ToList(), new HashSet<string> { "A.B.C_d" },
                path => path == "src/a.cs" ? "void Member()" : null);
        const string Right = "V1.1.1,1,matter,test,A.B.C_d,";
        Told(Right, "V1.1.2,2,matter,code,src/a.cs:Member,").ShouldBeEmpty();
        Told(Right).ShouldBe(["V1.1.2 has no row"]);
        Told(Right, Right, "V1.1.2,2,m,reason,Nothing of the kind is here.,").ShouldBe(["V1.1.1 has 2 rows"]);
        Told(Right, "V1.1.2,1,m,reason,Nothing of the kind is here.,").ShouldBe(["V1.1.2 is no requirement of level 1"]);
        Told(Right, "V1.1.2,2,m,test,A.B.C_d;A.B.Gone_now,").ShouldBe(["V1.1.2: no test A.B.Gone_now"]);
        Told(Right, "V1.1.2,2,m,code,src/gone.cs:Member,").ShouldBe(["V1.1.2: no file src/gone.cs"]);
        Told(Right, "V1.1.2,2,m,code,src/a.cs:Gone,").ShouldBe(["V1.1.2: src/a.cs has no Gone"]);
        Told(Right, "V1.1.2,2,m,code,src/a.cs:,").ShouldBe(["V1.1.2: src/a.cs: names nothing"]);
        Told(Right, "V1.1.2,2,m,reason,not here,").ShouldBe(["V1.1.2: 'not here' is no sentence"]);
        Told(Right, "V1.1.2,2,m,open,It is not met yet.,").ShouldBe(["V1.1.2: 'open' is no way"]);
        Told(Right, "V1.1.2,2,m,done,It is done by now.,").ShouldBe(["V1.1.2: 'done' is no way"]);
        Told(Right, "V1.1.2,2,,reason,Nothing of the kind is here.,").ShouldBe(["V1.1.2 has no matter"]);
        Named("Access", "public class B { [Fact]\n public void C_d() {} public void No_fact() {} }").ShouldBe(["Access.B.C_d"]);
        Named("Access", "public class B { [Theory, InlineData(1)]\n [InlineData(\"(]\")]\n public async Task C_d(int x) {} }")
            .ShouldBe(["Access.B.C_d"]);
        Named("Access", $"public class B {{ [Fact({Left} = \"x\")] public void C_d() {{}} }}").ShouldBeEmpty();
    }

    /// <summary>The word by which a test is left out; planted here, it leaves out none.</summary>
    private const string Left = "Skip";

    private static IEnumerable<string> Wrong(IReadOnlyCollection<(string Id, string Level)> asked, IReadOnlyList<string[]> rows,
        IReadOnlySet<string> tests, Func<string, string?> text)
    {
        foreach (var (id, level) in asked)
            if (rows.Count(row => row[0] == id) is not 1 and var times) yield return times == 0 ? $"{id} has no row" : $"{id} has {times} rows";
        foreach (var row in rows.DistinctBy(row => row[0]))
        {
            var (id, where) = (row[0], row[4]);
            if (!asked.Contains((id, row[1]))) yield return $"{id} is no requirement of level {row[1]}";
            if (row[2].Length == 0) yield return $"{id} has no matter";
            if (!Ways.Contains(row[3])) yield return $"{id}: '{row[3]}' is no way";
            if (row[3] == "reason" && !Sentence().IsMatch(where)) yield return $"{id}: '{where}' is no sentence";
            if (row[3] == "test")
                foreach (var gone in where.Split(';').Where(test => !tests.Contains(test))) yield return $"{id}: no test {gone}";
            if (row[3] != "code") continue;
            var parts = where.Split(':', 2);
            if (text(parts[0]) is not { } file) yield return $"{id}: no file {parts[0]}";
            else if (parts.Length < 2 || parts[1].Length == 0) yield return $"{id}: {where} names nothing";
            else if (!file.Contains(parts[1], StringComparison.Ordinal)) yield return $"{id}: {parts[0]} has no {parts[1]}";
        }
    }

    private static string? Text(string path) => Path.Combine(Repository.Root, path) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    private static HashSet<string> Tests() =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"))
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .SelectMany(file => Named(Path.GetFileName(project), File.ReadAllText(file))))];

    /// <summary>Tests of a source that are run, by <c>Project.Class.Method</c>.</summary>
    private static IEnumerable<string> Named(string project, string source)
    {
        var classes = Class().Matches(source);
        foreach (Match test in Test().Matches(source))
            if (classes.LastOrDefault(one => one.Index < test.Index) is { } within)
                yield return $"{project}.{within.Groups[1].Value}.{test.Groups[1].Value}";
    }

    private static List<string[]> Csv(string path) => [.. Rows(File.ReadAllText(Path.Combine(Repository.Root, path)))];

    /// <summary>Rows behind the header.</summary>
    private static IEnumerable<string[]> Rows(string text) =>
        text.TrimStart('\ufeff').Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r'))
            .Select(line => Cell().Matches(line).Select(Value).ToArray());

    private static string Value(Match cell) => cell.Groups[1].Success
        ? cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups[2].Value;

    [GeneratedRegex("""(?<=^|,)(?:"((?:[^"]|"")*)"|([^,]*))(?=,|$)""")]
    private static partial Regex Cell();

    [GeneratedRegex(@"class (\w+)")]
    private static partial Regex Class();

    // Other attributes (data, most of all) may stand between; a test that is skipped is none.
    [GeneratedRegex(@"\[(?:Fact|Theory)(?!\(Skip)(?:(?!\bpublic\b)[\s\S])*?\bpublic (?:async )?(?:Task|ValueTask|void) (\w+)\(")]
    private static partial Regex Test();

    [GeneratedRegex(@"^[A-Z].{15,}\.$")]
    private static partial Regex Sentence();
}
