using Legwork.Insight.Pages;
using Legwork.People.Tests;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Insight.Tests;

public class ScopeTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_street_supervisor_sees_the_own_street_and_nothing_beside_it()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var desk = district.Get<BoardDesk>();
        var supervisor = BoardDistrict.Of(Role.Supervisor, BoardDistrict.Jiri);

        var board = (await desk.Show(supervisor, null, Over)).Value;
        board.Board.Place.ShouldBe(BoardDistrict.Jiri);
        board.Board.Grids.ShouldHaveSingleItem().Grid.Code.ShouldBe(MadeUp.JiriGrid);
        BoardTable.Csv(board, district.Texts()).ShouldNotContain(BoardDistrict.Bakuo);
        foreach (var place in new[] { BoardDistrict.Bakuo, BoardDistrict.District, MadeUp.BakuoGrid[..12], "5401" })
            (await desk.Show(supervisor, place, Over)).Refusal!.Code.ShouldBe("insight.out_of_scope", place);
        (await desk.ShowGrid(supervisor, MadeUp.BakuoGrid, Over)).Refusal!.Code.ShouldBe("insight.out_of_scope");
        (await desk.ShowGrid(supervisor, MadeUp.JiriGrid, Over)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task A_grant_in_two_streets_opens_both_and_a_grid_worker_none()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var desk = district.Get<BoardDesk>();
        var both = BoardDistrict.Of(Role.Clerk, BoardDistrict.Jiri, BoardDistrict.Bakuo, MadeUp.JiriGrid[..12]);

        (await desk.Show(both, null, Over)).Value.Own.Select(scope => scope.Code).ShouldBe([BoardDistrict.Bakuo, BoardDistrict.Jiri]);
        (await desk.Show(both, BoardDistrict.Jiri, Over)).Ok.ShouldBeTrue();
        (await desk.Show(both, BoardDistrict.District, Over)).Refusal!.Code.ShouldBe("insight.out_of_scope");
        (await desk.Show(BoardDistrict.Of(Role.GridWorker, BoardDistrict.Jiri), null, Over)).Refusal!.Code.ShouldBe("insight.out_of_scope");
    }

    [Theory, InlineData("540102099"), InlineData("540102002-x"), InlineData("5401020"), InlineData("540102002001-G99"), InlineData("nosuch")]
    public async Task A_code_that_names_no_place_is_refused(string code)
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var (officer, supervisor) = (BoardDistrict.Of(Role.Officer, BoardDistrict.District), BoardDistrict.Of(Role.Supervisor, BoardDistrict.Jiri));
        foreach (var looker in new[] { officer, supervisor })
        {
            var refused = (await district.Get<BoardDesk>().Show(looker, code, Over)).Refusal!;
            refused.Code.ShouldBe("insight.not_found");
            Refusals.StatusOf(refused).ShouldBe(404);
            (await district.Get<BoardDesk>().ShowGrid(looker, code, Over)).Refusal!.Code.ShouldBe("insight.not_found");
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_grid_names_those_whose_beat_it_is_today(Engine engine)
    {
        await using var district = await BoardDistrict.Open(engine);
        var accounts = district.Get<Accounts>();
        var today = new DateOnly(2026, 11, 4);
        await district.Store.Write(session =>
        {
            void Give(string name, string scope, DateOnly? until) =>
                accounts.Give(session, accounts.Create(session, name, name, "long enough for a test").Value, Role.GridWorker,
                    scope, today.AddDays(-9), until, Guid.Empty);
            Give("gesang", MadeUp.JiriGrid, null);
            Give("nima", BoardDistrict.Jiri, today.AddDays(1));
            Give("gone", MadeUp.JiriGrid, today);
            Give("elsewhere", MadeUp.BakuoGrid, null);
        });
        var grid = (await district.Get<BoardDesk>().ShowGrid(BoardDistrict.Of(Role.Officer, BoardDistrict.District), MadeUp.JiriGrid, Over)).Value;
        grid.Workers.Select(worker => worker.Name).ShouldBe(["gesang", "nima"]);
    }

    [Fact]
    public async Task The_table_has_a_line_a_grid_and_its_columns_add_up()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var board = await district.Board(BoardDistrict.District);
        var lines = BoardTable.Csv(board, district.Texts()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).ToList();
        lines.Select(cells => cells[0]).ShouldBe([MadeUp.BakuoGrid, MadeUp.JiriGrid, BoardDistrict.District], "the last is what lies in no grid");
        lines.Sum(cells => long.Parse(cells[4], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(board.Board.All.Given(0));
        lines.Sum(cells => long.Parse(cells[6], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(board.Board.All.Current);
        lines.ShouldAllBe(cells => cells.Length == 11);
    }
}
