using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.People.Findings;
using Legwork.People.Matching;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>One file after an act and the district after lists are judged alike; what was answered and says something else is asked again.</summary>
public class OnePathTests
{
    public static TheoryData<Engine, bool> Paths => new()
    {
        { Engine.Sqlite, true }, { Engine.Sqlite, false }, { Engine.Postgres, true }, { Engine.Postgres, false },
    };

    [Theory, MemberData(nameof(Paths))]
    public async Task What_was_answered_and_says_something_else_now_is_asked_again(Engine engine, bool wholeDistrict)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (tsering, answered) = await Answered(district);
        await Renew(district, tsering, wholeDistrict);
        State(district, tsering).ShouldBe("answered", "the same facts do not ask again");

        await district.Store.Write(session => session.Execute(
            "update people_finding set args = replace(args, '吉日街道', '冲赛康街道') where file = @tsering", new { tsering }));
        await Renew(district, tsering, wholeDistrict);
        var asked = (await Cases(district, tsering)).Where(line => line.State == CaseStates.Open).ShouldHaveSingleItem();
        asked.Id.ShouldNotBe(answered, "the old answer was to another question, and its case stays as it was");
        State(district, tsering).ShouldBe("open");
        district.Store.Read(session => session.Single<CaseId>("select case_id from people_finding where file = @tsering", new { tsering }))
            .ShouldBe(asked.Id);

        await Renew(district, tsering, wholeDistrict);
        (await Cases(district, tsering)).Count.ShouldBe(2, "asked once");
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task What_was_gone_and_is_found_again_has_the_answer_that_was_given_lately(Engine engine, bool wholeDistrict)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (tsering, _) = await Answered(district);
        await district.Store.Write(session => session.Execute("update people_finding set state = 'gone' where file = @tsering", new { tsering }));
        await Renew(district, tsering, wholeDistrict);
        State(district, tsering).ShouldBe("answered");
        (await Cases(district, tsering)).ShouldHaveSingleItem().State.ShouldBe(CaseStates.Closed);

        await district.Store.Write(session => session.Execute("update people_finding set state = 'gone' where file = @tsering", new { tsering }));
        district.Clock.Advance(TimeSpan.FromDays(800));
        await Renew(district, tsering, wholeDistrict);
        State(district, tsering).ShouldBe("open");
        (await Cases(district, tsering)).Count.ShouldBe(2, "an old answer does not stand for ever");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_result_that_is_older_than_the_last_thing_heard_of_its_case_is_ignored(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (tsering, _) = await Answered(district);
        var line = (await Cases(district, tsering)).Single();
        await Tell(district, CaseEvents.Reopened, line, 6, "");
        State(district, tsering).ShouldBe("open");
        Holding(district).ShouldBeEmpty("what the closing had stated holds no longer");
        foreach (var version in new[] { 4, 5, 6 }) await Tell(district, CaseEvents.Closed, line, version, CaseResults.MovedAway);
        State(district, tsering).ShouldBe("open");
        Statements(district).ShouldBe(["lives_in"], "what came late says nothing any more");
        await Tell(district, CaseEvents.Closed, line, 7, CaseResults.MovedAway);
        State(district, tsering).ShouldBe("answered");
        Statements(district).ShouldBe(["lives_in", "residence_state"]);
        Holding(district).ShouldBe(["residence_state"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_file_after_the_other_and_the_whole_district_come_to_the_same(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        await StateSomething(district);
        for (var seed = 1; seed <= 12; seed++)
        {
            var oneByOne = await Undone(district.Store, session =>
            {
                Disturb(session, new Random(seed), district.Clock.GetUtcNow());
                district.Get<RenewFiles>().Run(session, session.Query<PersonId>("select id from people_file order by id"));
                return Shown(session);
            });
            await district.Store.Write(session => Disturb(session, new Random(seed), district.Clock.GetUtcNow()));
            var disturbed = district.Store.Read(Shown);
            await district.Get<UpdateFiles>().Run();
            district.Store.Read(Shown).ShouldBe(oneByOne, $"seed {seed}");
            oneByOne.ShouldNotBe(disturbed, "something had to be put right");
            district.Clock.Advance(TimeSpan.FromDays(40));
        }
    }

    /// <summary>Leaves files and findings as some earlier state of the lists and of the answers might have left them.</summary>
    private static void Disturb(Session session, Random dice, DateTimeOffset now)
    {
        foreach (var (id, @case) in session.Query<AskedAbout>("select id, case_id from people_finding order by kind, file, opened_at"))
        {
            var change = dice.Next(7) switch
            {
                0 => "delete from people_finding where id = @id",
                1 => "update people_finding set state = 'gone', closed_at = 1 where id = @id",
                2 => "update people_finding set state = 'answered', closed_at = 1 where id = @id and state = 'open'",
                3 => "update people_finding set state = 'answered', args = replace(args, '街道', '镇') where id = @id and state = 'open'",
                4 => "update people_finding set args = replace(args, '\"19', '\"18') where id = @id",
                5 => "update people_finding set row = row + 3 where id = @id",
                _ => "",
            };
            if (change.Length > 0) session.Execute(change, new { id });
            if (dice.Next(2) == 0)
                session.Execute("update cases_case set state = 'closed', closed_at = @now where id = @case and state = 'open'", new { @case, now });
        }
        foreach (var file in session.Query<PersonId>("select id from people_file order by id"))
        {
            if (dice.Next(3) == 0) session.Execute("update people_file set name = 'x', lives = '', digest = '' where id = @file", new { file });
            if (dice.Next(3) == 0) session.Execute("delete from people_alias where file = @file", new { file });
            if (dice.Next(4) == 0) session.Execute("update people_file set state = 'merged' where id = @file", new { file });
        }
    }

    /// <summary>All that a reader sees of files, findings and cases; ids of new findings and who closed one differ.</summary>
    private static List<string> Shown(Session session) =>
    [
        .. new[]
        {
            "kind || ' ' || cast(file as text) || ' ' || source || cast(row as text) || ' ' || args || ' ' || state || ' ' || "
                + "place from people_finding",
            "'case ' || kind || ' ' || subject || ' ' || state || ' ' || place from cases_case",
            "cast(id as text) || ' ' || state || ' ' || name || ' ' || birth || ' ' || lives || ' ' || dwelling || ' ' || digest from people_file",
            "name || ' ' || cast(file as text) from people_alias",
        }.SelectMany(line => session.Query<string>("select " + line)).Order(StringComparer.Ordinal),
    ];

    private static async Task<T> Undone<T>(Store store, Func<Session, T> act)
    {
        var seen = default(T);
        await Should.ThrowAsync<OperationCanceledException>(store.Write<int>(session =>
        {
            seen = act(session);
            throw new OperationCanceledException();
        }));
        return seen!;
    }

    private static async Task<(PersonId File, CaseId Case)> Answered(SmallDistrict district)
    {
        var tsering = district.FileOf("次仁");
        var line = (await Cases(district, tsering)).ShouldHaveSingleItem();
        await district.Store.Write(session => session.Execute(
            "update cases_case set state = 'closed', result = 'lives_here', closed_at = @now where id = @Value",
            new { line.Id.Value, now = district.Clock.GetUtcNow() }));
        await Tell(district, CaseEvents.Closed, line, 5, CaseResults.LivesHere);
        State(district, tsering).ShouldBe("answered");
        return (tsering, line.Id);
    }

    private static async Task Tell(SmallDistrict district, string kind, CaseLine line, long version, string result)
    {
        var told = new CaseResult(line.Id, line.Kind, line.Subject, line.Origin, line.Place, CaseStates.Closed, result, result,
            new Dictionary<string, string>(), [], Guid.NewGuid(), Guid.NewGuid(), version, district.Clock.GetUtcNow());
        await district.Store.Write(session => district.Get<Outbox>().Tell(session, kind, line.Subject, told));
        await district.Get<Relay>().DeliverAll();
    }

    private static async Task StateSomething(SmallDistrict district)
    {
        var file = district.FileOf("卓玛");
        await district.Store.Write(session => district.Get<StateValue>().Keep(session,
            session.Scalar<long>("select min(lineage) from people_member where file = @file", new { file }),
            new Stating("name", "", "certificate", "", ""), "白玛卓玛", "clerk", SmallDistrict.Clerk(), district.Clock.GetUtcNow()));
    }

    private static Task Renew(SmallDistrict district, PersonId file, bool wholeDistrict) => wholeDistrict
        ? district.Get<UpdateFiles>().Run()
        : district.Store.Write(session => district.Get<RenewFiles>().Run(session, file));

    private static Task<IReadOnlyList<CaseLine>> Cases(SmallDistrict district, PersonId file) =>
        district.Get<ICases>().Find([OpenCases.SubjectOf(file)], TestContext.Current.CancellationToken);

    private static string State(SmallDistrict district, PersonId file) =>
        district.Store.Read(session => session.Single<string>("select state from people_finding where file = @file", new { file }));

    private static List<string> Statements(SmallDistrict district) =>
        district.Store.Read(session => session.Query<string>("select field from people_statement order by id"));

    private static List<string> Holding(SmallDistrict district) => district.Store.Read(session =>
        session.Query<string>("select field from people_statement where withdrawn_at is null order by id"));

    private sealed record AskedAbout(Guid Id, Guid? CaseId);
}
