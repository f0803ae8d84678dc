using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using Legwork.People.Pairs;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.People.Tests;

public partial class PageTests
{
    [Theory, InlineData("zh-CN"), InlineData("bo"), InlineData("en")]
    public async Task Every_page_is_drawn_in_each_language(string language)
    {
        await using var host = await DeskHost.Open();
        var clerk = SmallDistrict.Clerk();
        var (tashi, drolma) = (host.District.FileOf("扎西次仁"), host.District.FileOf("卓玛"));
        var pair = (await host.District.Get<PairQueue>().Suspect(clerk, host.District.FileOf("次仁"), drolma)).Value;
        var citizen = SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", drolma);
        var desk = new[]
        {
            "/people", "/people?q=zhaxi", "/people?q=nobody", $"/people/{tashi}",
            $"/people/{tashi}?known=2026-11-01&true=2026-10-15", $"/people/{tashi}/statements/new",
            $"/people/{tashi}/split", $"/people/{tashi}/same", $"/people/{tashi}/print", $"/people/{tashi}/proofing", $"/people/{tashi}/guardians",
            "/people/pairs", $"/people/pairs/{pair}", "/imports", "/imports/1", "/imports/1/undo", "/people/export",
        };
        foreach (var (actor, paths) in new[] { (clerk, desk), (citizen, new[] { "/me", "/me/reads", "/me/corrections/new" }) })
        {
            foreach (var path in paths)
            {
                var (status, page, _) = await host.As(actor, language).Get(path);
                status.ShouldBe(HttpStatusCode.OK, path);
                page.DocumentElement.GetAttribute("lang").ShouldBe(language, path);
                page.QuerySelectorAll("h1").Length.ShouldBe(1, path);
                page.QuerySelectorAll("input:not([type=hidden]), select, textarea")
                    .Where(field => field.Closest("label") is null && page.QuerySelector($"label[for='{field.Id}']") is null)
                    .ShouldBeEmpty(path);
            }
        }
    }

    [Theory, InlineData("<p>PersonAge { Years = 49, Months = , Days = } 岁</p>", true), InlineData("<p title='Sex { Code = 1 }'>男</p>", true),
        InlineData("<p>49 岁 {暂无} = 3</p>", false), InlineData("<script>if (x) { y = 1 }</script><style>p { a = b }</style>", false)]
    public async Task A_page_that_prints_a_record_instead_of_wording_it_is_caught(string html, bool isCaught) =>
        PrintedRecord.In(await BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken))
            .Count.ShouldBe(isCaught ? 1 : 0);

    [Fact]
    public void Whatever_the_linker_tells_of_a_pair_is_told_in_three_languages()
    {
        var texts = new Texts([typeof(ShellModule).Assembly, typeof(PeopleModule).Assembly], missingThrows: true);
        var model = File.ReadAllText(Path.Combine(Repository.Root, "rules", "linking", "people.yaml"));
        var told = Said().Matches(model).Select(match => match.Groups[1].Value).Append("not known on one side")
            .Except(["apart"]).Distinct().ToList();
        told.Count.ShouldBeGreaterThan(30);
        foreach (var words in told)
        {
            var chinese = People.Files.Wording.Linked(words, new T(texts, Language.Chinese));
            chinese.ShouldNotBe(words);
            chinese.ShouldMatch("[一-龥]", words);
            People.Files.Wording.Linked(words, new T(texts, Language.English)).ShouldBe(words);
        }
        People.Files.Wording.Linked("words of another model", new T(texts, Language.Chinese)).ShouldBe("words of another model");
    }

    [GeneratedRegex("(?:words|else): \"?((?<=\")[^\"]+|[a-z][a-zA-Z ]*[a-z])")]
    private static partial Regex Said();

    [Fact]
    public async Task No_page_holds_a_whole_number_but_the_one_that_was_asked_for_it()
    {
        await using var host = await DeskHost.Open();
        var tashi = host.District.FileOf("扎西次仁");
        var visit = host.As(SmallDistrict.Clerk());
        (await visit.Get($"/people/{tashi}")).Page.DocumentElement.OuterHtml.ShouldNotContain(MadeUp.Tashi);
        (await visit.Send($"/people/{tashi}", $"/people/{tashi}/number",
            new() { ["purpose"] = "counter" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        var shown = await visit.Send($"/people/{tashi}", $"/people/{tashi}/number", new() { ["purpose"] = "reveal_number" });
        shown.Page.QuerySelector("#number .value")!.TextContent.ShouldBe(MadeUp.Tashi);
        host.District.Log().ShouldContain("people.reveal_number reveal_number");
    }

    [Fact]
    public async Task A_citizen_is_told_of_one_clerks_looks_of_a_day_in_one_line()
    {
        await using var host = await DeskHost.Open();
        var drolma = host.District.FileOf("卓玛");
        var clerk = host.As(SmallDistrict.Clerk());
        for (var i = 0; i < 13; i++)
        {
            await clerk.Get($"/people/{drolma}?for=counter");
            host.District.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        await clerk.Get($"/people/{drolma}/guardians");
        var citizen = host.As(SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", drolma));
        foreach (var path in new[] { "/me", "/me/reads" })
        {
            var lines = (await citizen.Get(path)).Page.QuerySelectorAll(".timeline > li");
            lines.Length.ShouldBe(2, path);
            lines[1].QuerySelector(".when")!.TextContent.ShouldContain("窗口一号 · 查看档案");
            lines[1].QuerySelector("summary")!.TextContent.ShouldBe("13 次，12:00–12:24");
            lines[1].QuerySelectorAll("details li").Length.ShouldBe(13);
            lines[0].QuerySelector("summary").ShouldBeNull("what was done once, for another purpose, stands alone");
        }
    }

    [Fact]
    public async Task A_file_of_another_street_is_closed_and_a_form_without_its_token_does_nothing()
    {
        await using var host = await DeskHost.Open();
        var tashi = host.District.FileOf("扎西次仁");
        var elsewhere = host.As(SmallDistrict.Clerk(SmallDistrict.JiriStreet));
        foreach (var path in new[]
        {
            $"/people/{tashi}",
            $"/people/{tashi}/statements/new",
            $"/people/{tashi}/split",
            $"/people/{tashi}/same",
            $"/people/{tashi}/print",
            $"/people/{tashi}/proofing",
            $"/people/{tashi}/guardians"
        })
            (await elsewhere.Get(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        host.District.LookedAt(tashi).ShouldBe(0);

        var here = host.As(SmallDistrict.Clerk());
        (await here.Send($"/people/{tashi}", $"/people/{tashi}/number", new() { ["purpose"] = "reveal_number" },
            withToken: false)).Status.ShouldBe(HttpStatusCode.BadRequest);
        host.District.Log().ShouldNotContain("people.reveal_number reveal_number");
    }

    [Fact]
    public async Task A_merged_file_leads_to_the_one_it_became_and_says_so()
    {
        await using var host = await DeskHost.Open();
        var clerk = SmallDistrict.Clerk();
        var (a, b) = (host.District.FileOf("卓玛"), host.District.FileOf("次仁"));
        var visit = host.As(clerk);
        var pair = (await visit.Send($"/people/{a}/same", $"/people/{a}/same", new() { ["other"] = $"http://127.0.0.1/people/{b}" })).Location!;
        (await visit.Send(pair, pair, new() { ["verdict"] = "same", ["reason"] = "" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await visit.Send(pair, pair, new() { ["verdict"] = "same", ["reason"] = "看过户口簿" })).Status.ShouldBe(HttpStatusCode.Redirect);
        var (kept, merged) = Matching.Reconcile.Pair(a, b);
        var moved = await visit.Get($"/people/{merged}");
        moved.Location!.ShouldStartWith($"/people/{kept}");
        (await visit.Get(moved.Location!)).Page.QuerySelector(".notice")!.TextContent.ShouldContain(merged.ToString());
    }

    [Fact]
    public async Task A_held_pair_says_who_holds_it_and_until_when()
    {
        await using var host = await DeskHost.Open();
        var pair = (await host.District.Get<PairQueue>()
            .Suspect(SmallDistrict.Clerk(), host.District.FileOf("卓玛"), host.District.FileOf("次仁"))).Value;
        await host.As(SmallDistrict.Clerk(name: "窗口一号")).Get($"/people/pairs/{pair}");
        var second = await host.As(SmallDistrict.Clerk(name: "窗口二号")).Get($"/people/pairs/{pair}");
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Page.QuerySelector(".notice")!.TextContent.ShouldContain("窗口一号");
        second.Page.QuerySelector(".notice")!.TextContent.ShouldContain("12:10");
    }

    [Fact]
    public async Task A_wrong_form_comes_back_with_what_was_typed_and_a_summary_of_what_is_wrong()
    {
        await using var host = await DeskHost.Open();
        var tashi = host.District.FileOf("扎西次仁");
        var back = await host.As(SmallDistrict.Clerk()).Send($"/people/{tashi}/statements/new", $"/people/{tashi}/statements",
            new() { ["field"] = "number", ["value"] = "540102199003070011", ["evidence"] = "id_card" });
        back.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        back.Page.QuerySelector(".error-summary a")!.GetAttribute("href").ShouldBe("#value");
        back.Page.QuerySelector("#value")!.GetAttribute("value").ShouldBe("540102199003070011");
    }

    [Fact]
    public async Task Where_nothing_is_chosen_the_form_asks_to_choose_and_does_not_say_that_it_cannot_be_corrected()
    {
        await using var host = await DeskHost.Open();
        var drolma = host.District.FileOf("卓玛");
        var citizen = SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", drolma);
        foreach (var (actor, form, action) in new[]
        {
            (citizen, "/me/corrections/new", "/me/corrections"),
            (SmallDistrict.Clerk(), $"/people/{drolma}/statements/new", $"/people/{drolma}/statements"),
        })
        {
            var back = await host.As(actor).Send(form, action, new() { ["value"] = "13900001111", ["why"] = "换了电话", ["evidence"] = "visit" });
            back.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            back.Page.QuerySelector("#field-error")!.TextContent.ShouldBe("请选择更正哪一项。");
            back.Page.QuerySelector(".error-summary")!.TextContent.ShouldNotContain("不能更正");
        }
        host.District.Store.Read(session => session.Scalar<long>("select count(*) from people_correction")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_says_first_what_can_be_done_and_sets_apart_a_name_and_a_telephone_and_a_search_begins_at_once()
    {
        await using var host = await DeskHost.Open();
        var visit = host.As(SmallDistrict.Clerk());
        (await visit.Get("/people")).Page.QuerySelector("input[autofocus]")!.Id.ShouldBe("q");
        var page = (await visit.Get($"/people/{host.District.FileOf("丹增")}?for=counter")).Page;
        page.QuerySelector(".halves > .stack:last-child")!.QuerySelector("h2")!.TextContent.ShouldBe("可办");
        page.QuerySelector("main")!.TextContent.ShouldContain("扎西次仁 · 13900000009");
    }

    [Fact]
    public async Task What_makes_a_pair_wait_and_what_marks_it_stand_apart()
    {
        await using var host = await DeskHost.Open();
        var clerk = SmallDistrict.Clerk();
        await host.District.Get<PairQueue>().Suspect(clerk, host.District.FileOf("扎西次仁"), host.District.FileOf("边巴"));
        var why = (await host.As(clerk).Get("/people/pairs")).Page.QuerySelector("tbody td:nth-child(3)")!;
        why.QuerySelector(".row > span:not(.tag)")!.TextContent.ShouldBe("办事人员指出");
        why.QuerySelector(".row > .tag")!.TextContent.ShouldBe("都在参保");
    }

    [Fact]
    public async Task Every_route_states_who_may_call_it()
    {
        await using var host = await DeskHost.Open();
        Guard.Unguarded(host.Routes).ShouldBeEmpty();
        host.Routes.Count(route => route.RoutePattern.RawText!.StartsWith("/people", StringComparison.Ordinal)).ShouldBeGreaterThan(20);
    }
}
