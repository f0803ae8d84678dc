using Legwork.Cases.Contracts;
using Legwork.People.Cases;
using Legwork.People.Contracts;
using Legwork.People.Findings;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class CaseOfFindingTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_person_registered_in_one_grid_and_living_in_another_is_asked_about_at_home(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tsering = district.FileOf("次仁");
        var line = (await district.Get<ICases>().Find([OpenCases.SubjectOf(tsering)], Over)).ShouldHaveSingleItem();
        line.Kind.ShouldBe("separated");
        line.Place.ShouldBe(MadeUp.JiriGrid);
        line.State.ShouldBe(CaseStates.Open);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_grid_that_is_split_takes_its_files_findings_and_workers_along_and_later_lists_that_name_it_are_understood(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tsering = district.FileOf("次仁");
        var accounts = district.Get<Accounts>();
        var worker = await district.Store.Write(session =>
        {
            var account = accounts.Create(session, "jiri", "吉日网格员", "only-for-tests-1").Value;
            accounts.Give(session, account, Role.GridWorker, MadeUp.JiriGrid, new DateOnly(2020, 1, 1), null, Guid.Empty);
            return account;
        });
        var places = district.Get<IPlaces>();
        var door = places.Book.Resolve(MadeUp.JiriDoor, null).Dwelling!.Value;
        (await places.Carry(places.Plan(new SplitGrid(MadeUp.JiriGrid, null, [door])).Value, SmallDistrict.Supervisor())).Ok.ShouldBeTrue();
        await district.Get<Relay>().DeliverAll();

        var now = places.Book.Find(door)!.Grid;
        now.ShouldNotBe(MadeUp.JiriGrid);
        async Task LiesThere(string when)
        {
            (await district.Get<ICases>().Find([OpenCases.SubjectOf(tsering)], Over)).ShouldHaveSingleItem().Place.ShouldBe(now, when);
            district.Store.Read(s => s.Single<string>("select lives from people_file where id = @tsering", new { tsering })).ShouldBe(now, when);
            district.Store.Read(s => s.Query<string>("select distinct place from people_finding where file = @tsering and state = 'open'",
                new { tsering })).ShouldBe([now], when);
            district.Store.Read(s => s.Scalar<long>("select count(*) from people_file where lives = @grid or registered = @grid",
                new { grid = MadeUp.JiriGrid })).ShouldBe(0, when);
        }
        await LiesThere("after the split");
        district.Store.Read(s => Accounts.GrantsOf(s, worker)).Select(grant => grant.Scope.Code).ShouldBe(places.HeirsOf(MadeUp.JiriGrid));
        await district.TakeNext("202611", MadeUp.JiriDoor);
        await LiesThere("after the lists of the next month, which still name the old grid");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Later_lists_that_answer_the_question_withdraw_the_case(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tsering = district.FileOf("次仁");
        MadeUp.Write(district.In("202611"), "202611", ledgerOfTsering: MadeUp.BakuoDoor);
        await district.Take("202611");
        (await district.Get<ICases>().Find([OpenCases.SubjectOf(tsering)], Over)).ShouldHaveSingleItem().State.ShouldBe(CaseStates.Withdrawn);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_verified_result_becomes_part_of_the_file_and_closes_the_finding(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tsering = district.FileOf("次仁");
        var line = (await district.Get<ICases>().Find([OpenCases.SubjectOf(tsering)], Over)).Single();
        var result = new CaseResult(line.Id, line.Kind, line.Subject, line.Origin, line.Place, CaseStates.Closed, "lives_here", CaseResults.LivesHere,
            new Dictionary<string, string>(), ["signature"], Guid.NewGuid(), Guid.NewGuid(), 5, district.Clock.GetUtcNow());
        await district.Store.Write(session => district.Get<Outbox>().Tell(session, CaseEvents.Closed, line.Subject, result));
        await district.Get<Relay>().DeliverAll();

        district.Store.Read(s => s.Single<string>("select state from people_finding where case_id = @Id", line)).ShouldBe("answered");
        district.Store.Read(s => s.Single<string>("select field || ' ' || value || ' ' || source from people_statement"))
            .ShouldBe($"lives_in {MadeUp.JiriGrid} case");
        district.Store.Read(s => s.Scalar<long>("select count(*) from people_record where source = '参保人员' and ended_by is not null"))
            .ShouldBe(0, "nobody loses insurance by a result alone");
        await district.Take("202610");
        district.Store.Read(s => s.Single<string>("select state from people_finding where case_id = @Id", line))
            .ShouldBe("answered", "the same lists do not ask again");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_promise_to_insure_leaves_the_finding_open_until_the_roll_shows_the_person(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tenzin = district.FileOf("丹增");
        var cases = district.Get<ICases>();
        var line = (await cases.Find([OpenCases.SubjectOf(tenzin)], Over)).Single(one => one.Kind == "student_uninsured");
        string State() => district.Store.Read(s => s.Single<string>("select state from people_finding where case_id = @Id", line));
        await Promise(district, line, "2027-01-11");
        State().ShouldBe("open", "nobody is insured by a promise");
        district.Store.Read(s => s.Single<string>("select value from people_statement where field = 'insurance_intent'"))
            .ShouldBe("will_insure 2027-01-11");

        await district.TakeNext("202611", MadeUp.JiriDoor);
        State().ShouldBe("open", "the roll is silent");
        (await cases.Find([OpenCases.SubjectOf(tenzin)], Over)).Count(one => one.Kind == "student_uninsured").ShouldBe(1, "nobody is asked twice");

        MadeUp.Write(district.In("202612"), "202612", tenzinIsInsured: true);
        File.Delete(Path.Combine(district.In("202612"), "在校学生_2026秋.csv"));
        await district.Take("202612");
        State().ShouldBe("gone", "the roll says so");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task When_a_promise_ran_out_and_no_roll_shows_the_person_somebody_is_asked_again_once(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (tenzin, cases, ask) = (district.FileOf("丹增"), district.Get<ICases>(), district.Get<AskAfterPromises>());
        async Task<List<CaseLine>> Asked() =>
            [.. (await cases.Find([OpenCases.SubjectOf(tenzin)], Over)).Where(one => one.Kind == "student_uninsured")];
        var first = (await Asked()).ShouldHaveSingleItem();
        (await ask.Run(Over)).ShouldBe(0, "nothing was promised");
        await Promise(district, first, "2027-01-11");

        district.Clock.Advance(new DateTimeOffset(2027, 1, 11, 23, 59, 0, TimeSpan.FromHours(8)) - district.Clock.GetUtcNow());
        (await ask.Run(Over)).ShouldBe(0, "the promised day is not over");
        district.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ask.Run(Over)).ShouldBe(1);
        var second = (await Asked()).Single(one => one.Id != first.Id);
        (second.State, second.Place).ShouldBe((CaseStates.Open, first.Place));
        (await ask.Run(Over)).ShouldBe(0, "whoever asks already is not asked to ask");
        (await Asked()).Count.ShouldBe(2);

        await Promise(district, second, "2027-02-28");
        district.Clock.Advance(TimeSpan.FromDays(30));
        (await ask.Run(Over)).ShouldBe(0, "the second promise runs");
        MadeUp.Write(district.In("202612"), "202612", tenzinIsInsured: true);
        File.Delete(Path.Combine(district.In("202612"), "在校学生_2026秋.csv"));
        await district.Take("202612");
        district.Clock.Advance(TimeSpan.FromDays(60));
        (await ask.Run(Over)).ShouldBe(0, "the roll shows the person: the promise was kept");
        (await Asked()).Count.ShouldBe(2);
    }

    /// <summary>The case is closed with a promise.</summary>
    private static async Task Promise(SmallDistrict district, CaseLine line, string by)
    {
        var promised = new CaseResult(line.Id, line.Kind, line.Subject, line.Origin, line.Place, CaseStates.Closed, "will_insure",
            CaseResults.WillInsure, new Dictionary<string, string> { ["by_date"] = by }, [], Guid.NewGuid(), Guid.NewGuid(), 5,
            district.Clock.GetUtcNow());
        await district.Store.Write(session =>
        {
            session.Execute("update cases_case set state = 'closed', result = 'will_insure', closed_at = @At where id = @Value",
                new { promised.At, line.Id.Value });
            district.Get<Outbox>().Tell(session, CaseEvents.Closed, line.Subject, promised);
        });
        await district.Get<Relay>().DeliverAll();
    }
}
