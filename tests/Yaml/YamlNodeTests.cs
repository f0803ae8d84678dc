using System.Text;

namespace Legwork.Yaml.Tests;

public class YamlNodeTests
{
    private enum Post
    {
        Clerk,
        GridWorker,
    }

    private const string Rules = """
        counter:
          roles: [clerk, grid_worker]
          since: 2026-03-01
          days: 30
          share: 0.5
          open: true
        """;

    [Fact]
    public void A_value_is_read_as_what_belongs_there()
    {
        var counter = YamlNode.Parse(Rules, "r.yaml")["counter"];
        counter.List("roles").Select(role => role.Enum<Post>()).ShouldBe([Post.Clerk, Post.GridWorker]);
        counter.Day("since").ShouldBe(new DateOnly(2026, 3, 1));
        counter.Number("days").ShouldBe(30);
        counter.Decimal("share", 0, 0, 1).ShouldBe(0.5);
        counter.Flag("open").ShouldBeTrue();
        counter.Flag("closed").ShouldBeFalse();
        counter.TextOrNone("note").ShouldBeNull();
        counter.Done();
    }

    [Theory]
    [InlineData("grid_worker]", "janitor]", "r.yaml:2: counter.roles[2]: 'janitor' is none of clerk, grid_worker")]
    [InlineData("grid_worker]", "[a]]", "r.yaml:2: counter.roles[2]: a text belongs here")]
    [InlineData("grid_worker]", "2]", "r.yaml:2: counter.roles[2]: '2' is none of clerk, grid_worker")]
    [InlineData("2026-03-01", "2026-02-30", "r.yaml:3: counter.since: a day such as 2026-10-31 belongs here")]
    [InlineData("days: 30", "days: 30.5", "r.yaml:4: counter.days: a whole number from 0 to 365 belongs here")]
    [InlineData("days: 30", "days: -1", "r.yaml:4: counter.days: a whole number from 0 to 365 belongs here")]
    [InlineData("days: 30", "days: 366", "r.yaml:4: counter.days: a whole number from 0 to 365 belongs here")]
    [InlineData("share: 0.5", "share: 2", "r.yaml:5: counter.share: a number from 0 to 1 belongs here")]
    [InlineData("open: true", "open: yes", "r.yaml:6: counter.open: true or false belongs here")]
    [InlineData("open: true", "opne: true", "r.yaml:6: counter: 'opne' is not known here; known are roles, since, days, share, open")]
    [InlineData("days: 30", "", "r.yaml:2: counter: 'days' is missing")]
    [InlineData("days: 30", "since: 2026-03-02", "r.yaml:4: counter: 'since' stands twice")]
    [InlineData("counter:", "counter: {", "r.yaml:")]
    [InlineData("share: 0.5", "<<: {days: 4}", "r.yaml:5: counter: '<<' merges nothing here: write the entries out")]
    [InlineData("share: 0.5", "share: *half", "r.yaml:5: counter.share: nothing is called &half")]
    [InlineData("share: 0.5", "share: 0.5\n---\nmore: 1", "r.yaml:6: one document belongs in a file")]
    public void What_is_wrong_is_told_with_file_line_and_path(string right, string wrong, string said)
    {
        Rules.ShouldContain(right);
        Should.Throw<YamlFault>(() => ReadAll(Rules.Replace(right, wrong))).Message.ShouldStartWith(said);
        Should.NotThrow(() => ReadAll(Rules));
    }

    [Fact]
    public void A_file_in_another_encoding_than_UTF_8_is_refused_and_one_with_a_mark_that_names_its_own_is_read()
    {
        const string Text = "name: 城关区\n";
        byte[] gb18030 = [.. "name: "u8, 0xB3, 0xC7, 0xB9, 0xD8, 0xC7, 0xF8, (byte)'\n'];
        Should.Throw<YamlFault>(() => YamlNode.Parse(new MemoryStream(gb18030), "r.yaml")).Message
            .ShouldBe("r.yaml: the file is not in UTF-8; save it in that encoding");
        foreach (var encoding in new[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode })
            YamlNode.Parse(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)]), "r.yaml").Text("name").ShouldBe("城关区");
    }

    [Fact]
    public void A_key_that_nobody_reads_is_found_at_any_depth()
    {
        var root = YamlNode.Parse("list:\n  - {a: 1}\n  - {a: 2, b: 3}\n", "r.yaml");
        foreach (var item in root.List("list")) item.Number("a");
        Should.Throw<YamlFault>(root.Done).Message.ShouldBe("r.yaml:3: list[2]: 'b' is not known here; known are a");
        root.List("list")[1].Number("b");
        Should.NotThrow(root.Done);
    }

    [Fact]
    public void An_alias_repeats_what_was_written_and_is_read_for_itself()
    {
        var root = YamlNode.Parse("one: &it {a: 1}\ntwo: *it\n", "r.yaml");
        root["one"].Number("a").ShouldBe(1);
        Should.Throw<YamlFault>(root["two"].Done).Path.ShouldBe("two");
        root["two"].Number("a").ShouldBe(1);
        root["two"]["a"].Path.ShouldBe("two.a");
        Should.NotThrow(root.Done);
    }

    [Fact]
    public void A_file_made_to_fill_the_memory_ends_in_a_named_fault()
    {
        var laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + string.Concat(Enumerable.Range(1, 12).Select(level =>
            $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));
        Should.Throw<YamlFault>(() => YamlNode.Parse(laughs, "r.yaml")).Reason.ShouldStartWith("more than 500,000 values");
        Should.Throw<YamlFault>(() => YamlNode.Parse(new string('[', 4_000), "r.yaml")).Reason.ShouldStartWith("more than 32 levels");
        Should.Throw<YamlFault>(() => YamlNode.Parse(new string(' ', 8_000_001), "r.yaml")).Reason.ShouldStartWith("the file is longer");
        Should.Throw<YamlFault>(() => YamlNode.Parse("", "r.yaml")).Reason.ShouldBe("the file is empty");
    }

    private static void ReadAll(string yaml)
    {
        var root = YamlNode.Parse(yaml, "r.yaml");
        var counter = root["counter"];
        foreach (var role in counter.List("roles")) role.Enum<Post>();
        counter.Day("since");
        counter.Number("days", max: 365);
        counter.Decimal("share", 0, 0, 1);
        counter.Flag("open");
        root.Done();
    }
}
