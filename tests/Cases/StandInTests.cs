using Legwork.Cases.Acts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.StandIns;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

/// <summary>Cases while somebody is away: they move to whoever stands in, under both names, and come back.</summary>
public class StandInTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_was_assigned_by_name_is_the_stand_ins_for_the_term_and_comes_back_with_both_names_in_its_history(Engine engine)
    {
        using var office = new Away(engine);
        var opened = await office.Office.Open();
        await office.Office.Do(Office.Supervisor, opened.Id, new AssignCase(Office.Grid, office.Absent.Account));
        (await office.Office.Try(office.Deputy, opened.Id, new NoteOnCase("knocked"))).Refusal!.Code.ShouldBe("cases.out_of_scope");

        await office.Give(0, 2);
        await office.Office.Do(await office.Hat(), opened.Id, new NoteOnCase("knocked"));
        var told = office.Office.History(opened.Id)[^1];
        (told.ActorName, told.Actor, told.Unit).ShouldBe(("次仁（代 卓玛）", office.Deputy.Account, $"GridWorker@{Office.Grid}"));
        (await office.Office.Try(office.Deputy, opened.Id, new NoteOnCase("in the own name"))).Refusal!.Code.ShouldBe("cases.out_of_scope");
        office.Office.Clock.Now = office.Office.Clock.Now.AddDays(3);
        (await office.HatOrNone()).ShouldBeNull();
        (await office.Office.Try(office.Absent, opened.Id, new NoteOnCase("back again"))).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_stand_in_handled_neither_of_the_two_verifies_in_whatever_role(Engine engine)
    {
        using var office = new Away(engine);
        await office.Give(0, 2);
        var opened = await office.Office.Open();
        await office.Office.Do(await office.Hat(), opened.Id, new GiveAnswer("lives_here", Sample.Details(), ""));
        Actor Verifier(Actor one) => one with { Grants = [new Grant(Role.Supervisor, new Scope(Office.Street), DateOnly.MinValue, null)] };
        var third = Verifier(Office.Person("third")) with { For = (office.Absent.Account, "卓玛") };
        foreach (var same in new[] { Verifier(office.Deputy), Verifier(office.Absent), third })
            (await office.Office.Try(same, opened.Id, new VerifyAnswer(""))).Refusal!.Code.ShouldBe("cases.own_work");
        (await office.Office.Try(Office.Supervisor, opened.Id, new VerifyAnswer(""))).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_asked_for_a_pause_does_not_grant_it_in_anothers_name(Engine engine)
    {
        using var office = new Away(engine);
        var opened = await office.Office.Open();
        await office.Office.Do(office.Absent, opened.Id, new AskSupervisor(Request.Pause, "the family is away"));
        var inName = Office.Supervisor with { For = (office.Absent.Account, "卓玛") };
        (await office.Office.Try(inName, opened.Id, new PauseCase("granted"))).Refusal!.Code.ShouldBe("cases.own_request");
        (await office.Office.Try(Office.Supervisor, opened.Id, new PauseCase("granted"))).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_phone_kept_is_taken_in_the_name_in_which_it_was_given_though_the_term_ended_meanwhile(Engine engine)
    {
        using var office = new Away(engine);
        var (given, late) = (await office.Office.Open(), await office.Office.Open(Office.Asked(origin: "f2")));
        var term = await office.Give(0, 2);
        var atTheDoor = office.Office.Clock.Now;
        office.Office.Clock.Now = atTheDoor.AddHours(2);
        (await office.Desk.End(office.Absent, term)).Ok.ShouldBeTrue();
        var afterwards = office.Office.Clock.Now = atTheDoor.AddHours(5);

        var results = await office.Send(office.Item(given, atTheDoor, office.Absent), office.Item(late, afterwards, office.Absent));
        results.Select(result => result.Status).ShouldBe(["taken", "refused"]);
        results[1].Message.ShouldNotBeNullOrEmpty();
        office.Office.History(given.Id)[^1].ActorName.ShouldBe("次仁（代 卓玛）");
        (office.Office.Load(late.Id).State, office.Office.History(late.Id).Count).ShouldBe((CaseState.Open, 1));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_was_given_in_the_own_name_is_not_taken_in_anothers(Engine engine)
    {
        using var office = new Away(engine);
        var opened = await office.Office.Open(Office.Asked(place: Office.OtherGrid));
        await office.Give(0, 2);
        var hat = await office.Hat();
        var item = office.Item(opened, office.Office.Clock.Now, null);
        (await office.As(hat, item)).Single().Status.ShouldBe("taken");
        office.Office.History(opened.Id)[^1].ActorName.ShouldBe("次仁");
        (await office.As(office.Absent, item with { Key = Guid.NewGuid(), As = office.Deputy.Account })).Single().Status
            .ShouldBe("refused", "the absent one does not stand in for the deputy");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_phone_of_the_absent_one_tells_what_the_stand_in_has_done_meanwhile(Engine engine)
    {
        using var office = new Away(engine);
        var opened = await office.Office.Open();
        await office.Give(0, 2);
        await office.Office.Do(await office.Hat(), opened.Id, new GiveAnswer("lives_here", Sample.Details(), ""));
        var late = office.Item(opened, office.Office.Clock.Now.AddMinutes(-5), null) with
        { Answer = "moved_away", Details = Sample.Details(("text", "成都")) };
        (await office.As(office.Absent, late)).Single().Status.ShouldBe("contradicted");
        (office.Office.Load(opened.Id).Answer, office.Office.Load(opened.Id).AnsweredBy).ShouldBe(("lives_here", office.Deputy.Account));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_substitutes_answers_from_before_the_end_are_taken_and_both_names_stand_there(Engine engine)
    {
        using var office = new Away(engine);
        var (given, late) = (await office.Office.Open(), await office.Office.Open(Office.Asked(origin: "f2")));
        var (today, atTheDoor) = (new DateOnly(2026, 11, 2), office.Office.Clock.Now);
        (await office.Office.Substitutes.Give(Office.Supervisor, "absent", "deputy", "", today, today, "ill")).Ok.ShouldBeTrue();
        var substitution = (await office.Office.Substitutes.Current(Office.Supervisor, TestContext.Current.CancellationToken)).Single();
        office.Office.Clock.Now = atTheDoor.AddHours(1);
        await office.Office.Substitutes.End(Office.Supervisor, substitution.Id);
        office.Office.Clock.Now = atTheDoor.AddHours(2);

        (await office.Send(office.Item(given, atTheDoor, null), office.Item(late, office.Office.Clock.Now, null)))
            .Select(result => result.Status).ShouldBe(["taken", "refused"]);
        office.Office.History(given.Id)[^1].ActorName.ShouldBe("次仁（代 卓玛）");
        office.Office.Load(given.Id).Handlers.Select(handler => handler.Account).ShouldBe([office.Deputy.Account, office.Absent.Account]);
    }

    /// <summary>One worker who is away and one of another grid who stands in.</summary>
    private sealed class Away : IDisposable
    {
        public Away(Engine engine)
        {
            Office = new Office(engine);
            Desk = new StandInDesk(Office.Store, new AccessRules("540102", Demonstration: false), Office.Clock);
            (Absent, Deputy) = (Worker("absent", "卓玛", Office.Grid), Worker("deputy", "次仁", Office.OtherGrid));
        }

        public Office Office { get; }

        public StandInDesk Desk { get; }

        public Actor Absent { get; }

        public Actor Deputy { get; }

        public async Task<Guid> Give(int from, int until)
        {
            var today = Platform.Calendar.Today(Office.Clock);
            return (await Desk.Give(Absent, Absent.Account, new StandInAsked("deputy", today.AddDays(from), today.AddDays(until), "leave"))).Value;
        }

        public Task<Actor?> HatOrNone() => Office.Accounts.InNameOf(Deputy, Absent.Account, Office.Clock.Now);

        public async Task<Actor> Hat() => (await HatOrNone())!;

        public DayItem Item(Case @case, DateTimeOffset at, Actor? absent) => new(Guid.NewGuid(), @case.Id.ToString(), @case.Version, @case.Kind,
            "lives_here", Sample.Details(), null, at, null, null, absent?.Account);

        public Task<IReadOnlyList<DayResult>> Send(params DayItem[] items) => As(Deputy, items);

        public async Task<IReadOnlyList<DayResult>> As(Actor actor, params DayItem[] items) =>
            (await Office.Take.Take(actor, new DayAnswers(items), FakeSubjects.Texts())).Value.Results;

        private Actor Worker(string signIn, string name, string grid) => Office.Store.Write(session =>
        {
            var id = Office.Accounts.Create(session, signIn, name, "only-for-tests-1").Value;
            Office.Accounts.Give(session, id, Role.GridWorker, grid, new DateOnly(2026, 1, 1), null, Guid.Empty);
            return new Actor(id, name, signIn, [new Grant(Role.GridWorker, new Scope(grid), new DateOnly(2026, 1, 1), null)]);
        }).GetAwaiter().GetResult();

        public void Dispose() => Office.Dispose();
    }
}
