using System.Text.RegularExpressions;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Platform.Shell;

namespace Legwork.Cases.Tests;

/// <summary>Keys that are put together from closed lists; what stands in a page as a whole is checked by the lint of the shell.</summary>
public partial class TextTests
{
    private static readonly Texts Texts = new([typeof(ShellModule).Assembly, typeof(CasesModule).Assembly], missingThrows: true);

    [Fact]
    public void Every_word_of_every_closed_list_has_its_text()
    {
        var keys = new[]
        {
            Keys<CaseState>("state"), Keys<Priority>("priority"), Keys<EvidenceKind>("evidence"),
            Keys<DetailKind>("detail"), Keys<DetailKind>("fact"),
            Keys<Request>("asked"), Keys<CallOutcome>("outcome"), Keys<VisitOutcome>("outcome"),
            CaseStates.All.Select(state => "cases.state." + state),
            StateTableTests.Acts.Select(act => "cases.act." + act.Data), ["cases.act." + Opening.Code],
            new[] { "verify", "unassigned", "asked", "overdue", "paused" }.Select(tab => "cases.queue." + tab),
        };
        keys.SelectMany(list => list).Where(key => Texts.Find(key) is null).ShouldBeEmpty();
    }

    [Fact]
    public void Every_refusal_is_said_in_three_languages()
    {
        var codes = Directory.EnumerateFiles(Repository.In("src", "Modules", "Cases"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => RefusalCode().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct().ToList();
        codes.Count.ShouldBeGreaterThan(30);
        codes.Where(code => Texts.Find("refusal." + code) is null).ShouldBeEmpty();
    }

    private static IEnumerable<string> Keys<TEnum>(string list) where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Select(word => $"cases.{list}.{Words.Of(word)}");

    [GeneratedRegex("""Refusal\.Of\("(cases\.[a-z_]+)",""")]
    private static partial Regex RefusalCode();
}
