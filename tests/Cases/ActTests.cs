using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Tests;

/// <summary>What each act decides, without a storage.</summary>
public class ActTests
{
    private static readonly Setting Worker = Sample.Setting(Role.GridWorker);
    private static readonly Setting Supervisor = Sample.Setting(Role.Supervisor, name: "supervisor");

    [Fact]
    public void A_visit_comes_after_the_call_and_not_before()
    {
        new RecordVisit(VisitOutcome.NotHome, null, "").On(Sample.Of(CaseState.Open), Worker).Refusal!.Code.ShouldBe("cases.call_first");
        new RecordCall(CallOutcome.Busy, null, "").On(Sample.Of(CaseState.Open, stage: Stage.Visit), Worker).Refusal!.Code.ShouldBe("cases.stage");
    }

    [Fact]
    public void After_the_last_call_or_a_wrong_number_the_case_goes_to_the_door()
    {
        var called = Sample.Of(CaseState.Open);
        for (var i = 1; i <= 3; i++)
        {
            called.Stage.ShouldBe(Stage.Call);
            called = new RecordCall(CallOutcome.NoAnswer, null, "").On(called, Worker).Value.After;
        }
        called.Stage.ShouldBe(Stage.Visit);
        called.NextAt.ShouldBeNull();

        new RecordCall(CallOutcome.WrongNumber, null, "").On(Sample.Of(CaseState.Open), Worker).Value.After.Stage.ShouldBe(Stage.Visit);
        var promised = new RecordCall(CallOutcome.CallBack, Sample.Now.AddHours(2), "").On(Sample.Of(CaseState.Open), Worker).Value.After;
        (promised.Stage, promised.Misses, promised.NextAt).ShouldBe((Stage.Call, Misses.None, Sample.Now.AddHours(2)));
    }

    [Fact]
    public void Without_a_telephone_number_the_call_is_passed_over()
    {
        var rules = Office.TheRules["dup_file"];
        var opened = Opening.Decide(Office.Asked("empty_registration", reachable: false), Office.TheRules["empty_registration"],
            Office.TheCalendar, Sample.Now).Value.After;
        opened.Stage.ShouldBe(Stage.Visit);
        var unclear = Sample.Of(CaseState.Open, "dup_file", Stage.Match) with { Reachable = false };
        new GiveAnswer("call_instead", Sample.Details(), "")
            .On(unclear, Sample.Setting(Role.Clerk, "dup_file")).Value.After.Stage.ShouldBe(Stage.Visit);
        rules.FirstStage(reachable: false).ShouldBe(Stage.Match);
    }

    [Fact]
    public void The_next_try_is_in_the_future_and_before_the_case_is_due()
    {
        var visit = Sample.Of(CaseState.Open, stage: Stage.Visit);
        new RecordVisit(VisitOutcome.NotHome, Sample.Now, "").On(visit, Worker).Refusal!.Code.ShouldBe("cases.next_past");
        new RecordVisit(VisitOutcome.NotHome, visit.DueAt.AddMinutes(1), "").On(visit, Worker).Refusal!.Code.ShouldBe("cases.next_late");
        // The rules say two working days: Monday's next try is on Wednesday.
        var next = new RecordVisit(VisitOutcome.NotHome, null, "").On(visit, Worker).Value.After.NextAt;
        next.ShouldBe(new DateTimeOffset(2026, 11, 4, 0, 0, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void The_last_try_that_the_rules_ask_for_sets_no_further_one()
    {
        // attempts_max of a visit is 3.
        var visit = Sample.Of(CaseState.Open, stage: Stage.Visit);
        var set = new List<bool>();
        for (var i = 0; i < 3; i++)
        {
            visit = new RecordVisit(VisitOutcome.NotHome, null, "").On(visit, Worker).Value.After;
            set.Add(visit.NextAt is not null);
        }
        set.ShouldBe([true, true, false]);
    }

    [Fact]
    public void Tries_count_as_evidence_only_on_three_different_days_and_at_the_door()
    {
        var kind = Office.TheRules["empty_registration"];
        var visit = Sample.Of(CaseState.Open, stage: Stage.Visit);
        for (var i = 0; i < 5; i++) visit = new RecordVisit(VisitOutcome.NotHome, null, "").On(visit, Worker).Value.After;
        visit.EvidenceHeld(kind).ShouldBeEmpty();
        for (var day = 1; day <= 2; day++)
            visit = new RecordVisit(VisitOutcome.NotHome, null, "").On(visit,
                Sample.Setting(Role.GridWorker, now: Sample.Now.AddDays(day))).Value.After;
        visit.EvidenceHeld(kind).ShouldBe([EvidenceKind.Attempts]);

        var onlyCalled = Sample.Of(CaseState.Open) with { Misses = new Misses(Calls: 9, Visits: 1, Days: 9, LastDay: null) };
        onlyCalled.EvidenceHeld(kind).ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_registration_takes_two_kinds_of_evidence_and_two_of_one_kind_are_one()
    {
        var visit = Sample.Of(CaseState.Open, stage: Stage.Visit) with { Evidence = [EvidenceKind.Photo, EvidenceKind.Photo] };
        var nobody = new GiveAnswer("nobody_lives_here", Sample.Details(), "");
        nobody.On(visit, Worker).Refusal!.Code.ShouldBe("cases.evidence");

        var answered = nobody.On(visit with { Evidence = [EvidenceKind.Photo, EvidenceKind.Signature] }, Worker).Value.After;
        (answered.State, answered.Result).ShouldBe((CaseState.Answered, CaseResults.EmptyConfirmed));
        new VerifyAnswer("").On(answered, Sample.Setting(Role.Clerk, name: "clerk")).Refusal!.Code.ShouldBe("cases.verifier");
        new VerifyAnswer("").On(answered, Supervisor).Value.After.State.ShouldBe(CaseState.Closed);
    }

    [Fact]
    public void Nobody_verifies_own_work_neither_in_person_nor_for_the_same_unit()
    {
        var answered = Sample.Of(CaseState.Answered) with
        {
            Handlers = [new Handler(Supervisor.Worker.Account, "Clerk@elsewhere"), new Handler(Guid.NewGuid(), "Supervisor@unit")]
        };
        new VerifyAnswer("").On(answered, Supervisor).Refusal!.Code.ShouldBe("cases.own_work");
        new SendBack("once more").On(answered, Supervisor).Refusal!.Code.ShouldBe("cases.own_work");
        var colleague = Sample.Setting(Role.Supervisor, name: "colleague");
        new VerifyAnswer("").On(answered,
            colleague with { Worker = colleague.Worker with { Unit = "Supervisor@unit" } }).Refusal!.Code.ShouldBe("cases.own_work");
        new VerifyAnswer("").On(answered, colleague).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Whoever_handled_a_case_stays_a_handler_after_it_was_sent_back_or_reopened()
    {
        var answered = Sample.Of(CaseState.Answered) with { Details = Sample.Details(("date", "2019-05")) };
        var back = new SendBack("who said so?").On(answered, Supervisor).Value.After;
        (back.State, back.Reworks, back.Answer, back.Result, back.AnsweredBy).ShouldBe((CaseState.Open, 1, "", "", Guid.Empty));
        back.Details.ShouldBeEmpty("what belonged to the answer goes with it");
        back.Handlers.ShouldBe(answered.Handlers);
        var closed = Sample.Of(CaseState.Closed) with { DueAt = Sample.Now.AddDays(-40), FirstDueAt = Sample.Now.AddDays(-50) };
        var again = new ReopenCase("it was wrong").On(closed, Supervisor).Value.After;
        (again.DueAt > Sample.Now, again.FirstDueAt).ShouldBe((true, again.DueAt), "a new clock, from which an extension is counted anew");
        again.Handlers.ShouldBe(answered.Handlers);
        again.ClosedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("lives_here", "", "", null)]
    [InlineData("lives_here", "date", "2019-05", null)]
    [InlineData("lives_here", "date", "2999", "cases.detail_date")]
    [InlineData("moved_away", "", "", "cases.detail_missing")]
    [InlineData("moved_away", "text", "四川", null)]
    [InlineData("lives_elsewhere_in_district", "place", "nowhere", "cases.detail_place")]
    [InlineData("no_such_answer", "", "", "cases.answer")]
    [InlineData("nobody_lives_here", "", "", "cases.answer_stage")] // cannot be known by telephone
    public void An_answer_carries_the_details_its_rule_asks_for(string answer, string detail, string value, string? refusal) =>
        (new GiveAnswer(answer, detail == "" ? Sample.Details() : Sample.Details((detail, value)), "")
            .On(Sample.Of(CaseState.Open), Worker).Refusal?.Code).ShouldBe(refusal);

    [Fact]
    public void A_number_read_from_a_card_must_pass_its_check_digit()
    {
        var visit = Sample.Of(CaseState.Open, "number_typo", Stage.Visit) with { Evidence = [EvidenceKind.Photo] };
        var setting = Sample.Setting(Role.GridWorker, "number_typo");
        new GiveAnswer("number_corrected", Sample.Details(("number", "540102199003070019")), "")
            .On(visit, setting).Refusal!.Code.ShouldBe("cases.detail_number");
        new GiveAnswer("number_corrected", Sample.Details(("number", "540102199003070018")), "")
            .On(visit, setting).Value.After.Details["number"].ShouldBe("540102199003070018");
    }

    [Fact]
    public void A_person_who_lives_in_another_grid_is_asked_there_and_not_here()
    {
        var moved = new GiveAnswer("lives_elsewhere_in_district", Sample.Details(("place", Office.FarGrid)), "")
            .On(Sample.Of(CaseState.Open), Worker).Value;
        (moved.After.Place, moved.After.State, moved.After.Result).ShouldBe((Office.FarGrid, CaseState.Open, ""));
        moved.Events.ShouldBe([CaseEvents.HandedOver]);
        var street = new GiveAnswer("lives_elsewhere_in_district", Sample.Details(("place", "540102008")), "")
            .On(Sample.Of(CaseState.Open), Worker).Value.After;
        street.State.ShouldBe(CaseState.Unassigned);
    }

    [Fact]
    public void The_stage_says_which_role_acts()
    {
        var clerk = Sample.Setting(Role.Clerk);
        new RecordVisit(VisitOutcome.NotHome, null, "")
            .On(Sample.Of(CaseState.Open, stage: Stage.Visit), clerk).Refusal!.Code.ShouldBe("cases.stage_role");
        var papers = Sample.Of(CaseState.Open, "dup_file", Stage.Match);
        new GiveAnswer("two_persons", Sample.Details(), "")
            .On(papers, Sample.Setting(Role.GridWorker, "dup_file")).Refusal!.Code.ShouldBe("cases.stage_role");
        new GiveAnswer("two_persons", Sample.Details(), "").On(papers, Sample.Setting(Role.Clerk, "dup_file")).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_pause_takes_someone_else_than_who_asked_and_gives_back_the_time_that_was_left()
    {
        var asked = new AskSupervisor(Request.Pause, "the family is on pilgrimage").On(Sample.Of(CaseState.Open), Supervisor).Value.After;
        new PauseCase("as asked").On(asked, Supervisor).Refusal!.Code.ShouldBe("cases.own_request");
        var other = Sample.Setting(Role.Supervisor, name: "another supervisor");
        var paused = new PauseCase("as asked").On(asked, other).Value.After;
        (paused.State, paused.Asked, paused.DueAt).ShouldBe((CaseState.Paused, null, asked.DueAt));
        paused.IsOverdue(paused.DueAt.AddDays(9)).ShouldBeFalse();
        var resumed = new ResumeCase("they are back").On(paused, other with { Now = Sample.Now.AddDays(7) }).Value.After;
        Office.TheCalendar.WorkingDaysBetween(Office.TheCalendar.DayOf(paused.DueAt), Office.TheCalendar.DayOf(resumed.DueAt)).ShouldBe(5);
        resumed.FirstDueAt.ShouldBe(asked.FirstDueAt);
    }

    [Fact]
    public void An_extension_moves_the_due_day_and_keeps_the_first_one()
    {
        var open = Sample.Of(CaseState.Open);
        var day = Office.TheCalendar.DayOf(open.DueAt);
        new ExtendDue(day, "snow").On(open, Supervisor).Refusal!.Code.ShouldBe("cases.due_earlier");
        new ExtendDue(day.AddDays(400), "snow").On(open, Supervisor).Refusal!.Code.ShouldBe("cases.due_late");
        new ExtendDue(day.AddDays(10), " ").On(open, Supervisor).Refusal!.Code.ShouldBe("cases.reason");
        var extended = new ExtendDue(day.AddDays(10), "snow").On(open, Supervisor).Value.After;
        Office.TheCalendar.DayOf(extended.DueAt).ShouldBe(day.AddDays(10));
        extended.FirstDueAt.ShouldBe(open.FirstDueAt);
        var own = open with { Handlers = [new Handler(Supervisor.Worker.Account, "GridWorker@x")] };
        new ExtendDue(day.AddDays(10), "snow").On(own, Supervisor).Refusal!.Code.ShouldBe("cases.own_request");
    }

    [Fact]
    public void A_returned_case_waits_for_the_supervisor_and_goes_nowhere_by_itself()
    {
        var returned = new ReturnCase("not my grid").On(Sample.Of(CaseState.Open) with { AssignedTo = Guid.NewGuid() }, Worker).Value.After;
        (returned.State, returned.AssignedTo, returned.Place).ShouldBe((CaseState.Unassigned, Guid.Empty, Office.Grid));
        new ReturnCase(" ").On(Sample.Of(CaseState.Open), Worker).Refusal!.Code.ShouldBe("cases.reason");
        new AssignCase("540102006", Guid.Empty).On(returned, Supervisor).Refusal!.Code.ShouldBe("cases.place");
        new AssignCase(Office.Grid, Guid.Empty).On(returned, Supervisor).Value.After.State.ShouldBe(CaseState.Open);
    }

    [Fact]
    public void A_case_holds_only_so_much_evidence_and_tries_cannot_be_uploaded()
    {
        var open = Sample.Of(CaseState.Open);
        AddEvidence Named(string name) => new(EvidenceIntake.TakeTypedName(name).Value, "");
        var name = Worker.Worker.Name;
        foreach (var own in new[] { name, $" {name.ToUpperInvariant()} ", string.Join(' ', name.AsEnumerable()) })
            Named(own).On(open, Worker).Refusal!.Code.ShouldBe("cases.evidence_own_name", own);
        Named(Worker.Worker.Name + "卓嘎").On(open, Worker).Ok.ShouldBeTrue();
        new AddEvidence(Sample.Piece(EvidenceKind.Attempts), "").On(open, Worker).Refusal!.Code.ShouldBe("cases.evidence_kind");
        new AddEvidence(Sample.Piece(), "")
            .On(open with { EvidenceBytes = AddEvidence.BytesPerCaseMax - 99 }, Worker).Refusal!.Code.ShouldBe("cases.evidence_too_large");
        new AddEvidence(Sample.Piece(), "").On(open with { Evidence = [.. Enumerable.Repeat(EvidenceKind.Photo, AddEvidence.PiecesMax)] },
            Worker).Refusal!.Code.ShouldBe("cases.evidence_too_large");
        new AddEvidence(Sample.Piece(), "")
            .On(open, Worker).Value.After.Handlers.ShouldContain(new Handler(Worker.Worker.Account, Worker.Worker.Unit));
    }
}
