using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Legwork.Schedules;

namespace Legwork.Immunization.Tests;

public class RecordTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static readonly DoseTold Birth = new(new DateOnly(2025, 3, 10), "HepB", "L1", "left_arm", "妇幼保健院", "", "given_here", "");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_dose_is_told_again_or_taken_back_and_never_overwritten(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        var (nurse, record) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordDose>());
        (await record.Record(nurse, district.Pema, Birth)).Ok.ShouldBeTrue();
        (await record.Record(nurse, district.Pema, Birth)).Refusal!.Code.ShouldBe("immunization.dose.twice");
        var first = InForce(district).ShouldHaveSingleItem();
        (await record.Correct(nurse, district.Pema, first.Id, Birth with { Vaccine = "BCG" })).Ok.ShouldBeTrue();
        (await record.Correct(nurse, district.Pema, first.Id, Birth)).Refusal!.Code.ShouldBe("immunization.dose.gone");
        var second = InForce(district).ShouldHaveSingleItem();
        second.Vaccine.ShouldBe("BCG");
        (await record.Withdraw(nurse, district.Pema, second.Id, "")).Refusal!.Code.ShouldBe("immunization.dose.why");
        (await record.Withdraw(nurse, district.Pema, second.Id, "写错了人")).Ok.ShouldBeTrue();
        InForce(district).ShouldBeEmpty();
        Told(district).Count.ShouldBe(3);
        await Should.ThrowAsync<Exception>(() => district.Store.Write(session => session.Execute("update immunization_dose set vaccine = 'IPV'")));
        await Should.ThrowAsync<Exception>(() => district.Store.Write(session => session.Execute("delete from immunization_dose")));
        Told(district).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_cannot_be_a_dose_is_refused_by_its_field_and_nothing_is_kept()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var (nurse, record) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordDose>());
        (DoseTold Told, string Code)[] wrong =
        [
            (Birth with { On = null }, "on"), (Birth with { On = new DateOnly(2025, 3, 9) }, "before_birth"),
            (Birth with { On = district.Today.AddDays(1) }, "future"), (Birth with { Vaccine = "HepC" }, "vaccine"),
            (Birth with { Evidence = "hearsay" }, "evidence"), (Birth with { Lot = "" }, "lot"), (Birth with { Site = "nose" }, "site"),
        ];
        foreach (var (told, code) in wrong) (await record.Record(nurse, district.Pema, told)).Refusal!.Code.ShouldBe($"immunization.dose.{code}");
        (await record.Record(ChildrensDistrict.Of(Role.Clerk), district.Pema, Birth)).Refusal!.Code.ShouldBe("people.out_of_scope",
            "the counter does not vaccinate");
        (await record.Record(ChildrensDistrict.Of(Role.Vaccinator, ChildrensDistrict.OtherStreet), district.Pema,
            Birth)).Refusal!.Code.ShouldBe("people.out_of_scope");
        Told(district).ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_clinics_list_is_taken_once_and_the_rows_that_cannot_be_taken_are_named(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        string[] rows =
        [
            ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"), ChildrensDistrict.OfPema("重组乙型肝炎疫苗", "2025-04-10"),
            ChildrensDistrict.OfPema("仙丹", "2025-05-10"),
            ChildrensDistrict.OfPema("BCG", "2025-03-09"), "没有此人,男,2025-03-10,,卡介苗,2025-03-10,,,,", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"),
        ];
        var taken = (await district.TakeDoses("接种记录_202610.csv", rows)).Value;
        (taken.Rows, taken.Learned, taken.Known).ShouldBe((6, 2, 1));
        taken.LeftOut.Select(row => (row.Row, row.Code)).ShouldBe([(3, "vaccine"), (4, "date"), (5, "person")]);
        (await district.TakeDoses("接种记录_202610.csv", rows)).Value.Learned.ShouldBe(0);
        (await district.TakeDoses("接种记录_202611.csv", [.. rows, ChildrensDistrict.OfPema("卡介苗", "2025-03-10")])).Value.Learned.ShouldBe(1);
        InForce(district).Select(dose => dose.Vaccine).Order().ShouldBe(["BCG", "HepB", "HepB"]);
        (await district.TakeDoses("别的名单.csv", rows)).Refusal!.Code.ShouldBe("immunization.import.name");
    }

    [Fact]
    public async Task A_page_says_what_is_due_and_why_a_dose_does_not_count_and_is_in_the_log_first()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"), ChildrensDistrict.OfPema("乙肝疫苗", "2025-04-09"),
            ChildrensDistrict.OfPema("水痘疫苗", "2026-03-10"));
        var logged = district.Log().Count;
        var view = (await district.Get<ShowRecord>().Run(ChildrensDistrict.Of(Role.Clerk), ImmunizationPermissions.View, district.Pema, Over)).Value;
        district.Log().Skip(logged).ShouldBe(["immunization.view immunization"]);
        view.Rules.Id.ShouldBe("cn-2026");
        view.Doses[0].Said.ShouldHaveSingleItem().Verdict.Status.ShouldBe(DoseStatus.Valid);
        view.Doses[1].Said.ShouldHaveSingleItem().Verdict.Reason.ShouldBe(DoseReason.TooYoung);
        view.Doses[2].Said.ShouldBeEmpty("a vaccine outside the programme belongs to none of its courses");
        var hepb = view.Programmes.Single(one => one.Programme.Id == "hepb");
        (hepb.State, hepb.Next!.Value.Row.Id, hepb.Answer!.Earliest).ShouldBe((DueState.Due, "HepB-2", new DateOnly(2025, 4, 10)));
        view.Programmes.Single(one => one.Programme.Id == "je").Answer.ShouldBeNull("who was born in 西藏 before March 2026 is not of the routine");
        view.Programmes.Single(one => one.Programme.Id == "hpv").Answer.ShouldBeNull("a boy");
    }

    [Theory]
    [InlineData("麻腮风疫苗", "2099-08-06", "date")]
    [InlineData("麻腮风疫苗", "2026-13-01", "date")]
    [InlineData("仙丹（CHO）", "2025-05-16", "vaccine")]
    [InlineData("乙肝疫苗(CHO)", "2025-05-16", null)]
    [InlineData("乙肝疫苗（CHO）", "2025-05-16", null)]
    [InlineData("乙肝疫苗【cho】", "2025-05-16", null)]
    [InlineData(" 乙肝疫苗 （ＣＨＯ）", "2025-05-16", null)]
    public async Task A_dose_that_has_not_been_given_yet_is_left_out_and_a_vaccine_is_known_by_any_width_of_bracket(
        string vaccine, string on, string? leftOut)
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var taken = (await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema(vaccine, on))).Value;
        taken.LeftOut.Select(row => row.Code).ShouldBe(leftOut is null ? [] : [leftOut]);
        InForce(district).Count.ShouldBe(leftOut is null ? 1 : 0);
    }

    [Theory]
    [InlineData("2025-11-09", true)]
    [InlineData("2025-11-10", true)]
    [InlineData("2025-12-20", false)]
    public async Task The_desk_warns_of_a_dose_soon_after_one_that_does_not_count(string on, bool warns)
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        // Too young by a day: it does not count.
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("麻腮风疫苗", "2025-11-08"));
        var nurse = ChildrensDistrict.Of(Role.Vaccinator);
        var view = (await district.Get<ShowRecord>().Run(nurse, ImmunizationPermissions.Record, district.Pema, Over)).Value;
        var told = new DoseTold(DateOnly.ParseExact(on, "yyyy-MM-dd"), "MMR", "L2", "", "", "", "given_here", "");
        var weighed = WeighDose.Of(view, told, null);
        (weighed.AfterUncounted is not null).ShouldBe(warns && weighed.Against.Count == 0);
        WeighDose.Of(view, told with { Vaccine = "BCG" }, null).AfterUncounted.ShouldBeNull("another vaccine is not concerned");
    }

    [Fact]
    public async Task The_next_list_does_not_bring_back_what_a_nurse_took_back()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"));
        var nurse = ChildrensDistrict.Of(Role.Vaccinator);
        (await district.Get<RecordDose>().Withdraw(nurse, district.Pema, InForce(district).Single().Id, "另一个孩子的")).Ok.ShouldBeTrue();
        var taken = (await district.TakeDoses("接种记录_202611.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"),
            ChildrensDistrict.OfPema("卡介苗", "2025-03-10"))).Value;
        (taken.Learned, taken.Known).ShouldBe((1, 1));
        InForce(district).ShouldHaveSingleItem().Vaccine.ShouldBe("BCG");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_was_told_of_a_file_that_was_merged_is_of_the_person_that_stays_and_what_comes_for_it_goes_there(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        var (nurse, record, other, pema) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordDose>(), district.Yangzom, district.Pema);
        (await record.Record(nurse, other, Birth)).Ok.ShouldBeTrue();
        await district.Store.Write(session => session.Execute(
            "update people_file set state = 'merged', merged_into = @pema where id = @other", new { pema, other }));

        (await record.Record(nurse, pema, Birth)).Refusal!.Code.ShouldBe("immunization.dose.twice");
        (await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"))).Value.Known.ShouldBe(1);
        (await record.Record(nurse, other, Birth with { Vaccine = "BCG" })).Ok.ShouldBeTrue();
        (await record.Record(nurse, other, Birth with { Vaccine = "BCG" })).Refusal!.Code.ShouldBe("immunization.dose.twice");
        district.Store.Read(session => DoseRow.InForce(session, [pema])).ShouldHaveSingleItem().Vaccine.ShouldBe("BCG");

        var before = district.Store.Read(session => DoseRow.InForce(session, [other])).ShouldHaveSingleItem();
        (await record.Correct(nurse, pema, before.Id, Birth with { Lot = "L9" })).Ok.ShouldBeTrue();
        (await record.Withdraw(nurse, district.Tashi, before.Id, "x")).Refusal!.Code.ShouldBe("immunization.dose.gone", "another person's");
        var view = (await district.Get<ShowRecord>().Run(nurse, ImmunizationPermissions.Record, pema, Over)).Value;
        view.Doses.Select(dose => $"{dose.Dose.Vaccine} {dose.Dose.Lot}").Order().ShouldBe(["BCG L1", "HepB L9"]);
    }

    [Fact]
    public async Task The_lot_of_this_morning_is_offered_to_the_same_nurse_for_the_same_vaccine_and_only_today()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var (nurse, record, today) = (ChildrensDistrict.Of(Role.Vaccinator), district.Get<RecordDose>(), district.Today);
        (await record.Record(nurse, district.Pema, Birth with { On = today, Lot = "L7" })).Ok.ShouldBeTrue();
        (await record.LastOf(nurse, "HepB", Over))!.Lot.ShouldBe("L7");
        (await record.LastOf(nurse, "BCG", Over)).ShouldBeNull();
        (await record.LastOf(ChildrensDistrict.Of(Role.Vaccinator), "HepB", Over)).ShouldBeNull("another nurse has another box");
        district.Clock.Advance(TimeSpan.FromDays(1));
        (await record.LastOf(nurse, "HepB", Over)).ShouldBeNull("yesterday's box");
        await record.Record(nurse, district.Yangzom, Birth with { On = district.Today, Evidence = "vaccination_book", Lot = "L8" });
        (await record.LastOf(nurse, "HepB", Over)).ShouldBeNull("a lot that was read in a book is no box at hand");
    }

    [Fact]
    public async Task A_dose_is_overdue_from_the_day_after_its_last_day()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("麻腮风疫苗", "2025-11-10"));
        var last = (await Mmr()).Answer!.PastDue!.Value;
        last.ShouldBeGreaterThan(district.Today);
        district.Clock.Advance(TimeSpan.FromDays(last.DayNumber - district.Today.DayNumber));
        (await Mmr()).State.ShouldBe(DueState.Due);
        district.Clock.Advance(TimeSpan.FromDays(1));
        (await Mmr()).State.ShouldBe(DueState.Overdue);

        async Task<ProgrammeStanding> Mmr() =>
            (await district.Get<ShowRecord>().Run(ChildrensDistrict.Of(Role.Clerk), ImmunizationPermissions.View,
                district.Pema, Over)).Value.Programmes.Single(one => one.Programme.Id == "mmr");
    }

    [Fact]
    public async Task Who_may_not_see_a_child_sees_nothing_and_nothing_is_logged_as_shown()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var show = district.Get<ShowRecord>();
        var logged = district.Log().Count;
        (await show.Run(ChildrensDistrict.Of(Role.Clerk, ChildrensDistrict.OtherStreet), ImmunizationPermissions.View,
            district.Pema, Over)).Refusal!.Code.ShouldBe("people.out_of_scope");
        (await show.Own(ChildrensDistrict.Of(Role.Citizen, person: district.Tashi), district.Pema, Over)).Refusal!
            .Code.ShouldBe("people.out_of_scope");
        district.Log().Count.ShouldBe(logged);
        await district.Store.Write(session => session.Execute("""
            insert into people_guardian (ward, guardian, kind, evidence, note, from_day, account, actor, at)
                values (@ward, @guardian, 'parent', 'household_book', '', '2025-03-10', @account, 'x', 0)
            """, new { ward = district.Pema, guardian = district.Tashi, account = Guid.Empty }));
        var own = (await show.Own(ChildrensDistrict.Of(Role.Citizen, person: district.Tashi), district.Pema, Over)).Value;
        own.Person.Name.ShouldBe("白玛");
        district.Log().Skip(logged).ShouldBe(["immunization.own guardianship"]);
        (await show.Own(ChildrensDistrict.Of(Role.Citizen, person: district.Tashi), district.Yangzom, Over)).Refusal!
            .Code.ShouldBe("people.out_of_scope");
    }

    private static List<DoseRow> InForce(ChildrensDistrict district) => district.Store.Read(session => DoseRow.InForce(session, [district.Pema]));

    private static List<DoseRow> Told(ChildrensDistrict district) =>
        district.Store.Read(session => Session.AtHand(DoseRow.Told(session, [district.Pema])));
}
