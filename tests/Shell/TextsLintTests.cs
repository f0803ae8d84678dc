using Legwork.Platform.Shell;
using Legwork.Shell.Tests.Lint;

namespace Legwork.Shell.Tests;

public class TextsLintTests
{
    [Fact]
    public void Every_word_of_every_page_is_a_text_in_three_languages() => TextsLint.Breaches(Repository.In("src")).ShouldBeEmpty();

    [Fact]
    public void A_planted_breach_of_each_kind_is_caught()
    {
        var folder = Directory.CreateTempSubdirectory("texts-lint").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "Texts"));
        File.WriteAllText(Path.Combine(folder, "Texts", "a.yaml"), """
            a.good: { zh: 好, bo: ཡག་པོ།, en: good }
            a.places: { zh: "{0} 人", bo: "མི་ {0}", en: people }
            a.not_tibetan: { zh: 好, bo: good, en: good }
            """);
        File.WriteAllText(Path.Combine(folder, "Texts", "b.yaml"), "b.half: { zh: 好, en: good }");
        File.WriteAllText(Path.Combine(folder, "A.razor"), """
            @inject T T
            @* Words in a comment are free. *@
            <p title="@T["a.good"]">@T["a.absent"]</p>
            @if (Count < 3 && Name == "few")
            {
              <Field Name="q" Label="Find a person" Value="@Name" />
              <b>几个人</b>
            }
            else {<i>@Count</i>}
            @code { private string Name => "拉萨"; /* not markup: */ private List<string> Count = []; }
            """);

        TextsLint.Breaches(folder).ShouldBe(
        [
            "Texts/b.yaml:1: b.half: stands in zh, bo and en, and 'bo' is missing",
            "a.places: the languages have different placeholders",
            "a.not_tibetan: the Tibetan holds no Tibetan letter",
            "A.razor: no text a.absent",
            "A.razor(6): “Find a person” is not a text",
            "A.razor(7): “几个人” is not a text",
            "A.razor(10): “拉萨” is not a text",
        ]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_unknown_key_stops_a_developer_and_shows_itself_in_production()
    {
        var assembly = typeof(ShellModule).Assembly;
        Should.Throw<KeyNotFoundException>(() => new T(new Texts([assembly], missingThrows: true), Language.Chinese)["no.such"]);
        new T(new Texts([assembly], missingThrows: false), Language.Chinese)["no.such"].ShouldBe("no.such");
    }
}
