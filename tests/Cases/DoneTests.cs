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
        var cases = await Answered(site, 3);
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

    [Fact]
    public async Task What_cannot_be_taken_back_among_several_is_named_with_its_reason_and_keeps_its_way_back()
    {
        await using var site = await Site.Open();
        var cases = await Answered(site, 3);
        var supervisor = await site.Enter(Role.Supervisor, Street);
        await supervisor.Get("/queue?tab=verify");
        await supervisor.Post("/queue/verify", [.. cases.Select(one => ("case", Chosen(site, one)))]);
        await supervisor.Get(supervisor.Location!);
        // Meanwhile the second question was asked anew, so its old case cannot stand open beside the new one.
        var anew = await site.Office.Open(Office.Asked(subject: "people/person/2", origin: "f2") with { SaysElse = true });

        (await supervisor.Post("/cases/take-back")).ShouldBe(HttpStatusCode.Redirect);
        await supervisor.Get(supervisor.Location!);
        cases.Select(one => site.Office.Load(one.Id).State).ShouldBe([CaseState.Answered, CaseState.Closed, CaseState.Answered]);
        supervisor.Page.ShouldContain("<strong>核实已撤回</strong>");
        supervisor.Page.ShouldContain("1 件没有办成，保持原样");
        supervisor.Page.ShouldContain("<li>住户2：住在这里：同一事项已有办理中的案卷，请在那里办理。</li>");
        supervisor.Page.ShouldNotContain("<li>住户1：住在这里：");
        site.Office.Load(anew.Id).Version.ShouldBe(anew.Version);

        // The way back stays with what was kept, and with that alone.
        (await supervisor.Post("/cases/take-back")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        supervisor.Page.ShouldContain("同一事项已有办理中的案卷");
        cases.Select(one => site.Office.History(one.Id).Count).ShouldBe([4, 3, 4]);
    }

    [Fact]
    public async Task Of_several_verified_at_once_the_one_that_somebody_was_quicker_with_is_named_and_nothing_is_told_of_what_one_may_not_see()
    {
        await using var site = await Site.Open();
        var cases = await Answered(site, 3);
        var supervisor = await site.Enter(Role.Supervisor, Street);
        await supervisor.Get("/queue?tab=verify");
        var shown = cases.ConvertAll(one => ("case", Chosen(site, one)));
        await site.Office.Do(Office.DistrictSupervisor, cases[1].Id, new NoteOnCase("wait"));
        (await supervisor.Post("/queue/verify", [.. shown])).ShouldBe(HttpStatusCode.Redirect);
        await supervisor.Get(supervisor.Location!);
        cases.Select(one => site.Office.Load(one.Id).State).ShouldBe([CaseState.Closed, CaseState.Answered, CaseState.Closed]);
        supervisor.Page.ShouldContain("已核实办结 2 件");
        supervisor.Page.ShouldContain("<li>住户2：住在这里：其他人刚处理过该事项，请重新查看。</li>");

        // An address that somebody made up tells no name and no words of its own.
        var far = await site.Office.Open(Office.Asked(subject: "people/person/9", origin: "f9", place: Office.FarGrid));
        await supervisor.Get($"/queue?done={far.Id}~made.up");
        supervisor.Page.ShouldContain("<p>一个事项：原因不明");
        supervisor.Page.ShouldNotContain("住户9");
        supervisor.Page.ShouldNotContain("made.up<");
        supervisor.Page.ShouldNotContain("：made.up");
        supervisor.Page.ShouldNotContain("action=\"/cases/take-back\"");
    }

    private static async Task<List<Case>> Answered(Site site, int count)
    {
        var cases = new List<Case>();
        for (var i = 1; i <= count; i++) cases.Add(await site.Office.Open(Office.Asked(subject: $"people/person/{i}", origin: $"f{i}")));
        foreach (var one in cases)
            await site.Office.Do(Office.Worker, one.Id, new GiveAnswer("lives_here", new Dictionary<string, string>(), ""));
        return cases;
    }

    private static string Chosen(Site site, Case @case) => $"{@case.Id}:{site.Office.Load(@case.Id).Version}";
}
