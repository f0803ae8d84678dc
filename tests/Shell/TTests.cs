using Legwork.Kernel;
using Legwork.Platform.Shell;

namespace Legwork.Shell.Tests;

public class TTests
{
    private static readonly Texts All = new([typeof(ShellModule).Assembly, typeof(TTests).Assembly], missingThrows: true);

    [Fact]
    public void Dates_are_written_as_each_language_writes_them_and_no_more_exactly_than_known()
    {
        var day = new DateOnly(2026, 10, 31);
        Language.All.Select(l => new T(All, l).Date(day)).ShouldBe(["2026年10月31日", "2026ལོའི་ཟླ་10ཚེས་31", "31 October 2026"]);
        Language.All.Select(l => new T(All, l).Date(VagueDate.Parse("1949-12"))).ShouldBe(["1949年12月", "1949ལོའི་ཟླ་12", "December 1949"]);
        new T(All, Language.English).Date(VagueDate.Parse("1949")).ShouldBe("1949");
    }

    [Fact]
    public void A_moment_is_told_by_the_clock_of_Beijing() =>
        new T(All, Language.English).Time(new DateTimeOffset(2026, 10, 31, 17, 5, 0, TimeSpan.Zero)).ShouldBe("1 November 2026 01:05");

    [Fact]
    public void Arguments_are_written_in_the_language_and_one_is_not_many()
    {
        var english = new T(All, Language.English);
        english["guide.found", 1].ShouldBe("1 person found");
        english["guide.found", 1221].ShouldBe("1,221 people found");
        new T(All, Language.Chinese)["guide.found", 1221].ShouldBe("找到 1,221 人");
    }

    [Fact]
    public void A_brace_in_an_argument_is_left_alone() =>
        new T(All, Language.Chinese)["guide.found", "{0}{1}"].ShouldBe("找到 {0}{1} 人");

    [Fact]
    public void A_refusal_without_a_text_speaks_for_itself()
    {
        var chinese = new T(All, Language.Chinese);
        chinese[Refusal.Of("guide.blank", "Enter a name.")].ShouldBe("请填写姓名");
        chinese[Refusal.Of("guide.untold", "Enter a name.")].ShouldBe("Enter a name.");
    }

    [Theory]
    [InlineData("zh-Hans-CN", "zh-CN")]
    [InlineData("BO", "bo")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", null)]
    [InlineData("", null)]
    [InlineData("english", null)]
    public void A_language_is_known_by_its_tag(string tag, string? language) => (Language.Find(tag)?.Tag).ShouldBe(language);
}
