using Legwork.Cases.Contracts;
using Legwork.Insight.Pages;
using Legwork.People.Tests;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Insight.Tests;

public class EarlierDayTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_board_of_an_earlier_day_shows_what_was_known_then_and_names_what_it_cannot_tell(Engine engine)
    {
        await using var district = await WithAPast(engine);
        var before = (await district.Board(BoardDistrict.District, "2026-11-04")).Board;
        var first = (await district.Board(BoardDistrict.District, "2026-11-05")).Board;
        (first.All.Current - before.All.Current, first.All.Withdrawn - before.All.Withdrawn).ShouldBe((2, 0));
        var bakuo = (await district.Board(BoardDistrict.Bakuo, "2026-11-04")).Board.All;
        (await district.Board(BoardDistrict.Bakuo, "2026-11-05")).Board.All.ShouldBe(bakuo, "both were opened in Jiri");
        var after = (await district.Board(BoardDistrict.District, "2026-11-06")).Board;
        (after.All.Current - before.All.Current, after.All.Withdrawn - before.All.Withdrawn).ShouldBe((1, 1), "one was withdrawn on the 6th");
        (after.Days[^1].Withdrawn, after.Days[^2].Opened, after.Days[^2].Withdrawn, after.Days.Count).ShouldBe((1, 2, 0, 7));
        after.Parts.Aggregate(after.Rest, (sum, part) => sum + part.Figures).ShouldBe(after.All);

        var view = await district.Board(BoardDistrict.District, "2026-11-05");
        view.Told.Untold.Select(figure => figure.Code).ShouldBe(["people.files", "people.clear", "people.findings_open", "people.findings_answered"]);
        var page = await district.Draw<BoardPage>(view);
        page.QuerySelector(".notice")!.TextContent.ShouldContain("2026年11月5日");
        page.QuerySelectorAll(".notice li").Select(item => item.TextContent).ShouldBe(["档案", "已核清档案", "待核实疑点", "已答复疑点", "超期"]);
        page.QuerySelectorAll(".stat .label").Select(label => label.TextContent).ShouldBe(["未办结", "本周办结", "全部办结的网格", "被退回的名册"]);
        page.QuerySelectorAll("a[href^='/cases']").ShouldBeEmpty("no list shows the cases of that day");
        page.QuerySelectorAll("div.stat").Select(tile => tile.TextContent).ShouldAllBe(tile => tile.Contains("那一天只留下数字，没有留下清单。"));
        page.QuerySelectorAll("div.stat").Length.ShouldBe(1, "the open cases of that day");
        page.QuerySelectorAll("[data-island=live], [hx-get]").ShouldBeEmpty("the past does not change");
        page.QuerySelectorAll("a[href^='/board/grids?']").ShouldAllBe(link => link.GetAttribute("href")!.EndsWith("&on=2026-11-05"));
        BoardTable.Csv(view, district.Texts()).Split("\r\n")[0].ShouldBe("编号,街道,社区,网格,未办结,已办结,自动销案,完成率%");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_lies_on_an_earlier_day_where_it_lay_then(Engine engine)
    {
        await using var district = await WithAPast(engine);
        long In(string place) => district.Board(place, "2026-11-05").Result.Board.All.Current;
        var (jiri, bakuo, now) = (In(BoardDistrict.Jiri), In(BoardDistrict.Bakuo), (await district.Board(BoardDistrict.Bakuo)).Board.All.Current);
        await district.Store.Write(session =>
        {
            // As a grid that was redrawn leaves it, and an extension, whose "from" is no place.
            session.Execute("update cases_case set place = @to where subject = 'test/stays'", new { to = MadeUp.BakuoGrid });
            Step(2, "extended", "\"from\":\"2026-11-20T00:00:00\"");
            Step(3, "grid_changed", $"\"from\":\"{MadeUp.JiriGrid}\",\"to\":\"{MadeUp.BakuoGrid}\"");

            void Step(long seq, string act, string body) => session.Execute("""
                insert into cases_history (case_id, seq, at, done_at, act, actor, actor_name, role, unit, from_state, to_state, note, body)
                select id, @seq, @at, @at, @act, @nobody, '', '', '', 'open', 'open', '', @body from cases_case where subject = 'test/stays'
                """, new { seq, at = district.Clock.GetUtcNow(), act, nobody = Guid.Empty, body = "{" + body + "}" });
        });
        district.Clock.Pass(TimeSpan.FromMinutes(11));
        (In(BoardDistrict.Jiri), In(BoardDistrict.Bakuo)).ShouldBe((jiri, bakuo));
        (await district.Board(BoardDistrict.Bakuo)).Board.All.Current.ShouldBe(now + 1, "it lies there now");
    }

    [Fact]
    public async Task What_is_no_day_or_has_not_been_is_refused()
    {
        await using var district = await WithAPast(Engine.Sqlite);
        var officer = BoardDistrict.Of(Role.Officer, BoardDistrict.District);
        foreach (var on in new[] { "2026-11-31", "yesterday", "2026-11-08", "0001-01-01", "11/05/2026" })
        {
            (await district.Get<BoardDesk>().Show(officer, "", Over, on)).Refusal!.Code.ShouldBe("insight.day", on);
            (await district.Get<BoardDesk>().ShowGrid(officer, MadeUp.JiriGrid, Over, on)).Refusal!.Code.ShouldBe("insight.day", on);
        }
        (await district.Board(BoardDistrict.District, "2026-11-07")).Board.On.ShouldBeNull("today is now");
        var elsewhere = BoardDistrict.Of(Role.Supervisor, BoardDistrict.Jiri);
        (await district.Get<BoardDesk>().Show(elsewhere, BoardDistrict.Bakuo, Over, "2026-11-05")).Refusal!.Code.ShouldBe("insight.out_of_scope");
    }

    /// <summary>On the 5th two cases opened in Jiri, of which one was withdrawn on the 6th; it is the 7th now.</summary>
    private static async Task<BoardDistrict> WithAPast(Engine engine)
    {
        var district = await BoardDistrict.Open(engine);
        var cases = district.Get<ICases>();
        district.Clock.Pass(TimeSpan.FromDays(1));
        await district.Store.Write(session =>
        {
            foreach (var subject in new[] { "test/stays", "test/goes" })
                cases.Open(session, new OpenCase("empty_registration", subject, "test", MadeUp.JiriGrid, "home", "0001", true)).Ok.ShouldBeTrue();
        });
        district.Clock.Pass(TimeSpan.FromDays(1));
        (await district.Store.Write(session => cases.Withdraw(session, "empty_registration", "test/goes", "test", "it is listed"))).ShouldBeTrue();
        district.Clock.Pass(TimeSpan.FromDays(1));
        return district;
    }
}
