using Legwork.Clinics.Booking;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Clinics.Plan;
using Legwork.Platform.Storage;
using Visit = Legwork.Clinics.Morning.Visit;

namespace Legwork.Clinics.Tests;

/// <summary>One child's way through the morning, and back.</summary>
public class VisitTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task From_booking_to_check_out_every_step_stands_in_the_history_with_who_where_and_when(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var codes = await district.Stocked("IPV", 1);
        var visit = await district.AtTable(district.Child(1));
        var given = await district.Get<GiveDose>().Run(MorningDistrict.Nurse, district.Asked(visit, codes[0]), district.T);
        given.Ok.ShouldBeTrue(given.Refusal?.ToString());
        var early = await district.Get<VisitDesk>().Do(MorningDistrict.Nurse, ClinicsPermissions.Counter,
            new ActAsked(visit.Id, given.Value.Visit.Version, At.Hall), (one, at) => VisitActs.CheckOut(one, at, ""));
        early.Refusal!.Code.ShouldBe("clinics.reason", "the thirty minutes are not over");
        district.Clock.Advance(TimeSpan.FromMinutes(30));
        var done = await district.Do(given.Value.Visit, ClinicsPermissions.Counter, (one, at) => VisitActs.CheckOut(one, at, ""), At.Hall);
        done.State.ShouldBe(VisitState.Done);
        var acts = district.Store.Read(session => session.Query<string>("select act || ' ' || room from clinics_act order by step"));
        acts.ShouldBe(["booked ", "arrived counter", "checked counter", "registered counter", "called 1", "given 1", "checked_out hall"]);
        district.Count("select count(*) from clinics_act where account = '00000000-0000-0000-0000-000000000000'").ShouldBe(0, "each by somebody");
        var told = district.Store.Read(session => session.Query<byte[]>("select told from clinics_act where act = 'checked'"))[0];
        System.Text.Encoding.UTF8.GetString(told).ShouldNotContain("36.6", Case.Sensitive, "health lies sealed");
        Should.Throw<Exception>(() => district.Store.Write(session => session.Execute("delete from clinics_act")).GetAwaiter().GetResult());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_step_taken_back_is_as_if_it_had_not_been_but_a_dose_stays_given_and_a_number_stays_drawn(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var codes = await district.Stocked("IPV", 1);
        var visit = await district.AtTable(district.Child(1));
        visit = await Back(visit, VisitState.Waiting);
        visit = await Back(visit, VisitState.Fit);
        visit = await Back(visit, VisitState.Arrived);
        visit = await Back(visit, VisitState.Booked);
        visit.Number.ShouldBe(1, "drawn numbers have no gap: who comes again has the own one");
        (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter, new ActAsked(visit.Id, visit.Version, ""), "再来"))
            .Refusal!.Code.ShouldBe("clinics.first");
        (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter, new ActAsked(visit.Id, visit.Version - 1, ""),
            "再来"))
            .Refusal!.Code.ShouldBe("clinics.stale");

        visit = await district.Registered(visit, "IPV");
        visit = await district.Do(visit, ClinicsPermissions.Table, VisitActs.Call, "1");
        visit.Number.ShouldBe(1);
        var given = await district.Get<GiveDose>().Run(MorningDistrict.Nurse, district.Asked(visit, codes[0]), district.T);
        (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter,
            new ActAsked(visit.Id, given.Value.Visit.Version, ""), "按错了")).Refusal!.Code.ShouldBe("clinics.given");
        district.Count("select count(*) from clinics_act where takes_back is not null").ShouldBe(4);

        async Task<Visit> Back(Visit from, string state)
        {
            (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter, new ActAsked(from.Id, from.Version, ""), ""))
                .Refusal!.Code.ShouldBe("clinics.reason");
            var back = await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter, new ActAsked(from.Id,
                from.Version, ""), "按错了");
            back.Ok.ShouldBeTrue(back.Refusal?.ToString());
            back.Value.State.ShouldBe(state);
            return back.Value;
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_speaks_against_it_leads_to_the_doctor_who_alone_decides(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 5);
        (await district.Book(540, district.Child(1))).Ok.ShouldBeTrue();
        await district.Morning();
        var visit = await district.Do((await district.Of(district.Child(1)))!, ClinicsPermissions.Counter, VisitActs.Arrive);
        var all = await district.Get<VisitDesk>().Do(MorningDistrict.Nurse, ClinicsPermissions.Counter, new ActAsked(visit.Id, visit.Version,
            At.Counter),
            (one, at) => VisitActs.Check(one, at, null, new Dictionary<string, string>()));
        all.Refusal!.Also.Count.ShouldBe(district.Get<Clinics>().Rules.Questions.Count, "everything that is missing is named at once");
        visit = await district.Do(visit, ClinicsPermissions.Counter, (one, at) => VisitActs.Check(one, at, 37.6, district.Fine()));
        visit.State.ShouldBe(VisitState.ToDoctor);
        (await district.Get<VisitDesk>().Do(MorningDistrict.Nurse, ClinicsPermissions.Decide, new ActAsked(visit.Id, visit.Version, At.Doctor),
            (one, _) => VisitActs.FindFit(one, "没事"))).Refusal!.Code.ShouldBe("clinics.out_of_scope");
        (await district.Get<VisitDesk>().Do(MorningDistrict.Nurse, ClinicsPermissions.Counter, new ActAsked(visit.Id, visit.Version, At.Counter),
            (one, at) => VisitActs.Register(one, at, ["IPV"], new HashSet<string> { "IPV" }))).Refusal!.Code.ShouldBe("clinics.state");
        visit = await district.Do(visit, ClinicsPermissions.Decide,
            (one, at) => VisitActs.Defer(one, at, "发热", MorningDistrict.Monday.AddDays(7)), At.Doctor);
        (visit.State, district.Count("select promised from clinics_level where product = 'IPV'")).ShouldBe((VisitState.Deferred, 0L));
        (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter,
            new ActAsked(visit.Id, visit.Version, ""), "看错人"))
            .Refusal!.Code.ShouldBe("clinics.out_of_scope", "what a doctor decided no nurse takes back");
        visit = (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Doctor, ClinicsPermissions.Counter, new ActAsked(visit.Id, visit.Version,
            ""), "看错人")).Value;
        (visit.State, district.Count("select promised from clinics_level where product = 'IPV'")).ShouldBe((VisitState.ToDoctor, 1L));
        visit = await district.Do(visit, ClinicsPermissions.Decide, (one, _) => VisitActs.FindFit(one, "复测36.8"), At.Doctor);
        visit.State.ShouldBe(VisitState.Fit);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_does_not_come_is_said_so_in_the_evening_and_after_some_times_books_at_the_counter(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 9);
        var child = district.Child(1);
        for (var time = 0; time < 2; time++)
        {
            (await district.Book(MorningDistrict.Booking(540, child) with { Day = MorningDistrict.Monday.AddDays(time * 2) })).Ok.ShouldBeTrue();
            district.Clock.Advance(TimeSpan.FromDays(2));
            (await district.Get<EveningWork>().Run(TestContext.Current.CancellationToken)).ShouldBe(1);
            (await district.Get<EveningWork>().Run(TestContext.Current.CancellationToken)).ShouldBe(0, "once");
        }
        (await district.Of(child))!.State.ShouldBe(VisitState.NoShow);
        district.Count("select promised from clinics_level where product = 'IPV'").ShouldBe(0, "what was kept for it is others' again");
        var asked = MorningDistrict.Booking(540, child) with { Day = MorningDistrict.Monday.AddDays(7) };
        (await district.Get<BookVisits>().ByParent(MorningDistrict.Of(Platform.Access.Role.Citizen, MorningDistrict.District, district.Mother), asked,
            district.T, TestContext.Current.CancellationToken)).Refusal!.Code.ShouldBe("clinics.counter_only");
        (await district.Book(asked)).Ok.ShouldBeTrue("nobody is turned away");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_comes_late_waits_with_those_who_did_not_book_and_a_call_without_answer_costs_some_places(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 9);
        (await district.Book(540, district.Child(1))).Ok.ShouldBeTrue();
        (await district.Book(540, district.Child(2))).Ok.ShouldBeTrue();
        await district.Morning(minutes: 59);
        (await district.Do((await district.Of(district.Child(1)))!, ClinicsPermissions.Counter, VisitActs.Arrive)).Lane.ShouldBe(Lane.Booked);
        await district.Morning(minutes: 61);
        (await district.Do((await district.Of(district.Child(2)))!, ClinicsPermissions.Counter, VisitActs.Arrive)).Lane.ShouldBe(Lane.WalkIn);

        for (var n = 3; n <= 8; n++) await district.Registered((await district.Come(district.Child(n))).Value, "IPV");
        var first = (await district.Get<CallNext>().Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "1")).Value!;
        await district.Do(first, ClinicsPermissions.Table, VisitActs.Pass, "1");
        var order = new List<int>();
        while ((await district.Get<CallNext>().Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "1")).Value is { } next)
        {
            order.Add(next.Number);
            await district.Do(next, ClinicsPermissions.Counter, (one, at) => VisitActs.Leave(one, at, "走了"));
        }
        order.IndexOf(first.Number).ShouldBe(3, "three others go first");
        order.Distinct().Count().ShouldBe(6);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Another_vaccine_than_the_booked_one_takes_its_promise_along_and_back(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 5);
        await district.Stocked("HepB", 5);
        (await district.Book(540, district.Child(1))).Ok.ShouldBeTrue();
        await district.Morning();
        var visit = await district.Registered((await district.Of(district.Child(1)))!, "HepB");
        Promised().ShouldBe(["HepB 1", "IPV 0"]);
        visit = (await district.Get<VisitDesk>().TakeBack(MorningDistrict.Nurse, ClinicsPermissions.Counter,
            new ActAsked(visit.Id, visit.Version, ""), "选错"))
            .Value;
        (string.Join(' ', visit.Products), string.Join(' ', Promised())).ShouldBe(("IPV", "HepB 0 IPV 1"));

        List<string> Promised() => district.Store.Read(session =>
            session.Query<string>("select product || ' ' || promised from clinics_level order by product"));
    }
}
