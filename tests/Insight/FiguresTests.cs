using System.Globalization;
using Legwork.Insight.Figures;
using Legwork.Insight.Pages;
using Legwork.People.Tests;
using Legwork.Platform.Storage;

namespace Legwork.Insight.Tests;

public class FiguresTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Each_figure_is_the_number_of_cases_behind_its_link(Engine engine)
    {
        await using var district = await BoardDistrict.Open(engine);
        foreach (var place in new[] { BoardDistrict.District, BoardDistrict.Bakuo, BoardDistrict.Jiri, MadeUp.JiriGrid[..12] })
        {
            var page = await district.Draw<BoardPage>(await district.Board(place));
            var figures = page.QuerySelectorAll("a.stat[href^='/cases']").Select(tile => (Link: tile, tile.QuerySelector(".value")!.TextContent))
                .Concat(page.QuerySelectorAll(".bars li").Select(bar => (Link: bar.QuerySelector("a")!, bar.QuerySelector(".value")!.TextContent)))
                .Concat(page.QuerySelectorAll("td a[href^='/cases']").Select(link => (Link: link, link.TextContent))).ToList();
            figures.Count.ShouldBeGreaterThan(10, place);
            foreach (var (link, figure) in figures)
                long.Parse(figure, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
                    .ShouldBe(district.Behind(link.GetAttribute("href")!), link.GetAttribute("href"));
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_parts_of_a_place_and_what_lies_in_none_of_them_add_up_to_it(Engine engine)
    {
        await using var district = await BoardDistrict.Open(engine);
        foreach (var place in new[] { BoardDistrict.District, BoardDistrict.Bakuo, BoardDistrict.Jiri, MadeUp.JiriGrid[..12] })
        {
            var board = (await district.Board(place)).Board;
            board.Parts.Aggregate(board.Rest, (sum, part) => sum + part.Figures).ShouldBe(board.All);
            var kinds = board.KindsTogether;
            (kinds.Current, kinds.Overdue, kinds.Closed, kinds.Withdrawn).ShouldBe(
                (board.All.Current, board.All.Overdue, board.All.Closed, board.All.Withdrawn));
        }
        (await district.Board(BoardDistrict.District)).Board.Rest.Current.ShouldBe(1, "the case of no street");
        (await district.Board(BoardDistrict.Jiri)).Board.Rest.Current.ShouldBe(1, "the case of the street and no community");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Files_findings_refused_lists_and_the_week_are_counted_from_the_storage(Engine engine)
    {
        await using var district = await BoardDistrict.Open(engine);
        var board = (await district.Board(BoardDistrict.District)).Board;

        long Rows(string sql) => district.Store.Read(session => session.Scalar<long>("select count(*) from " + sql));
        var (files, clear) = (board.All.Given(0), board.All.Given(1));
        files.ShouldBe(Rows("people_file where state = 'open'"));
        clear.ShouldBe(Rows("""
            people_file f where state = 'open' and not exists (select 1 from people_finding n where n.file = f.id and n.state = 'open')
            """));
        files.ShouldBeGreaterThan(clear);
        board.KindsTogether.Of(0).ShouldBe(Rows("people_finding where state = 'open'"));
        var refused = board.Whole!.ShouldHaveSingleItem();
        (refused.Count, refused.Lines.ShouldHaveSingleItem().Name).ShouldBe((1, "a.csv"), "the other is too old");
        board.WeekFrom.ShouldBe(new DateOnly(2026, 11, 2));
        board.ClosedThisWeek.ShouldBe(3, "the fourth was closed in the week before");
        board.Days.Sum(day => day.Closed).ShouldBe(4);
        board.Days.Count.ShouldBe(Snapshot.TrendDays);
        (await district.Board(BoardDistrict.Jiri)).Board.Whole.ShouldBeNull("a list is of no one street");
    }

    [Fact]
    public async Task The_map_names_the_places_one_level_down_and_draws_their_borders()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        async Task<string[]> Named(string place) => [.. (await district.Draw<BoardPage>(await district.Board(place)))
            .QuerySelectorAll(".grid-map .parts text").Select(name => name.TextContent)];
        (await Named(BoardDistrict.District)).ShouldBe(["八廓街道", "吉日街道"], ignoreOrder: true);
        (await Named(BoardDistrict.Jiri)).ShouldBe([MadeUp.JiriGrid[..12]], "its community, which no list has named here");
        (await Named(MadeUp.JiriGrid[..12])).ShouldBeEmpty("a community's grids are drawn and need no second border");
        (await district.Draw<BoardPage>(await district.Board(BoardDistrict.District)))
            .QuerySelectorAll(".grid-map .parts path:not(.under)").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_case_that_is_left_in_a_grid_no_longer_known_stands_at_that_grid_and_not_with_the_rest()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var gone = MadeUp.JiriGrid[..12] + "-G99";
        await district.OpenCase(gone, Cases.Contracts.CaseStates.Open);
        var board = (await district.Board(MadeUp.JiriGrid[..12])).Board;
        board.Parts.Select(part => part.Code).ShouldBe([MadeUp.JiriGrid, gone], ignoreOrder: true);
        board.Parts.Single(part => part.Code == gone).Figures.Current.ShouldBe(1);
        board.Rest.IsNothing.ShouldBeTrue();
        board.Grids.ShouldHaveSingleItem("a map shows no grid that is gone").Grid.Code.ShouldBe(MadeUp.JiriGrid);
    }

    [Theory]
    [InlineData(0, 0, 1.0, 5)]
    [InlineData(1, 0, 0.0, 0)]
    [InlineData(4, 1, 0.2, 1)]
    [InlineData(1, 999, 0.999, 4)]
    [InlineData(0, 7, 1.0, 5)]
    public void A_place_is_complete_when_no_case_is_current_and_never_before(long current, long over, double share, int step)
    {
        var figures = PlaceFigures.OfCases(current, 0, over, 0);
        (figures.Share, figures.Step).ShouldBe((share, step));
    }

    [Fact]
    public async Task The_board_names_no_person_and_so_nothing_enters_the_read_log()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var logged = district.Store.Read(session => session.Scalar<long>("select count(*) from readlog_entry"));
        var board = await district.Draw<BoardPage>(await district.Board(BoardDistrict.District));
        var grid = await district.Draw<GridPage>((await district.Get<BoardDesk>()
            .ShowGrid(BoardDistrict.Of(Platform.Access.Role.Officer, BoardDistrict.District), MadeUp.JiriGrid, Over)).Value);
        var everything = board.Body!.TextContent + grid.Body!.TextContent
            + BoardTable.Csv(await district.Board(BoardDistrict.District), district.Texts());
        foreach (var name in district.Store.Read(session => session.Query<string>("select name from people_file")))
            everything.ShouldNotContain(name);
        everything.ShouldNotContain(MadeUp.Tashi[..14]);
        district.Store.Read(session => session.Scalar<long>("select count(*) from readlog_entry")).ShouldBe(logged);
    }
}
