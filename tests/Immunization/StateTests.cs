using System.Text;
using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Immunization.Tests;

public class StateTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static readonly StateTold Exposed = new("hiv-exposed", new DateOnly(2025, 3, 10), null, "妇幼保健院", "birth_record", "");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_state_is_ended_or_taken_back_with_a_reason_and_never_overwritten(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        var (nurse, record) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordState>());
        (await record.Record(nurse, district.Pema, Exposed)).Ok.ShouldBeTrue();
        (await record.Record(nurse, district.Pema, Exposed)).Refusal!.Code.ShouldBe("immunization.state.twice");
        var first = Standing(district).ShouldHaveSingleItem();
        (first.Told, first.Actor).ShouldBe((Exposed, nurse.Name));
        (await record.End(nurse, district.Pema, first.Id, new DateOnly(2026, 9, 10), "")).Refusal!.Code.ShouldBe("immunization.state.why");
        (await record.End(nurse, district.Pema, first.Id, Exposed.Since, "化验阴性")).Refusal!.Code.ShouldBe("immunization.state.over");
        (await record.End(nurse, district.Pema, first.Id, district.Today.AddDays(1), "化验阴性")).Refusal!.Code.ShouldBe("immunization.state.over");
        (await record.End(nurse, district.Pema, first.Id, new DateOnly(2026, 9, 10), "化验阴性")).Ok.ShouldBeTrue();
        (await record.Withdraw(nurse, district.Pema, first.Id, "写错了人")).Refusal!.Code.ShouldBe("immunization.state.gone");
        var ended = Standing(district).ShouldHaveSingleItem();
        (ended.HoldsOn(new DateOnly(2026, 9, 9)), ended.HoldsOn(new DateOnly(2026, 9, 10)), ended.Told.Note).ShouldBe((true, false, "化验阴性"));
        (await record.Record(nurse, district.Pema,
            Exposed with { Since = new DateOnly(2026, 10, 1) })).Ok.ShouldBeTrue("a state that ended may come again");
        (await record.Withdraw(nurse, district.Pema, ended.Id, "写错了人")).Ok.ShouldBeTrue();
        Standing(district).ShouldHaveSingleItem().Told.Since.ShouldBe(new DateOnly(2026, 10, 1));
        await Should.ThrowAsync<Exception>(() => district.Store.Write(session => session.Execute("update immunization_state set act = 'Told'")));
        await Should.ThrowAsync<Exception>(() => district.Store.Write(session => session.Execute("delete from immunization_state")));
        Rows(district).Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_lies_in_the_storage_does_not_tell_which_state_it_is()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var (nurse, record) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordState>());
        await record.Record(nurse, district.Pema, Exposed);
        await record.Record(nurse, district.Pema, Exposed with { Observation = "preterm", Source = "", Note = "很长的说明" });
        var rows = Rows(district);
        foreach (var row in rows) Encoding.UTF8.GetString(row).ShouldNotContain("hiv");
        rows.Select(row => row.Length).Distinct().ShouldHaveSingleItem("the length would tell it");
    }

    [Fact]
    public async Task What_cannot_be_a_state_is_refused_by_its_field_and_who_does_not_vaccinate_records_none()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var (nurse, record) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordState>());
        (StateTold Told, string Code)[] wrong =
        [
            (Exposed with { Observation = "hunger" }, "observation"), (Exposed with { Since = null }, "since"),
            (Exposed with { Since = new DateOnly(2025, 3, 9) }, "since"),
            (Exposed with { Since = district.Today.AddDays(1) }, "since"), (Exposed with { Evidence = "hearsay" }, "evidence"),
        ];
        foreach (var (told, code) in wrong) (await record.Record(nurse, district.Pema, told)).Refusal!.Code.ShouldBe($"immunization.state.{code}");
        (await record.Record(ChildrensDistrict.Of(Role.Vaccinator, ChildrensDistrict.OtherStreet), district.Pema,
            Exposed)).Refusal!.Code.ShouldBe("people.out_of_scope");
        foreach (var role in district.Get<AccessBook>().Roles.Where(role => role != Role.Vaccinator))
            (await record.Record(ChildrensDistrict.Of(role), district.Pema, Exposed)).Refusal!.Code.ShouldBe("people.out_of_scope", $"{role}");
        Rows(district).ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_forecast_heeds_a_state_while_it_lasts_and_the_look_is_in_the_log_first(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        var (nurse, show, record) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<ShowRecord>(), district.Get<RecordState>());
        async Task<(string Polio, DueState Bcg)> Answer()
        {
            var logged = district.Log().Count;
            var view = (await show.Run(nurse, ImmunizationPermissions.View, district.Yangzom, Over)).Value;
            district.Log().Skip(logged).ShouldBe(["immunization.view immunization"]);
            return (view.Programmes.Single(one => one.Programme.Id == "polio").Next!.Value.Row.Id,
                view.Programmes.Single(one => one.Programme.Id == "mmr").State);
        }
        (await Answer()).ShouldBe(("IPV-1", DueState.Due));
        await record.Record(nurse, district.Yangzom, Exposed with { Observation = "hiv-infected-severe", Since = new DateOnly(2020, 1, 1) });
        (await Answer()).ShouldBe(("IPV-only-1", DueState.Barred));
        var row = district.Store.Read(session => district.Get<StateRecords>().Standing(session, [district.Yangzom])).ShouldHaveSingleItem();
        await record.End(nurse, district.Yangzom, row.Id, district.Today, "复查");
        (await Answer()).ShouldBe(("IPV-1", DueState.Due));
    }

    [Theory, InlineData("Clerk")]
    public async Task A_role_to_whom_states_are_closed_learns_nothing_of_them_from_dates_reasons_or_notes(string role)
    {
        await using var served = await Served.Open();
        var district = served.District;
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"));
        var (reader, address) = (served.As(ChildrensDistrict.Of(new Role(role)), "en"), $"/people/{district.Pema}/immunization");
        var before = (await Served.Get(reader, address)).Page.QuerySelector("main")!.InnerHtml;
        await district.Get<RecordState>().Record(ChildrensDistrict.Of(Role.Vaccinator), district.Pema, Exposed with { Note = "母亲HIV" });
        (await Served.Get(reader, address)).Page.QuerySelector("main")!.InnerHtml.ShouldBe(before, "a page that changes by a state tells of it");
        var nurse = (await Served.Get(served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), address)).Page.QuerySelector("main")!.TextContent;
        nurse.ShouldContain("Born to an HIV-infected mother");
        nurse.ShouldContain("put off");
    }

    [Fact]
    public async Task Where_a_vaccine_has_two_forecasts_both_are_shown_and_who_may_not_know_why_sees_one()
    {
        await using var served = await Served.Open();
        var district = served.District;
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("甲肝减毒活疫苗", "2026-09-15"));
        var (nurse, clerk) = (served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), served.As(ChildrensDistrict.Of(Role.Clerk), "en"));
        var address = $"/people/{district.Pema}/immunization";
        (await Served.Get(nurse, address)).Page.QuerySelector("main")!.TextContent.ShouldNotContain("The other course");
        await district.Get<RecordState>().Record(ChildrensDistrict.Of(Role.Vaccinator), district.Pema, Exposed);
        var row = (await Served.Get(nurse, address)).Page.QuerySelectorAll("main tr")
            .Single(line => line.QuerySelector("th")?.TextContent == "Hepatitis A");
        row.QuerySelector(".tag:not(.slots .tag)")!.TextContent.ShouldNotBe("complete");
        row.QuerySelector(".block.quiet")!.TextContent.ShouldBe("The other course (Live vaccine): complete", StringCompareShould.IgnoreCase);
        (await Served.Get(clerk, address)).Page.QuerySelector("main")!.TextContent.ShouldNotContain("The other course");
    }

    [Fact]
    public async Task The_person_sees_the_own_state_and_who_wrote_it_down()
    {
        await using var served = await Served.Open();
        await served.District.Get<RecordState>().Record(ChildrensDistrict.Of(Role.Vaccinator), served.District.Pema, Exposed);
        var child = served.As(ChildrensDistrict.Of(Role.Citizen, person: served.District.Pema), "en");
        var page = (await Served.Get(child, "/me/immunization")).Page;
        page.QuerySelector("main")!.TextContent.ShouldContain("Born to an HIV-infected mother");
        page.QuerySelector("main")!.TextContent.ShouldContain("Vaccinator");
        page.QuerySelectorAll("main a[href*='/states']").ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_hospitals_list_of_states_is_taken_once_and_the_rows_that_cannot_be_taken_are_named(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        string[] rows = ["白玛,男,2025-03-10,,早产或低出生体重,,,市医院", "白玛,男,2025-03-10,,hiv-exposed,2025-03-10,2026-09-10,", "白玛,男,2025-03-10,,饥饿,,,",
            "白玛,男,2025-03-10,,preterm,2025-03-09,,", "没有此人,男,2025-03-10,,preterm,,,"];
        File.WriteAllText(district.In("特殊健康状态_202610.csv"),
            "姓名,性别,出生日期,证件号码,健康状态,开始日期,结束日期,诊断单位\r\n" + string.Join("\r\n", rows) + "\r\n", new UTF8Encoding(false));
        var taken = (await district.Get<IImmunization>().TakeStates(district.In("特殊健康状态_202610.csv"), Actor.System)).Value;
        (taken.Rows, taken.Learned).ShouldBe((5, 2));
        taken.LeftOut.Select(row => (row.Row, row.Code)).ShouldBe([(3, "state"), (4, "date"), (5, "person")]);
        (await district.Get<IImmunization>().TakeStates(district.In("特殊健康状态_202610.csv"), Actor.System)).Value.Learned.ShouldBe(0);
        (await district.Get<IImmunization>()
            .TakeDoses(district.In("特殊健康状态_202610.csv"), Actor.System)).Refusal!.Code.ShouldBe("immunization.import.name");
        Standing(district).Select(row => (row.Told.Observation, row.HoldsOn(district.Today))).ShouldBe([("preterm", true), ("hiv-exposed", false)]);
    }

    [Fact]
    public async Task The_next_list_ends_a_state_once_and_brings_back_nothing_that_was_taken_back()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        (await Take("202609", "早产或低出生体重,,", "hiv-exposed,2025-03-10,")).ShouldBe(2);
        var preterm = Standing(district).Single(row => row.Told.Observation == "preterm");
        (await district.Get<RecordState>().Withdraw(ChildrensDistrict.Of(Role.Vaccinator), district.Pema, preterm.Id, "另一个孩子的")).Ok.ShouldBeTrue();

        (await Take("202610", "早产或低出生体重,,", "hiv-exposed,2025-03-10,2026-09-10")).ShouldBe(1);
        var standing = Standing(district).ShouldHaveSingleItem();
        (standing.Told.Observation, standing.Told.Over).ShouldBe(("hiv-exposed", new DateOnly(2026, 9, 10)));
        (await Take("202611", "早产或低出生体重,,", "hiv-exposed,2025-03-10,2026-09-10", "hiv-exposed,2025-03-10,")).ShouldBe(0);

        async Task<int> Take(string month, params string[] rows)
        {
            var file = district.In($"特殊健康状态_{month}.csv");
            File.WriteAllText(file, "姓名,性别,出生日期,证件号码,健康状态,开始日期,结束日期,诊断单位\r\n" + string.Concat(rows.Select(row => $"白玛,男,2025-03-10,,{row},市医院\r\n")),
                new UTF8Encoding(false));
            return (await district.Get<IImmunization>().TakeStates(file, Actor.System)).Value.Learned;
        }
    }

    [Fact]
    public async Task The_next_list_ends_nothing_that_was_taken_back_and_an_end_that_has_not_come_is_not_kept()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        await district.Get<RecordState>().Record(ChildrensDistrict.Of(Role.Vaccinator), district.Pema, Exposed);
        (await district.Get<RecordState>().Withdraw(ChildrensDistrict.Of(Role.Vaccinator), district.Pema, Standing(district).Single().Id, "另一个孩子的"))
            .Ok.ShouldBeTrue();
        var (today, tomorrow) = ($"{district.Today:yyyy-MM-dd}", $"{district.Today.AddDays(1):yyyy-MM-dd}");
        var taken = await Take("hiv-exposed,2025-03-10,2026-09-10", $"preterm,2025-03-10,{tomorrow}", $"tst-positive,2025-03-10,{today}");
        (taken.Learned, taken.Known).ShouldBe((2, 1));
        Standing(district).Select(row => (row.Told.Observation, row.Told.Over))
            .ShouldBe([("preterm", null), ("tst-positive", district.Today)], ignoreOrder: true);

        async Task<DosesTaken> Take(params string[] rows)
        {
            File.WriteAllText(district.In("特殊健康状态_202610.csv"), "姓名,性别,出生日期,证件号码,健康状态,开始日期,结束日期,诊断单位\r\n"
                + string.Concat(rows.Select(row => $"白玛,男,2025-03-10,,{row},市医院\r\n")), new UTF8Encoding(false));
            return (await district.Get<IImmunization>().TakeStates(district.In("特殊健康状态_202610.csv"), Actor.System)).Value;
        }
    }

    [Theory]
    [InlineData("2025-06-09", "BCG", false)]
    [InlineData("2025-06-10", "BCG", true)] // from three months on, the day itself counted
    [InlineData("2025-06-10", "HepB", false)]
    public async Task A_state_speaks_against_a_vaccine_from_the_age_that_the_rules_name(string on, string vaccine, bool against)
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var nurse = ChildrensDistrict.Of(Role.Vaccinator);
        (await district.Get<RecordState>().Record(nurse, district.Pema, Exposed with { Observation = "tst-positive" })).Ok.ShouldBeTrue();
        var view = (await district.Get<ShowRecord>().Run(nurse, ImmunizationPermissions.Record, district.Pema, Over)).Value;
        var weighed = WeighDose.Of(view, new DoseTold(DateOnly.Parse(on), vaccine, "L1", "", "", "", "given_here", ""), null);
        weighed.States.Select(state => state.State.Observation).ShouldBe(against ? ["tst-positive"] : []);
    }

    private static List<StateRow> Standing(ChildrensDistrict district) =>
        district.Store.Read(session => district.Get<StateRecords>().Standing(session, [district.Pema]));

    private static List<byte[]> Rows(ChildrensDistrict district) =>
        district.Store.Read(session => session.Query<byte[]>("select told from immunization_state order by id"));
}
