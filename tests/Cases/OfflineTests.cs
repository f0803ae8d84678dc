using Legwork.Cases.Acts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Places.Contracts;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

/// <summary>Answers that a telephone kept while it was without network.</summary>
public class OfflineTests
{
    private const string Png =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_answer_sent_twice_is_taken_once_and_keeps_the_hour_at_which_it_was_given(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var item = Item(opened, "lives_here",
            office.Clock.Now.AddHours(-3)) with
        { Evidence = [new DayEvidence("signature", Png), new DayEvidence("typed_name", "扎西")] };
        (await Send(office, item, item)).Select(result => result.Status).ShouldBe(["taken", "already"]);
        (await Send(office, item)).Single().Status.ShouldBe("already");
        var history = office.History(opened.Id);
        history.Select(line => line.Act).ShouldBe(["opened", "evidence_added", "evidence_added", "answered"]);
        (history[^1].At, history[^1].DoneAt).ShouldBe((office.Clock.Now, office.Clock.Now.AddHours(-3)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_answer_that_meets_another_is_kept_as_contradicted_and_overwrites_nothing(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var late = Item(opened, "moved_away", office.Clock.Now) with { Details = Sample.Details(("text", "成都")), Note = "邻居说的" };
        var colleague = Office.Person("colleague", (Platform.Access.Role.GridWorker, Office.Grid));
        await office.Do(colleague, opened.Id, new GiveAnswer("lives_here", Sample.Details(), ""));

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var result = (await Send(office, late)).Single();
            (result.Status, result.Message!).ShouldBe(("contradicted", "该事项已有新进展（待核实），您的答复已记入经过，未作为结果。"));
        }
        (office.Load(opened.Id).Answer, office.Load(opened.Id).State).ShouldBe(("lives_here", CaseState.Answered));
        office.History(opened.Id).Where(line => line.Act == "noted").Select(line => line.Note).ShouldBe(["离线答复，未采用：已迁到外地。 邻居说的"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_same_answer_by_someone_else_is_no_contradiction_and_a_harmless_change_none_either(Engine engine)
    {
        using var office = new Office(engine);
        var (same, harmless) = (await office.Open(), await office.Open(Office.Asked(origin: "f2")));
        var colleague = Office.Person("colleague", (Platform.Access.Role.GridWorker, Office.Grid));
        await office.Do(colleague, same.Id, new GiveAnswer("lives_here", Sample.Details(), ""));
        await office.Do(Office.Supervisor, harmless.Id, new ExtendDue(new DateOnly(2026, 12, 15), "snow"), new NoteOnCase("the road is closed"));
        (await Send(office, Item(same, "lives_here", office.Clock.Now), Item(harmless, "lives_here", office.Clock.Now)))
            .Select(result => result.Status).ShouldBe(["already", "taken"]);
        office.Load(harmless.Id).AnsweredBy.ShouldBe(Office.Worker.Account);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_was_sent_is_taken_back_once_on_its_own_day_and_answered_again(Engine engine)
    {
        using var office = new Office(engine);
        var (opened, then) = (await office.Open(), office.Clock.Now);
        (await Send(office, Item(opened, "take_back", then))).Single().Status.ShouldBe("refused", "nothing was sent yet");
        await Send(office, Item(opened, "lives_here", then));
        var (back, again) = (Item(opened, "take_back", then), Item(opened, "moved_away", then) with { Details = Sample.Details(("text", "成都")) });
        (await Send(office, back, back, again)).Select(result => result.Status).ShouldBe(["taken", "already", "taken"]);
        office.History(opened.Id).Select(line => line.Act).ShouldBe(["opened", "answered", "taken_back", "answered"]);
        office.Load(opened.Id).Answer.ShouldBe("moved_away");

        office.Clock.NextDay();
        (await Send(office, Item(opened, "take_back", office.Clock.Now))).Single().Status.ShouldBe("refused", "that day is over");
        (await Send(office, Item(opened, "take_back", then))).Single().Status.ShouldBe("taken", "it was asked for while the day was open");
        office.Load(opened.Id).State.ShouldBe(CaseState.Open);
        var colleague = Office.Person("colleague", (Platform.Access.Role.GridWorker, Office.Grid));
        await office.Do(colleague, opened.Id, new GiveAnswer("lives_here", Sample.Details(), ""));
        (await Send(office, Item(opened, "take_back", office.Clock.Now))).Single().Status
            .ShouldBe("refused", "a colleague's answer is not one's own");
        office.Load(opened.Id).Answer.ShouldBe("lives_here");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_call_without_network_is_taken_with_how_it_ended_or_with_its_answer(Engine engine)
    {
        using var office = new Office(engine);
        var (busy, told) = (await office.Open(Office.Asked(reachable: true)), await office.Open(Office.Asked(origin: "f2", reachable: true)));
        var miss = Item(busy, "busy", office.Clock.Now.AddHours(-1)) with { Question = null, Attempt = new DayAttempt("2026-11-03T09:00") };
        (await Send(office, miss, Item(told, "lives_here", office.Clock.Now), miss)).Select(result => result.Status)
            .ShouldBe(["taken", "taken", "already"]);
        office.History(busy.Id).Select(line => line.Act).ShouldBe(["opened", "called"]);
        office.Load(busy.Id).NextAt.ShouldBe(new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.FromHours(8)));
        (office.Load(told.Id).State, office.Load(told.Id).Stage).ShouldBe((CaseState.Answered, Stage.Call));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_closed_door_on_a_past_day_counts_for_that_day(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        office.Clock.Now = office.Clock.Now.AddDays(2);
        var doors = Enumerable.Range(0, 3)
            .Select(day => Item(opened, "not_home", office.Clock.Now.AddDays(day - 2)) with { Question = null, Attempt = new DayAttempt(null) })
            .ToArray();
        (await Send(office, doors)).ShouldAllBe(result => result.Status == "taken");
        office.Load(opened.Id).Misses.ShouldBe(new Misses(0, 3, 3, new DateOnly(2026, 11, 4)));
        // A clock that runs ahead counts for today and not for a day to come.
        await Send(office, Item(opened, "not_home", office.Clock.Now.AddDays(9)) with { Attempt = new DayAttempt(null) });
        office.Load(opened.Id).Misses.LastDay.ShouldBe(new DateOnly(2026, 11, 4));
    }

    [Theory]
    [InlineData("nobody_lives_here", "此答复所需的证据还不够。")]
    [InlineData("no_such_answer", "请选择一个答复。")]
    public async Task What_cannot_be_taken_is_refused_in_the_workers_language_and_leaves_nothing(string answer, string message)
    {
        using var office = new Office(Engine.Sqlite);
        var opened = await office.Open();
        var results = await Send(office, Item(opened, answer, office.Clock.Now) with { Evidence = [new DayEvidence("photo", Png)] },
            Item(opened, "lives_here", office.Clock.Now) with { CaseId = "no id" },
            Item(opened, "lives_here", office.Clock.Now) with { Evidence = [new DayEvidence("photo", "data:;base64,AAAA")] });
        results.ShouldAllBe(result => result.Status == "refused");
        results[0].Message.ShouldBe(message);
        office.History(opened.Id).Count.ShouldBe(1);
        (await office.Take.Take(Office.OtherWorker,
            new DayAnswers([Item(opened, "lives_here", office.Clock.Now)]), FakeSubjects.Texts()))
            .Value.Results.Single().Status.ShouldBe("refused");
        (await office.Take.Take(Office.Worker,
            new DayAnswers([.. Enumerable.Repeat(Item(opened, "lives_here", office.Clock.Now), 11)]), FakeSubjects.Texts()))
            .Refusal!.Code.ShouldBe("cases.too_many");
    }

    private static DayItem Item(Case @case, string answer, DateTimeOffset at) => new(Guid.NewGuid(), @case.Id.ToString(), @case.Version,
        @case.Kind, answer, null, null, at, null, null);

    private static async Task<IReadOnlyList<DayResult>> Send(Office office, params DayItem[] items) =>
        (await office.Take.Take(Office.Worker,
            new DayAnswers(items), FakeSubjects.Texts())).Value.Results;
}
