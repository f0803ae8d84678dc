using Legwork.Kernel;
using Legwork.People.Findings;
using Legwork.People.Matching;
using Legwork.People.Records;
using Record = Legwork.People.Records.Record;

namespace Legwork.People.Tests;

/// <summary>What stood and what is found now decide what becomes of a finding, and nothing else does.</summary>
public class FindingTransitionTests
{
    private const string Args = """{"lives":"吉日街道","row":"7"}""";
    private const string Shifted = """{"lives":"吉日街道","row":"9"}""";
    private const string Longer = """{"lives":"吉日街道","row":"7","days":"61"}""";
    private const string Another = """{"lives":"八廓街道","row":"7"}""";

    [Theory]
    [InlineData("", "", 0, nameof(FindingStep.Leave))]
    [InlineData("", Args, 7, nameof(FindingStep.Open))]
    [InlineData("open", "", 0, nameof(FindingStep.Close))]
    [InlineData("open", Args, 7, nameof(FindingStep.Leave))]
    [InlineData("open", Args, 8, nameof(FindingStep.Move))]
    [InlineData("open", Shifted, 9, nameof(FindingStep.Move))]
    [InlineData("open", Another, 7, nameof(FindingStep.Change))]
    [InlineData("answered", "", 0, nameof(FindingStep.Close))]
    [InlineData("answered", Args, 7, nameof(FindingStep.Leave))]
    [InlineData("answered", Shifted, 9, nameof(FindingStep.Move))]
    [InlineData("answered", Longer, 7, nameof(FindingStep.Move))]
    [InlineData("answered", Another, 7, nameof(FindingStep.AskAgain))]
    [InlineData("gone", "", 0, nameof(FindingStep.Leave))]
    [InlineData("gone", Args, 7, nameof(FindingStep.Reopen))]
    [InlineData("gone", Another, 7, nameof(FindingStep.Reopen))]
    public void Every_pair_of_before_and_now_has_one_outcome(string stood, string args, int row, string step) =>
        FindingTransition.Decide(stood.Length > 0 ? Stood(stood) : null, args.Length > 0 ? Found(row) : null, args).ToString().ShouldBe(step);

    [Fact]
    public void A_finding_in_another_list_has_moved() => FindingTransition.Decide(
        Stood("open"), Found(7) with { Row = new Record { Source = Sources.Roll, Row = 7 } }, Args).ShouldBe(FindingStep.Move);

    [Fact]
    public void Of_several_that_earlier_versions_left_the_one_in_force_counts_and_else_the_last()
    {
        var (gone, open, goneLater) = (Stood("gone"), Stood("open"), Stood("gone"));
        var found = Found(7) with { Args = new Dictionary<string, string> { ["lives"] = "吉日街道", ["row"] = "7" } };
        FindingTransition.Of(open.File, [found], [gone, open, goneLater], null).ShouldHaveSingleItem().Stood.ShouldBe(open);
        var again = FindingTransition.Of(open.File, [found], [gone, goneLater], null).ShouldHaveSingleItem();
        (again.Stood, again.Step, again.SaysElse).ShouldBe((goneLater, FindingStep.Reopen, false));
    }

    [Theory]
    [InlineData(null, null, false, nameof(FileStep.Leave))]
    [InlineData(null, "a", false, nameof(FileStep.Open))]
    [InlineData("open", "a", false, nameof(FileStep.Leave))]
    [InlineData("open", "b", false, nameof(FileStep.Change))]
    [InlineData("merged", "a", false, nameof(FileStep.Change))]
    [InlineData("open", null, false, nameof(FileStep.Leave))]
    [InlineData("open", null, true, nameof(FileStep.Lead))]
    public void Every_state_of_a_file_has_one_outcome(string? state, string? digest, bool rowsWentElsewhere, string step)
    {
        var stood = state is null ? null : new StoodFile(PersonId.New(), state, "a");
        FileTransition.Decide(stood, digest, rowsWentElsewhere ? PersonId.New() : null).ToString().ShouldBe(step);
    }

    private static StoodFinding Stood(string state) =>
        new(Guid.CreateVersion7(), "separated", default, Sources.Ledger, 7, Args, state, MadeUp.JiriGrid);

    private static Found Found(int row) => new("separated", new Record { Source = Sources.Ledger, Row = row }, new Dictionary<string, string>());
}
