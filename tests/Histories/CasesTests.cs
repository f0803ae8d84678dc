using Legwork.Cases;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Histories.Tests;

public class CasesTests
{
    private const string Header = "事项编号,类别,网格编码,立案日期,办结日期,结果,情况说明";
    private const string Grid = "540102002001-G01";

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static readonly string[] Rows =
    [
        $"A-1,空挂户,{Grid},2024-03-01,2024-03-15,已迁走,邻居说搬走了", $"A-2,人户分离,{Grid},2024年3月10日,2024/3/20,,", $"A-1,空挂户,{Grid},2024-03-01,2024-03-15,已迁走,",
        $",空挂户,{Grid},2024-03-01,2024-03-15,,", $"A-3,没有的类别,{Grid},2024-03-01,2024-03-15,,", "A-4,空挂户,540102999999-G01,2024-03-01,2024-03-15,,",
        $"A-5,空挂户,{Grid},2024-03-01,,,", $"A-6,空挂户,{Grid},2024-03-15,2024-03-01,,", $"A-7,空挂户,{Grid},2024-03-01,2030-03-15,,",
        $"A-8,空挂户,{Grid},2024-03-01,2024-03-15,健在,", $"A-9,空挂户,{Grid},2024-03-01,2024-03-15,,电话 13900000001", $"A-10,空挂户,{Grid},,2024-03-15,,",
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Old_cases_stand_closed_on_the_days_when_they_were_open_no_work_and_are_undone_whole(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var cases = district.Get<ICases>();
        var (trend, events) = (await Trend(cases), Events(district));
        var take = await district.Try("网格老系统事项_2024.csv", Header, Rows);
        string[] told =
        [
            "new", "new", "refused twice 1", "refused case.number", "refused case.kind", "unknown case.place", "refused case.closed",
            "refused case.order", "refused case.future", "refused case.outcome", "refused case.text_number", "refused case.opened",
        ];
        district.RowsOf(take).ShouldBe(told);
        await district.Do(take, "take");
        var found = (await cases.Find(["cases/old/网格老系统事项/A-1"], Over)).ShouldHaveSingleItem();
        (found.Kind, found.State, found.Place, found.Answer, found.Result).ShouldBe(("empty_registration", "closed", Grid, "moved_away", ""));
        (await Trend(cases)).ShouldBe(["2024-03-01 1 0", "2024-03-10 1 0", "2024-03-15 0 1", "2024-03-20 0 1"]);
        (await cases.CountsOn(new DateOnly(2024, 3, 12))).Select(one => $"{one.Kind} {one.State} {one.Cases}").Order()
            .ShouldBe(["empty_registration open 1", "separated open 1"]);
        (await cases.Counts(null)).Sum(count => count.Overdue).ShouldBe(0, "no clock runs");
        Events(district).ShouldBe(events, "nobody is told");
        (await district.Get<CaseDesk>().Do(FormerDistrict.Of(Role.Supervisor), found.Id, 2, new ReopenCase("again"))).Refusal!.Code
            .ShouldBe("cases.taken_over", "a history opens no work");
        district.RowsOf(await district.Try("网格老系统事项_2025.csv", Header, [.. Rows, $"A-2,空挂户,{Grid},2024-03-10,2024-03-20,,"]))
            .Where((_, i) => i is 0 or 1 or 12)
            .ShouldBe(["known", "known", "refused twice 2"]);
        district.RowsOf(await district.Try("网格老系统事项_2026.csv", Header, $"A-2,空挂户,{Grid},2024-03-10,2024-03-20,,"))
            .ShouldBe(["contradicts case.same_number"]);

        await district.Do(take, "undo");
        district.RowsOf(take).ShouldBe(told.Select(row => row == "new" ? "undone" : row));
        (await cases.Find(["cases/old/网格老系统事项/A-1"], Over)).ShouldBeEmpty();
        (await Trend(cases)).ShouldBe(trend);
        district.Store.Read(session => session.Scalar<long>(
            "select (select count(*) from cases_history where act = 'taken_over') + (select count(*) from cases_old)")).ShouldBe(0);
        district.RowsOf(await district.Try("网格老系统事项_2027.csv", Header, Rows)).ShouldBe(told);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_somebody_did_here_is_never_deleted_from_a_history(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        await district.Store.Write(session => session.Execute("""
            insert into cases_history (case_id, seq, at, done_at, act, actor, actor_name, role, unit, from_state, to_state, note, body)
            values (@id, 1, 0, 0, 'opened', @id, '', '', '', '', 'open', '', '')
            """, new { id = Guid.NewGuid() }));
        await Should.ThrowAsync<Exception>(() => district.Store.Write(session => session.Execute("delete from cases_history")));
        await district.Do(await district.Try("网格老系统事项_2024.csv", Header, Rows), "take");
        await Should.ThrowAsync<Exception>(() => district.Store.Write(session =>
            session.Execute("update cases_history set note = 'x' where act = 'taken_over'")));
        district.Store.Read(session => session.Scalar<long>("select count(*) from cases_history where act = 'taken_over'")).ShouldBe(4);
    }

    [Fact]
    public async Task A_streets_book_is_read_by_its_own_layout_and_lies_where_its_address_does()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var book = FormerDistrict.Workbook(
            FormerDistrict.Row(1, "八廓街道核查登记簿") + FormerDistrict.Row(2, "序号", "查什么", "住址", "哪天开始", "哪天查完", "查下来", "备注")
            + FormerDistrict.Row(3, "1", "空户", FormerDistrict.Door, "2024.3.1", "2024.3.9", "没人", "")
            + FormerDistrict.Row(4, "2", "", "没有的地方 3 号", "", "", "", ""),
            "<mergeCell ref=\"A1:G1\"/><mergeCell ref=\"B3:B4\"/><mergeCell ref=\"D3:D4\"/><mergeCell ref=\"E3:E4\"/>");
        var take = await district.Try(FormerDistrict.Clerk(FormerDistrict.Street), "街道核查登记簿_2024.xlsx", book);
        district.RowsOf(take).ShouldBe(["new", "unknown case.place"]);
        await district.Do(take, "take", FormerDistrict.Clerk(FormerDistrict.Street));
        (await district.Get<ICases>().Find(["cases/old/街道核查登记簿/1"], Over)).ShouldHaveSingleItem().Place.ShouldBe(Grid);
        var other = await district.Try(FormerDistrict.Clerk(FormerDistrict.OtherStreet), "街道核查登记簿_2025.xlsx", book);
        district.RowsOf(other)[0].ShouldBe("unknown outside");
        var view = (await district.Get<TakeDesk>().View(FormerDistrict.Of(Role.Administrator), take, "", 1, Over)).Value;
        view.Rows[1].Values.ShouldContain(("住址", "没有的地方 3 号"), "a case of nobody hides behind no child");
    }

    private static async Task<List<string>> Trend(ICases cases) => [.. (await cases.Trend(FormerDistrict.District, new DateOnly(2024, 1, 1)))
        .Where(day => day.Opened + day.Closed > 0 && day.Day.Year == 2024).Select(day => $"{day.Day:yyyy-MM-dd} {day.Opened} {day.Closed}")];

    private static long Events(FormerDistrict district) =>
        district.Store.Read(session => session.Scalar<long>("select count(*) from platform_event"));
}
