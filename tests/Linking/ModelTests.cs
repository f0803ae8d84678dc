namespace Legwork.Linking.Tests;

public class ModelTests
{
    [Theory]
    [InlineData("    - {is: equal, of: name, tf: true}", "    - {is: equals, of: name}", 7, "comparisons.name[1].is: 'equals' is none of")]
    [InlineData("    - {is: edit, of: born, at_most: 1}", "    - {is: edit, of: born}", 12, "needs at_most")]
    [InlineData("  keys: [[born]", "  kyes: [[born]", 18, "blocking: 'kyes' is not known here; known are keys, pair_budget")]
    [InlineData("id: id", "id: name", 2, "may not be compared")]
    [InlineData("link: 0.6", "link: 1.6", 19, "from 0 to 1")]
    [InlineData("of: name, as: slice", "of: name, as: slyce", 4, "derive.start.as: 'slyce' is none of")]
    [InlineData("comparisons:", "comparisons: [", 0, "")]
    public void A_malformed_model_is_refused_with_line_and_reason(string right, string wrong, int line, string reason)
    {
        Invented.Model.ShouldContain(right);
        var refusal = Should.Throw<ModelException>(() => LinkModel.Parse(Invented.Model.Replace(right, wrong), "m.yaml"));
        if (line > 0) refusal.Line.ShouldBe(line);
        refusal.Message.ShouldContain(reason);
        refusal.Message.ShouldStartWith("m.yaml");
    }

    [Theory]
    [InlineData("bench/linking/febrl.yaml")]
    [InlineData("bench/linking/historical.yaml")]
    [InlineData("rules/linking/people.yaml")]
    public void Every_model_of_the_repository_is_sound(string path) =>
        LinkModel.Load(Repository.In(path)).Columns.ShouldNotBeEmpty();

    [Fact]
    public void The_id_is_never_among_the_columns_compared() =>
        LinkModel.Load(Repository.In("bench/linking/febrl.yaml")).Columns.ShouldNotContain("rec_id");
}
