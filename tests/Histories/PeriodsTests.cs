using Legwork.Histories.Contracts;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Histories.Tests;

public class PeriodsTests
{
    private const string Header = "社会保障号码,姓名,险种类型,起始年月,截止年月";

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static readonly PeriodRules Rules = PeriodRules.Load(Repository.In("rules", "people", "periods.yaml"));

    private static string OfTashi(string scheme, string from, string until) => $"{FormerDistrict.NumberOfTashi},扎西次仁,{scheme},{from},{until}";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Old_periods_stand_on_the_file_until_they_are_undone(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        string[] rows =
        [
            OfTashi("310", "201203", "201512"), OfTashi("职工", "2016年1月", "2017年6月"), OfTashi("390", "2017-05", "2018-01"),
            OfTashi("职工", "2017-06", "2018-01"), OfTashi("310", "2013-01", "2013-12"), OfTashi("居民", "2019", "2019"),
            OfTashi("商业保险", "2010", "2010"), OfTashi("居民", "", "2010"), OfTashi("居民", "2010", ""), OfTashi("居民", "2010", "2009"),
            OfTashi("居民", "1980", "1995"), OfTashi("310", "201203", "201512"), OfTashi("居民", "2031", "2032"),
        ];
        var take = await district.Try("社保老系统参保时段_2019.csv", Header, rows);
        string[] told =
        [
            "new", "new", "contradicts period.two_schemes 2016-01-01\n2017-06-30", "contradicts period.overlap 2016-01-01\n2017-06-30", "known",
            "new period.gap 2017-07-01\n2018-12-31", "refused period.scheme", "refused period.from", "refused period.until", "refused period.order",
            "refused period.before_birth", "refused twice 1", "refused period.future",
        ];
        district.RowsOf(take).ShouldBe(told);
        (await OnFile(district)).ShouldBeEmpty();
        await district.Do(take, "take");
        district.RowsOf(take).ShouldBe(told.Select(row => row.StartsWith("new", StringComparison.Ordinal) ? "taken" + row[3..] : row));
        (await OnFile(district)).ShouldBe(["resident 2019..2019", "employee 2016-01..2017-06", "employee 2012-03..2015-12"]);
        await district.Do(take, "undo");
        (await OnFile(district)).ShouldBeEmpty();
        district.RowsOf(await district.Try("社保老系统参保时段_2020.csv", Header, rows)).ShouldBe(told);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_village_book_as_a_workbook_with_merged_cells_is_read_by_its_own_layout(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var book = FormerDistrict.Workbook(
            FormerDistrict.Row(1, "八廓东社区新农合台账") + FormerDistrict.Row(2, "参合人", "生于", "参加", "从", "到")
            + FormerDistrict.Row(3, "扎西次仁", "1990年3月7日", "合作医疗", "2009", "2009") + FormerDistrict.Row(4, "", "", "农合", "2010", "2010"),
            "<mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:B4\"/>");
        var take = await district.Try(FormerDistrict.Clerk(), "新农合台账_2010.xlsx", book);
        district.RowsOf(take).ShouldBe(["new", "new"]);
        await district.Do(take, "take");
        (await OnFile(district)).ShouldBe(["resident 2010..2010", "resident 2009..2009"]);
    }

    [Fact]
    public async Task What_a_reason_tells_of_a_childs_insurance_is_closed_to_who_does_not_need_it()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("社保老系统参保时段_2025.csv", Header, OfPema("2025-04", "2025-06"), OfPema("2025-05", "2025-07"));
        district.RowsOf(take)[1].ShouldBe("contradicts period.overlap 2025-04-01\n2025-06-30");
        (await WordsTo(Role.Clerk)).ShouldBe(["2025-04-01", "2025-06-30"]);
        (await WordsTo(Role.Administrator)).ShouldBe(["…", "…"]);

        static string OfPema(string from, string until) => $"{FormerDistrict.NumberOfPema},白玛,居民,{from},{until}";
        async Task<IReadOnlyList<string>> WordsTo(Role role) =>
            (await district.Get<TakeDesk>().View(FormerDistrict.Of(role), take, "", 1, Over)).Value.Rows[1].Words;
    }

    /// <summary>The decision beside a naive one that looks at every day.</summary>
    [Fact]
    public void A_period_is_decided_as_by_whoever_looks_at_every_day()
    {
        var random = new Random(20261130);
        for (var round = 0; round < 3_000; round++)
        {
            List<Period> held = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Some(random))];
            var told = Some(random);
            OldPeriods.Decide(told, held, Rules).Becomes.ShouldBe(ByDays(told, held), $"{told} beside {string.Join(", ", held)}");
        }

        static Period Some(Random random)
        {
            var from = new DateOnly(2010, 1, 1).AddDays(random.Next(30));
            return new Period(random.Next(2) == 0 ? "employee" : "resident", from, random.Next(6) == 0 ? null : from.AddDays(random.Next(20)));
        }
    }

    private static Becomes ByDays(Period told, List<Period> held)
    {
        var days = Enumerable.Range(0, 80).Select(day => new DateOnly(2010, 1, 1).AddDays(day)).Where(day => In(told, day)).ToList();
        if (held.Exists(one => one.Scheme == told.Scheme && (told.Until is not null || one.Until is null) && days.TrueForAll(day => In(one, day))))
            return Becomes.Known;
        return days.Exists(day => held.Exists(one => In(one, day))) ? Becomes.Contradicts : Becomes.New;

        static bool In(Period period, DateOnly day) => day >= period.From && (period.Until is not { } until || day <= until);
    }

    private static async Task<List<string>> OnFile(FormerDistrict district) =>
        [.. (await district.Get<ShowFile>().Run(FormerDistrict.Clerk(), People.PeoplePermissions.View, district.Tashi,
            new FileQuestion("counter"), Over)).Value
            .Insurance.Select(period => $"{period.Scheme} {period.From}..{period.Until}")];
}
