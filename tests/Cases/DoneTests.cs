using System.Net;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

/// <summary>After a decision: what was done, the way back, the next one; and what nobody takes back.</summary>
public class DoneTests
{
    private const string Street = "540102006";

    [Fact]
    public async Task An_answer_sent_from_the_door_is_told_and_taken_back_the_same_day_and_asked_again_with_its_number()
    {
        await using var site = await Site.Open();
        var (first, second) = (await site.Office.Open(), await site.Office.Open(Office.Asked("separated", "people/person/2", "f2", group: "other")));
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get($"/cases/{first.Id}/answer?answer=lives_here&back=/day");
        await worker.Post($"/cases/{first.Id}/answer");
        await worker.Get(worker.Location!);
        worker.Page.ShouldContain("答复已保存");
        worker.Page.ShouldContain("住户1：住在这里");
        worker.Page.ShouldContain("下一件：");
        site.Office.Load(first.Id).State.ShouldBe(CaseState.Answered);

        (await worker.Post("/cases/take-back")).ShouldBe(HttpStatusCode.Redirect);
        worker.Location.ShouldBe($"/day?done={first.Id}");
        await worker.Get(worker.Location!);
        worker.Page.ShouldContain("已撤回");
        worker.Page.ShouldNotContain("action=\"/cases/take-back\"");
        var again = site.Office.Load(first.Id);
        (again.State, again.Answer, again.Id).ShouldBe((CaseState.Open, "", first.Id));
        site.Office.History(first.Id).Select(line => line.Act).ShouldBe(["opened", "answered", "taken_back"]);
        site.Office.Load(second.Id).Version.ShouldBe(second.Version);
    }

    [Fact]
    public async Task A_closed_door_taken_back_counts_as_no_try_and_the_earlier_tries_stay()
    {
        using var office = new Office(Engine.Sqlite);
        var opened = await office.Open();
        await office.Do(Office.Worker, opened.Id, new RecordVisit(VisitOutcome.NotHome, null, ""));
        office.Clock.NextDay();
        var before = office.Load(opened.Id);
        await office.Do(Office.Worker, opened.Id, new RecordVisit(VisitOutcome.NotHome, null, ""));
        var act = LastStep.TakenBack(office.Load(opened.Id), Office.TheRules[opened.Kind], office.History(opened.Id), Office.TheCalendar).Value;
        (await office.Try(Office.OtherWorker, opened.Id, act)).Ok.ShouldBeFalse();
        var after = await office.Do(Office.Worker, opened.Id, act);

        (after.Misses, after.NextAt).ShouldBe((before.Misses, (DateTimeOffset?)null));
        LastStep.TakenBack(after, Office.TheRules[opened.Kind], office.History(opened.Id), Office.TheCalendar).Refusal!.Code
            .ShouldBe("cases.taken_back_not");
    }

    [Fact]
    public async Task What_was_done_on_another_day_or_by_somebody_else_stands()
    {
        using var office = new Office(Engine.Sqlite);
        var opened = await office.Open();
        await office.Do(Office.Worker, opened.Id, new GiveAnswer("lives_here", new Dictionary<string, string>(), ""));
        await office.Do(Office.Supervisor, opened.Id, new VerifyAnswer(""));
        CaseAct Act() =>
            LastStep.TakenBack(office.Load(opened.Id), Office.TheRules[opened.Kind], office.History(opened.Id), Office.TheCalendar).Value;
        (await office.Try(Office.DistrictSupervisor, opened.Id, Act())).Refusal!.Code.ShouldBe("cases.taken_back_others");
        office.Clock.NextDay();
        (await office.Try(Office.Supervisor, opened.Id, Act())).Refusal!.Code.ShouldBe("cases.taken_back_late");
        office.Load(opened.Id).State.ShouldBe(CaseState.Closed);
    }

    [Fact]
    public async Task Alike_answers_are_verified_together_from_their_rows_and_the_slip_is_taken_back()
    {
        await using var site = await Site.Open();
        var cases = new List<Case>();
        for (var i = 1; i <= 3; i++) cases.Add(await site.Office.Open(Office.Asked(subject: $"people/person/{i}", origin: $"f{i}")));
        foreach (var one in cases)
            await site.Office.Do(Office.Worker, one.Id, new GiveAnswer("lives_here", new Dictionary<string, string>(), ""));
        var supervisor = await site.Enter(Role.Supervisor, Street);
        await supervisor.Get("/queue?tab=verify");
        foreach (var name in new[] { "住户1", "住户2", "住户3" }) supervisor.Page.ShouldContain(name);
        supervisor.Page.ShouldContain("住在这里");
        site.Subjects.Looks.Single().ShouldBe(
            ($"supervisor-{Street}", "cases.view", "case_handling", "people/person/1 people/person/2 people/person/3"));

        (await supervisor.Post("/queue/verify")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        supervisor.Page.ShouldContain("请勾选要核实的答复");
        (await supervisor.Post("/queue/verify", ("case", Chosen(site, cases[0])), ("case", Chosen(site, cases[1]))))
            .ShouldBe(HttpStatusCode.Redirect);
        cases.Select(one => site.Office.Load(one.Id).State).ShouldBe([CaseState.Closed, CaseState.Closed, CaseState.Answered]);
        await supervisor.Get(supervisor.Location!);
        supervisor.Page.ShouldContain("下一件：住户3");

        (await supervisor.Post("/cases/take-back")).ShouldBe(HttpStatusCode.Redirect);
        cases.ShouldAllBe(one => site.Office.Load(one.Id).State == CaseState.Answered && site.Office.Load(one.Id).Answer == "lives_here");
        site.Office.Events().Count(kind => kind == CaseEvents.Reopened).ShouldBe(2);
    }

    [Fact]
    public async Task Unlike_answers_and_those_that_take_something_away_are_never_verified_together()
    {
        await using var site = await Site.Open();
        var alike = await site.Office.Open();
        var grave = await site.Office.Open(Office.Asked("insured_elsewhere", "people/person/2", "f2"));
        await site.Office.Do(Office.Worker, alike.Id, new GiveAnswer("lives_here", new Dictionary<string, string>(), ""));
        await site.Office.Do(Office.Worker, grave.Id, new AddEvidence(EvidenceIntake.Take(EvidenceKind.Document, Pictures.Jpeg).Value, ""),
            new GiveAnswer("keep_there", new Dictionary<string, string> { ["text"] = "四川" }, ""));
        var supervisor = await site.Enter(Role.Supervisor, Street);
        await supervisor.Get("/queue");
        supervisor.Page.ShouldNotContain("type=\"checkbox\" name=\"case\"");
        (await supervisor.Post("/queue/verify", ("case", Chosen(site, alike)), ("case", Chosen(site, grave))))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (site.Office.Load(alike.Id).State, site.Office.Load(grave.Id).State).ShouldBe((CaseState.Answered, CaseState.Answered));
        (await supervisor.Post("/queue/verify", ("only", Chosen(site, grave)))).ShouldBe(HttpStatusCode.Redirect);
        site.Office.Load(grave.Id).State.ShouldBe(CaseState.Closed);
    }

    private static string Chosen(Site site, Case @case) => $"{@case.Id}:{site.Office.Load(@case.Id).Version}";
}
