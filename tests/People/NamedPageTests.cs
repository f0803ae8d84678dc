using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Legwork.Kernel;
using Legwork.People.Pairs;

namespace Legwork.People.Tests;

/// <summary>Where a form asks for somebody else's file by name.</summary>
public partial class NamedPageTests
{
    [Fact]
    public async Task One_of_a_name_is_chosen_already_and_several_are_offered_with_what_tells_them_apart()
    {
        await using var host = await DeskHost.Open();
        var (drolma, penba) = (host.District.FileOf("卓玛"), host.District.FileOf("边巴"));
        var visit = host.As(SmallDistrict.Clerk());
        var (status, page, _) = await Guardian(visit, drolma, ("guardian", "边巴"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#guardian")!.GetAttribute("value").ShouldBe("边巴");
        page.QuerySelector("input[name=guardianChosen]:checked")!.GetAttribute("value").ShouldBe(penba.ToString());

        (status, page, _) = await Guardian(visit, drolma, ("guardian", "次仁"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var offered = page.QuerySelectorAll("#guardianChosen .choice");
        offered.Select(Value).ShouldBe([host.District.FileOf("次仁").ToString(), host.District.FileOf("扎西次仁").ToString()], ignoreOrder: true);
        page.QuerySelectorAll("input[name=guardianChosen]:checked").ShouldBeEmpty("a name alone decides nothing");
        offered.Select(choice => choice.QuerySelector(".hint")!.TextContent).ShouldBeUnique();
        foreach (var choice in offered)
        {
            var known = choice.QuerySelector(".hint")!.TextContent;
            known.ShouldMatch(@"^男 · \d+ 岁 · ");
            known.ShouldContain("****", Case.Sensitive, "a number is masked");
            known.ShouldNotContain(MadeUp.Tashi);
            known.ShouldNotContain(MadeUp.Tsering);
        }
        Guardians(host).ShouldBe(0);
    }

    [Fact]
    public async Task Who_was_chosen_stays_chosen_where_something_else_is_wrong()
    {
        await using var host = await DeskHost.Open();
        var (drolma, tashi) = (host.District.FileOf("卓玛"), host.District.FileOf("扎西次仁"));
        var (status, page, _) = await Guardian(host.As(SmallDistrict.Clerk()), drolma, ("guardian", "次仁"), ("guardianChosen", tashi.ToString()),
            ("note", "看过户口簿"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#kind-error").ShouldNotBeNull();
        page.QuerySelector("#guardian-error").ShouldBeNull();
        page.QuerySelector("input[name=guardianChosen]:checked")!.GetAttribute("value").ShouldBe(tashi.ToString());
        page.QuerySelector("#note")!.GetAttribute("value").ShouldBe("看过户口簿");
    }

    [Fact]
    public async Task Nobody_of_a_name_and_a_forged_choice_are_refused_and_a_number_names_its_file()
    {
        await using var host = await DeskHost.Open();
        var (drolma, penba, tashi) = (host.District.FileOf("卓玛"), host.District.FileOf("边巴"), host.District.FileOf("扎西次仁"));
        var visit = host.As(SmallDistrict.Clerk());
        var (status, page, _) = await Same(visit, drolma, ("other", "无此人名"));
        (status, page.QuerySelector("#other")!.GetAttribute("value")).ShouldBe((HttpStatusCode.UnprocessableEntity, "无此人名"));
        page.QuerySelector("#other-error").ShouldNotBeNull();
        page.QuerySelectorAll("input[name=otherChosen]").ShouldBeEmpty();

        (status, page, _) = await Same(visit, drolma, ("other", "次仁"), ("otherChosen", penba.ToString()));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, "whom the name does not offer cannot be chosen");
        page.QuerySelectorAll("#otherChosen .choice").Select(Value).ShouldNotContain(penba.ToString());
        Pairs(host, drolma, penba).ShouldBe(0);
        Pairs(host, drolma, tashi).ShouldBe(0);

        (await Same(visit, drolma, ("other", MadeUp.Penba))).Location!.ShouldStartWith("/people/pairs/");
        Pairs(host, drolma, penba).ShouldBe(1);
        (await Same(visit, drolma, ("other", "次仁"), ("otherChosen", tashi.ToString()))).Location!.ShouldStartWith("/people/pairs/");
        Pairs(host, drolma, tashi).ShouldBe(1);
    }

    [Theory, InlineData("zh-CN"), InlineData("bo"), InlineData("en")]
    public async Task A_pairs_row_says_what_agrees_and_what_contradicts_in_words(string language)
    {
        await using var host = await DeskHost.Open();
        var clerk = SmallDistrict.Clerk();
        (await host.District.Get<PairQueue>().Suspect(clerk, host.District.FileOf("卓玛"), host.District.FileOf("次仁"))).Ok.ShouldBeTrue();
        var told = LinkerTells();
        told.Count.ShouldBeGreaterThan(30);
        foreach (var part in told.Chunk(5))
        {
            var steps = part.Index().Select(step => new { comparison = step.Item.Comparison, words = step.Item.Words, bits = Bits[step.Index] });
            await host.District.Store.Write(session => session.Execute("update people_pair set waterfall = @told",
                new { told = JsonSerializer.Serialize(new { prior = -3, steps }) }));
            var (_, page, _) = await host.As(clerk, language).Get("/people/pairs");
            var rows = page.QuerySelectorAll("tbody td:nth-child(4) .row > *");
            rows.Select(row => row.ClassName).ShouldBe(
                part.Index().Where(step => Bits[step.Index] != 0.5)
                    .Select(step => "tag " + (Tones[step.Index] == "good" && !OnBothSides.Contains(step.Item.Words) ? "" : Tones[step.Index])));
            foreach (var words in rows.Select(row => row.TextContent)) ShouldBeWords(words, language);
        }
    }

    /// <summary>The strongest first; the fourth says too little to be told, and the last is a slip.</summary>
    private static readonly double[] Bits = [9, -8, 6, 0.5, -1.5];

    private static readonly string[] Tones = ["good", "danger", "good", "", "warn"];

    /// <summary>What is the same on both sides; all else that speaks for a pair is alike and no more.</summary>
    private static readonly HashSet<string> OnBothSides = ["same name in Tibetan script", "same name", "names sound the same", "the former name",
        "the full name given as the head", "same day of birth", "same year of birth", "same sex", "same resident number", "same other paper",
        "same dwelling and phone", "same phone", "same dwelling", "same door of an estate by its short name", "same head of household"];

    private static List<(string Comparison, string Words)> LinkerTells()
    {
        var (told, comparison) = (new List<(string, string)>(), "");
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "rules", "linking", "people.yaml"))
            .SkipWhile(line => line != "comparisons:").TakeWhile(line => line != "blocking:"))
        {
            if (Comparison().Match(line) is { Success: true } named) comparison = named.Groups[1].Value;
            if (Said().Match(line) is { Success: true } said) told.Add((comparison, said.Groups[1].Value));
        }
        return told;
    }

    private static void ShouldBeWords(string words, string language)
    {
        words.ShouldNotMatch("[a-z]+[._][a-z]+", words);
        words.ShouldNotMatch(language == "en" ? "[一-龥]" : "[A-Za-z]{2}", words);
    }

    [GeneratedRegex("^  ([a-z][a-z ]*):$")]
    private static partial Regex Comparison();

    [GeneratedRegex("(?:words|else): \"?((?<=\")[^\"]+|[a-z][a-zA-Z ]*[a-z])")]
    private static partial Regex Said();

    [Theory, InlineData("people.linked.same_day", "zh-CN"), InlineData("same day", "bo"), InlineData("同日", "en")]
    public void A_code_or_words_of_another_language_in_a_pairs_row_are_caught(string words, string language) =>
        Should.Throw<ShouldAssertException>(() => ShouldBeWords(words, language));

    private static string? Value(IElement choice) => choice.QuerySelector("input")!.GetAttribute("value");

    private static long Guardians(DeskHost host) => host.District.Store.Read(session => session.Scalar<long>("select count(*) from people_guardian"));

    private static long Pairs(DeskHost host, PersonId a, PersonId b) => host.District.Store.Read(session => session.Scalar<long>(
        "select count(*) from people_pair where (file_a = @a and file_b = @b) or (file_a = @b and file_b = @a)", new { a, b }));

    private static Task<(HttpStatusCode Status, IDocument Page, string? Location)> Guardian(Visit visit, PersonId ward,
        params (string Field, string Text)[] typed) => Send(visit, $"/people/{ward}/guardians", typed);

    private static Task<(HttpStatusCode Status, IDocument Page, string? Location)> Same(Visit visit, PersonId file,
        params (string Field, string Text)[] typed) => Send(visit, $"/people/{file}/same", typed);

    private static Task<(HttpStatusCode Status, IDocument Page, string? Location)> Send(Visit visit, string path,
        (string Field, string Text)[] typed) => visit.Send(path, path, typed.ToDictionary(field => field.Field, field => field.Text));
}
