using System.Text.RegularExpressions;

namespace Legwork.Architecture.Tests;

/// <summary>
/// Which places someone's scope covers is said by <c>Scope.Covers</c> and <c>Scope.Over</c> alone, in code and in SQL. Whoever compares the
/// beginnings of two codes says it a second time: with a prefix the grid G0 has G03 too, and the empty code has everything.
/// </summary>
public partial class CoverTests
{
    /// <summary>What looks like a second rule and is none, and why.</summary>
    private static readonly Dictionary<string, string> NoRule = new(StringComparer.Ordinal)
    {
        ["place.StartsWith(Code, StringComparison.Ordinal)"] = "the rule itself",
        ["substr({column}, 1, {Code.Length})"] = "the rule itself, in SQL",
        ["grid.Code.StartsWith(question, StringComparison.OrdinalIgnoreCase)"] = "finds what was typed, among codes that are covered",
        ["g.scope like @search"] = "the same, in the list of staff",
        ["place.StartsWith(word, StringComparison.Ordinal)"] = "an address that begins with the words for the district's own province",
        ["own.StartsWith(community, StringComparison.Ordinal)"] = "a grid's name that begins with its community's",
        ["substr(f.lives, 1, @p2"] = "narrows what FileScope.Covers then judges, file by file; the whole district is the empty beginning",
        ["substr(f.lives, 1, cast(@p1 as integer))"] = "the same, for whole names",
        ["substr(f.registered, 1,"] = "the same, for where they are registered",
    };

    [Fact]
    public void Whether_a_place_lies_in_another_is_asked_of_the_one_rule() =>
        Sources().SelectMany(file => SecondRules(file.Name, WithoutExceptions(file.Text))).ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed() =>
        NoRule.Keys.Where(phrase => !Sources().Any(file => file.Text.Contains(phrase, StringComparison.Ordinal)
            && SecondRules(file.Name, phrase).Any())).ShouldBeEmpty();

    [Theory]
    [InlineData("where state = 'waiting' and place like @like")]
    [InlineData("where f.lives NOT LIKE '540102%'")]
    [InlineData("where substr(place, 1, @length) = @place")]
    [InlineData("where substr(@place{i}, 1, length(e.subject_scope)) = e.subject_scope")]
    [InlineData("where g.scope = substr(@district, 1, length(g.scope))")]
    [InlineData("$\"substr({column}, 1, {scope.Length}) = @p0\"")]
    [InlineData("where starts_with(c.place, @code) or left(grid, 9) = @street or place glob '5401*'")]
    [InlineData("book.Grids.Where(grid => grid.Code.StartsWith(street, StringComparison.Ordinal))")]
    [InlineData("if (!Dwellings[i].Grid.StartsWith(place)) continue;")]
    [InlineData("found.Where(file => file.Lives.AsSpan().StartsWith(mine))")]
    [InlineData("scopes.Any(scope => where!.StartsWith(scope.Code, StringComparison.Ordinal))")]
    public void A_planted_second_rule_is_caught(string line) => SecondRules("a.cs", line).ShouldBe(["a.cs(1): ask Scope.Covers"]);

    [Theory]
    [InlineData("refusal.Code.StartsWith(\"cases.evidence\", StringComparison.Ordinal)")]
    [InlineData("where name like @like and substr(f.birth, 1, 4) = @year")]
    [InlineData("where {scope.Covers(\"place\", \"@place\")} and scopes.Any(scope => scope.Covers(code))")]
    [InlineData("text.StartsWith(bracket) || folder.Name.StartsWith('.')")]
    public void What_only_looks_like_one_is_not(string line) => SecondRules("a.cs", line).ShouldBeEmpty();

    private static IEnumerable<string> SecondRules(string name, string text) => text.Split('\n').Index()
        .Where(line => InSql().IsMatch(line.Item) || InCode().IsMatch(line.Item)).Select(line => $"{name}({line.Index + 1}): ask Scope.Covers");

    private static string WithoutExceptions(string text) =>
        NoRule.Keys.Aggregate(text, (left, phrase) => left.Replace(phrase, "", StringComparison.Ordinal));

    /// <summary>Libraries know no district and its codes; the demonstration invents them.</summary>
    private static IEnumerable<(string Name, string Text)> Sources() => new[] { "Platform", "Modules", "Host" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Source, folder), "*", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj"))
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".sql")
        .Order(StringComparer.Ordinal).Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file)));

    private const string Codes = "place|scope|lives|registered|grid|street|community|district";

    [GeneratedRegex(@"\b(" + Codes + @")\s+(not\s+)?(like|glob|similar to|~)\s|\b(substr|substring|left|starts_with)\s*\([\w.@]*("
        + Codes + @"|\{\w+\})(\{\w+\})?\s*,", RegexOptions.IgnoreCase)]
    private static partial Regex InSql();

    // Of a code, and by a code; a beginning in quotation marks is a word and no place.
    [GeneratedRegex(@"(" + Codes + @"|\bcode)\)?[!?]?(\.AsSpan\(\))?\.StartsWith\((?![""'])|\.StartsWith\([\w.]*(" + Codes + @"|\bcode)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex InCode();
}
