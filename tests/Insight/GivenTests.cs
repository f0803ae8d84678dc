using Legwork.Insight.Figures;
using Legwork.Insight.Pages;
using Legwork.People.Tests;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Insight.Tests;

/// <summary>Figures of a module that Insight has never heard of.</summary>
public class GivenTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_figure_of_an_unknown_module_is_a_tile_a_column_and_a_column_of_the_table_and_adds_up(Engine engine)
    {
        await using var district = await BoardDistrict.Open(engine, new Parks());
        var view = await district.Board(BoardDistrict.District);
        var page = await district.Draw<BoardPage>(view);
        var tiles = page.QuerySelectorAll("a.stat").ToDictionary(stat => stat.QuerySelector(".label")!.TextContent);
        tiles["长椅"].QuerySelector(".value")!.TextContent.ShouldBe("15", "seven and five in grids, three in none");
        tiles["长椅"].GetAttribute("href").ShouldBe("/parks?in=540102");
        tiles["坏椅"].QuerySelector(".change")!.TextContent.ShouldBe("占长椅的 20%");
        page.QuerySelectorAll("td[data-label='长椅']").Select(cell => cell.TextContent).Order().ShouldBe(["3", "5", "7"]);
        page.QuerySelector($"td[data-label='长椅'] a[href='/parks?in={BoardDistrict.Jiri}']")!.TextContent.ShouldBe("5");
        page.QuerySelectorAll("td[data-label='询问'] a").Select(link => link.GetAttribute("href"))
            .ShouldBe(["/parks?in=540102&kind=empty_registration", "/parks?in=540102&kind="], "the last is the kinds together");
        page.Body!.TextContent.ShouldContain("长椅（张）：公园里的椅子。");
        (await district.Board(BoardDistrict.Jiri)).Board.All.Given(view.Told.IndexOf(district.Get<FigureBook>().Find("parks.benches")!)).ShouldBe(5);

        var table = BoardTable.Csv(view, district.Texts()).Split("\r\n").Select(line => line.Split(',')).ToList();
        table[0].ShouldBe(["编号", "街道", "社区", "网格", "档案", "已核清档案", "未办结", "超期", "已办结", "自动销案", "完成率%", "长椅", "坏椅"]);
        table.Skip(1).Where(cells => cells.Length > 1).Select(cells => cells[11]).ShouldBe(["7", "5", "3"]);
        var officer = BoardDistrict.Of(Platform.Access.Role.Officer, BoardDistrict.District);
        (await district.Draw<GridPage>((await district.Get<BoardDesk>().ShowGrid(officer, MadeUp.JiriGrid, Over)).Value))
            .QuerySelector("dd a[href^='/parks']")!.TextContent.ShouldBe("5");
    }

    [Fact]
    public async Task What_stood_on_a_board_before_stands_there_in_the_same_order_without_the_module()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var view = await district.Board(BoardDistrict.District);
        var page = await district.Draw<BoardPage>(view);
        page.QuerySelectorAll("a.stat .label").Select(label => label.TextContent).ShouldBe(["档案", "已核清档案", "未办结", "超期", "本周办结", "全部办结的网格", "被退回的名册"]);
        page.QuerySelectorAll("table")[1].QuerySelectorAll("th[scope=col]").Select(header => header.TextContent)
            .ShouldBe(["名次", "辖区", "完成率", "网格数", "档案", "已核清档案", "未办结", "超期", "已办结", "自动销案"]);
        page.QuerySelectorAll("table")[0].QuerySelectorAll("th[scope=col]").Select(header => header.TextContent)
            .ShouldBe(["类别", "待核实疑点", "已答复疑点", "未办结", "待复核", "超期", "已办结", "自动销案"]);
        page.Body!.TextContent.ShouldNotContain("长椅");
        page.QuerySelectorAll("table ~ .quiet").Select(said => said.TextContent)
            .ShouldBe(["待核实疑点、已答复疑点：只有数字，看板不显示个人。", "档案、已核清档案：只有数字，看板不显示个人。"]);
        (await district.Draw<BoardPage>(await district.Board(BoardDistrict.Jiri))).Body!.TextContent.ShouldNotContain("最近 30 天被退回的名册");
    }

    [Fact]
    public async Task All_figures_of_one_reading_are_counted_by_it_once()
    {
        var parks = new Parks();
        await using var district = await BoardDistrict.Open(Engine.Sqlite, parks);
        await district.Board(BoardDistrict.District);
        await district.Board(BoardDistrict.Jiri);
        parks.Times.ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_figure_of_the_whole_district_is_the_sum_of_its_counts_and_no_place_has_a_part_of_it(Engine engine)
    {
        await using var district = await BoardDistrict.Open(engine, new Gates());
        var board = (await district.Board(BoardDistrict.District)).Board;
        board.Whole!.Where(figure => figure.Code.StartsWith("gates.", StringComparison.Ordinal)).Select(figure => (figure.Code, figure.Count))
            .ShouldBe([("gates.shut", 9), ("gates.open", 11)]);
        var without = await BoardDistrict.Open(engine);
        await using (without) board.All.ShouldBe((await without.Board(BoardDistrict.District)).Board.All, "it is of no place");
        (await district.Board(BoardDistrict.Jiri)).Board.Whole.ShouldBeNull();
    }

    [Fact]
    public void A_figure_that_two_claim_or_that_is_a_part_of_nothing_is_refused()
    {
        static Task<IReadOnlyList<Counted>?> None(IServiceProvider services, DateOnly? on) => Task.FromResult<IReadOnlyList<Counted>?>([]);
        new FigureBook([new Figure("a.one", 2, None), new Figure("b.two", 1, None) { PartOf = "a.one" }]).All
            .Select(figure => figure.Code).ShouldBe(["b.two", "a.one"]);
        Should.Throw<InvalidOperationException>(() => new FigureBook([new Figure("a.one", 1, None), new Figure("a.one", 2, None)]))
            .Message.ShouldBe("The figure 'a.one' of Legwork.Insight.Tests is claimed by Legwork.Insight.Tests already.");
        Should.Throw<InvalidOperationException>(() => new FigureBook([new Figure("a.one", 1, None) { PartOf = "a.gone" }]))
            .Message.ShouldContain("a.gone");
        Should.Throw<InvalidOperationException>(() => new FigureBook([new Figure("a.one", 1, None) { ByKind = true, WholeDistrict = true }]));
    }

    [Fact]
    public async Task A_district_whose_modules_claim_one_code_or_lack_a_text_does_not_start()
    {
        await using var twice = BoardDistrict.Empty(new Parks("people.files"));
        Should.Throw<InvalidOperationException>(twice.Get<FigureBook>).Message.ShouldContain("people.files");
        await using var wordless = BoardDistrict.Empty(new Parks("parks.wordless"));
        Should.Throw<InvalidOperationException>(wordless.Map).Message.ShouldContain("figure.parks.wordless");
        await using var good = BoardDistrict.Empty(new Parks());
        good.Map();
    }

    [Fact]
    public async Task What_a_module_counts_and_does_not_give_is_no_figure()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite, new Parks { Stray = true });
        (await Should.ThrowAsync<InvalidOperationException>(district.Board(BoardDistrict.District))).Message.ShouldContain("parks.stray");
    }

    /// <summary>Counts of the whole district that come one by one, as they are found in several tables.</summary>
    private sealed class Gates : IModule
    {
        public string Name => "gates";

        public void Add(IServiceCollection services) => services
            .AddSingleton(new Figure("gates.shut", 90, Count) { WholeDistrict = true })
            .AddSingleton(new Figure("gates.open", 91, Count) { WholeDistrict = true });

        public void Map(IEndpointRouteBuilder routes)
        {
        }

        private static Task<IReadOnlyList<Counted>?> Count(IServiceProvider services, DateOnly? knownOn) =>
            Task.FromResult<IReadOnlyList<Counted>?>(
            [
                new("gates.shut", "", 4), new("gates.open", MadeUp.BakuoGrid, 11), new("gates.shut", MadeUp.JiriGrid, 3), new("gates.shut", "", 2),
            ]);
    }

    /// <summary>A module of figures alone: benches in two grids and, of three, nobody knows where they are.</summary>
    private sealed class Parks(string code = "parks.benches") : IModule
    {
        public string Name => "parks";

        public int Times { get; private set; }

        public bool Stray { get; init; }

        public void Add(IServiceCollection services) => services
            .AddSingleton(new Figure(code, 60, Count) { LeadsTo = (place, _) => "/parks?in=" + place })
            .AddSingleton(new Figure("parks.broken", 70, Count) { PartOf = code })
            .AddSingleton(new Figure("parks.asked", 80, Count) { ByKind = true, LeadsTo = (place, kind) => $"/parks?in={place}&kind={kind}" });

        public void Map(IEndpointRouteBuilder routes)
        {
        }

        private Task<IReadOnlyList<Counted>?> Count(IServiceProvider services, DateOnly? knownOn)
        {
            Times++;
            return Task.FromResult<IReadOnlyList<Counted>?>(knownOn is not null ? null :
            [
                new(code, MadeUp.BakuoGrid, 7), new(code, MadeUp.JiriGrid, 5), new(code, "", 3), new("parks.broken", MadeUp.BakuoGrid, 3),
                new("parks.asked", MadeUp.JiriGrid, 2, "empty_registration"), .. Stray ? [new("parks.stray", "", 1)] : Array.Empty<Counted>(),
            ]);
        }
    }
}
