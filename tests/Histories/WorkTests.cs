using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Histories.Tests;

/// <summary>Who may do what with a take-over, and what is left of one whose process died.</summary>
public class WorkTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static string OfPema(int day) =>
        $"白玛,2025-03-10,{FormerDistrict.NumberOfPema},乙肝疫苗,{new DateOnly(2025, 3, 10).AddDays(day):yyyy-MM-dd},,,";

    private static string OfYangzom(int day) => $"央宗,2013-01-15,,乙肝疫苗,{new DateOnly(2013, 3, 10).AddDays(day):yyyy-MM-dd},,,";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_process_that_dies_between_two_units_leaves_what_the_next_goes_on_with_or_undoes_whole(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        const int Rows = WorkTakeOvers.RowsPerUnit + 120;
        foreach (var act in new[] { "take", "undo" })
        {
            var take = await district.Try($"旧免疫系统接种记录_{(act == "take" ? 2025 : 2026)}.csv", FormerDistrict.Doses,
                Enumerable.Range(act == "take" ? 0 : 400, Rows).Select(day => day % 2 == 0 ? OfYangzom(day) : OfPema(day / 4)).Distinct());
            var sound = district.RowsOf(take).Count(row => row == "new");
            sound.ShouldBeGreaterThan(WorkTakeOvers.RowsPerUnit);
            (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "take")).Ok.ShouldBeTrue();
            // It dies when its first unit is durable, before it begins the second.
            using var killed = new CancellationTokenSource();
            district.Written = killed.Cancel;
            await Should.ThrowAsync<OperationCanceledException>(() => district.Get<WorkTakeOvers>().GoOn(killed.Token));
            district.Written = null;
            var taken = district.RowsOf(take).Count(row => row == "taken");
            taken.ShouldBeInRange(1, sound - 1);
            (district.StateOf(take), Doses(district, take)).ShouldBe(("taking", taken), "each row that is told as taken is there, and no other");
            if (act == "undo") (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "undo")).Ok.ShouldBeTrue();

            await using var next = district.Beside();
            (await next.Get<WorkTakeOvers>().GoOn(Over)).ShouldBe(1);
            district.StateOf(take).ShouldBe(act == "take" ? "taken" : "undone");
            district.RowsOf(take).Count(row => row == (act == "take" ? "taken" : "undone")).ShouldBe(act == "take" ? sound : taken);
            Doses(district, take).ShouldBe(act == "take" ? sound : 0);
        }
    }

    [Fact]
    public async Task A_take_over_under_way_is_stopped_by_whoever_undoes_it_and_nothing_more_is_written()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0), OfPema(1));
        (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "take")).Ok.ShouldBeTrue();
        district.Reads = async () =>
        {
            district.Reads = null;
            (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "undo")).Ok.ShouldBeTrue();
        };
        (await district.Get<WorkTakeOvers>().GoOn(Over)).ShouldBe(1);
        (district.StateOf(take), Doses(district, take)).ShouldBe(("undone", 0));
        district.RowsOf(take).ShouldBe(["new", "new"]);
    }

    [Fact]
    public async Task A_take_over_is_worked_on_once_at_a_time_and_by_the_next_when_its_node_is_dead()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0));
        (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "take")).Ok.ShouldBeTrue();
        var dead = await district.Get<Leases>().Take(WorkTakeOvers.LeaseName);
        (await district.Get<WorkTakeOvers>().GoOn(Over)).ShouldBe(0);
        Doses(district, take).ShouldBe(0);
        district.Clock.Advance(Leases.Span + TimeSpan.FromSeconds(1));
        (await district.Get<WorkTakeOvers>().GoOn(Over)).ShouldBe(1);
        (district.StateOf(take), Doses(district, take)).ShouldBe(("taken", 1));
        await dead!.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_that_died_leaves_nothing_but_that_its_file_was_sent()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0));
        await district.Store.Write(session => session.Execute("update histories_take set state = 'reading'"));
        await district.Get<WorkTakeOvers>().GoOn(Over);
        district.StateOf(take).ShouldBe("reading", "it was heard of a moment ago");
        district.Clock.Advance(TryFile.DeadAfter + TimeSpan.FromSeconds(1));
        await district.Get<WorkTakeOvers>().GoOn(Over);
        (district.StateOf(take), district.RowsOf(take).Count).ShouldBe(("lost", 0));
        (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "take")).Refusal!.Code.ShouldBe("histories.state");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_street_takes_over_sees_and_undoes_its_own_and_no_other(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var (street, other) = (FormerDistrict.Clerk(FormerDistrict.Street), FormerDistrict.Clerk(FormerDistrict.OtherStreet));
        var take = await district.Try(street, "旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0), OfYangzom(0));
        district.RowsOf(take).ShouldBe(["new", "unknown outside"]);
        await district.Do(take, "take", street);
        var desk = district.Get<TakeDesk>();
        (await desk.List(other, Over)).ShouldBeEmpty();
        (await desk.View(other, take, "", 1, Over)).Refusal!.Code.ShouldBe("histories.not_found");
        (await desk.Csv(other, take, "", Over)).Refusal!.Code.ShouldBe("histories.not_found");
        (await district.Get<WorkTakeOvers>().Say(other, take, "undo")).Refusal!.Code.ShouldBe("histories.not_found");
        (await desk.List(FormerDistrict.Clerk(), Over)).Count.ShouldBe(1, "whoever acts for the whole district sees it");
        (await desk.List(FormerDistrict.Of(Role.Supervisor), Over)).ShouldBeEmpty();
        (await desk.List(FormerDistrict.Clerk(FormerDistrict.Street), Over)).Count.ShouldBe(1, "so does whoever stands in");
        var whole = await district.Try("旧免疫系统接种记录_2026.csv", FormerDistrict.Doses, OfPema(40));
        (await district.Get<WorkTakeOvers>().Say(street, whole, "take")).Refusal!.Code.ShouldBe("histories.not_found");
        await district.Do(take, "undo", street);
        district.RowsOf(take).ShouldBe(["undone", "unknown outside"]);
    }

    [Fact]
    public async Task Whoever_is_looked_at_is_in_the_log_before_and_what_was_taken_is_not_kept_twice()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var clerk = FormerDistrict.Clerk();
        var take = await district.Try(clerk, "旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0),
            $"扎西次仁,1990-03-07,{FormerDistrict.NumberOfTashi},仙丹,2020-01-01,,,");
        district.Log().ShouldBe(["histories.take take_over"], "one entry for everybody whom the trial looked up");
        LookedAt(district, district.Pema).ShouldBe(0);
        var view = (await district.Get<TakeDesk>().View(clerk, take, "", 1, Over)).Value;
        view.Rows[0].Values.ShouldContain(("受种者姓名", "白玛"));
        view.Rows[0].Values.ShouldContain(value => value.Header == "身份证件号码" && value.Value.Contains("********", StringComparison.Ordinal));
        (LookedAt(district, district.Pema), LookedAt(district, district.Tashi)).ShouldBe((1, 1));
        var seen = (await district.Get<TakeDesk>().View(FormerDistrict.Of(Role.Administrator), take, "", 1, Over)).Value;
        seen.Rows[0].Values.ShouldNotContain(value => value.Value == "白玛", "an administrator needs no child's name");
        seen.Rows[1].Values.ShouldContain(("受种者姓名", "扎西次仁"));
        seen.Rows[0].Values.ShouldContain(("接种时间", "2025-03-10"), "but what the older system says of the dose");
        await district.Do(take, "take");
        view = (await district.Get<TakeDesk>().View(clerk, take, "", 1, Over)).Value;
        (view.Rows[0].Values.Count, view.Rows[1].Values.Count).ShouldBe((0, 5));
        LookedAt(district, district.Pema).ShouldBe(2);
    }

    [Fact]
    public async Task What_rows_said_is_forgotten_after_a_year_and_what_became_of_them_is_not()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0), OfPema(-9));
        await district.Do(take, "take");
        var sweeper = district.Get<IEnumerable<Sweeper>>().Single(one => one.Kind == "take_overs");
        Task<long> Sweep() => district.Store.Write(session => sweeper.Delete(session, district.Clock.GetUtcNow().AddDays(-366)));
        (await Sweep()).ShouldBe(0);
        district.Clock.Advance(TimeSpan.FromDays(367));
        (await Sweep()).ShouldBe(1);
        (await Sweep()).ShouldBe(0);
        district.RowsOf(take).ShouldBe(["taken", "refused dose.before_birth"]);
        (await district.Get<TakeDesk>().View(FormerDistrict.Clerk(), take, "", 1, Over)).Value.Rows[1].Values.ShouldBeEmpty();
        await district.Do(take, "undo");
        Doses(district, take).ShouldBe(0, "undoing needs no row's content");
    }

    [Fact]
    public async Task Rows_that_did_not_fit_are_tried_once_more_when_somebody_has_put_them_right()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0), "拉珍,1970-05-05,,乙肝疫苗,1999-05-05,,,", OfPema(-9));
        await district.Do(take, "take");
        district.RowsOf(take).ShouldBe(["taken", "unknown nobody", "refused dose.before_birth"]);
        await district.Store.Write(session => session.Execute(
            "insert into people_alias (name, file) select '拉珍', id from people_file where name = '旺堆' and lives like '540102002%'"));
        await district.Do(take, "again");
        district.RowsOf(take).ShouldBe(["taken", "taken", "refused dose.before_birth"]);
        await district.Do(take, "undo");
        Doses(district, take).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_no_such_list_is_refused_whole_and_a_trial_can_be_dropped()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", "受种者姓名,疫苗", "白玛,乙肝疫苗");
        (district.StateOf(take), district.RowsOf(take).Count).ShouldBe(("refused", 0));
        (await district.Get<TakeDesk>().View(FormerDistrict.Clerk(), take, "", 1, Over)).Value.Line.Take.Said.ShouldHaveSingleItem()
            .En.ShouldContain("出生日期");
        var tried = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, OfPema(0));
        await district.Do(tried, "drop");
        (district.StateOf(tried), district.RowsOf(tried).Count, Doses(district, tried)).ShouldBe(("dropped", 0, 0));
        (await district.Get<TryFile>().Send(FormerDistrict.Clerk(), district.Put("接种.csv", [1]), "接种.csv", "没有的名单"))
            .Refusal!.Code.ShouldBe("histories.layout");
    }

    [Fact]
    public void A_layout_of_no_kind_or_without_a_column_that_its_kind_rests_on_stops_the_start_with_file_and_line()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-layouts-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "histories"));
            var path = Path.Combine(folder, "histories", "a.yaml");
            HistoryKind[] kinds = [new("doses", 1, "immunization", ["name|number", "vaccine"],
                _ => throw new InvalidOperationException("Nobody takes."))];
            File.WriteAllText(path, "source: 甲\nlist: delta\nmeans: doses\nfiles: 甲\ncolumns:\n  名: {field: name}\n");
            Wrong().ShouldContain("a.yaml:5: a list of the kind 'doses' needs a column with the field vaccine");
            File.WriteAllText(path, "source: 甲\nlist: delta\nmeans: dishes\nfiles: 甲\ncolumns:\n  名: {field: name}\n");
            Wrong().ShouldContain("a.yaml:3: 'dishes' is no kind of history; use one of doses");
            File.WriteAllText(path, "source: 甲\nlist: delta\nmeans: doses\nfiles: 甲\ncolumns:\n  名: {field: name, type: nom}\n");
            Wrong().ShouldContain("a.yaml:6");
            HistoryLayouts.Check(kinds, Path.Combine(folder, "none"));

            string Wrong() => Should.Throw<FormatException>(() => HistoryLayouts.Check(kinds, folder)).Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Doses(FormerDistrict district, long take) => district.Store.Read(session => session.Scalar<long>("""
        select count(*) from immunization_dose d where d.take = @take and d.withdrawn = 0
            and not exists (select 1 from immunization_dose later where later.replaces = d.id)
        """, new { take }));

    private static long LookedAt(FormerDistrict district, PersonId person) =>
        district.Store.Read(session => session.Scalar<long>("select count(*) from readlog_subject where person = @person", new { person }));
}
