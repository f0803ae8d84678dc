using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

public class DayTests
{
    private readonly FakeSubjects subjects = new();

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_household_is_one_stop_with_all_its_questions_in_walking_order(Engine engine)
    {
        using var office = new Office(engine);
        await office.Open(Office.Asked(subject: "people/person/1", group: "b") with { Order = "0002" });
        await office.Open(Office.Asked(subject: "people/person/2", group: "a") with { Order = "0001" });
        await office.Open(Office.Asked("separated", "people/person/3", group: "b") with { Order = "0002" });
        await office.Open(Office.Asked(subject: "people/person/4", place: Office.OtherGrid));
        await office.Open(Office.Asked("dup_file", "people/person/5"));

        var day = await Plan(office).Of(Office.Worker, FakeSubjects.Texts(), CancellationToken.None);
        day.Data.Visits.Select(visit => (visit.Order, visit.Group, visit.Questions[0].Code)).ShouldBe(
            [(1, "a", "empty_registration"), (2, "b", "empty_registration"), (2, "b", "separated")]);
        day.Data.Visits[0].Questions[0].Text.ShouldBe("住户2的户口登记在这里。现在住在这里吗？");
        day.Data.Visits[0].Persons.Single().Line.ShouldBe("1990年生、540102********0018");
        subjects.Looks.ShouldBe([("worker", "cases.day", "grid_visit", "people/person/1 people/person/2 people/person/3")]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_waits_for_its_next_try_and_what_is_answered_stays_in_sight_today(Engine engine)
    {
        using var office = new Office(engine);
        var (waits, answered) = (await office.Open(), await office.Open(Office.Asked(subject: "people/person/2")));
        var call = await office.Open(Office.Asked(subject: "people/person/3", reachable: true));
        await office.Do(Office.Worker, waits.Id, new RecordVisit(VisitOutcome.NotHome, office.Clock.Now.AddDays(1), ""));
        await office.Do(Office.Worker, answered.Id, new GiveAnswer("lives_here", Sample.Details(), ""));

        var today = await Plan(office).Of(Office.Worker, FakeSubjects.Texts(), CancellationToken.None);
        today.Data.Visits.Select(visit => (visit.CaseId, visit.Done)).ShouldBe([(waits.Id.ToString(), true), (answered.Id.ToString(), true)],
            ignoreOrder: true, "a door that stayed shut keeps its place until the day is over");
        (today.Later, today.Calls.Single().Call.Href).ShouldBe((1, CaseLinks.Case(call.Id)));
        var kept = today.Data.Calls!.Single();
        (kept.Telephone, string.Join(' ', kept.Misses!.Select(miss => miss.Code))).ShouldBe(
            ("089100000000", "no_answer busy call_back wrong_number"));

        office.Clock.NextDay();
        var tomorrow = await Plan(office).Of(Office.Worker, FakeSubjects.Texts(), CancellationToken.None);
        tomorrow.Data.Visits.Select(visit => (visit.CaseId, visit.Done)).ShouldBe([(waits.Id.ToString(), false)]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_visit_keeps_its_telephone_and_its_number_and_what_was_sent_of_it_can_be_taken_back(Engine engine)
    {
        using var office = new Office(engine);
        var first = await office.Open(Office.Asked(subject: "people/person/1", group: "a") with { Order = "0001" });
        var second = await office.Open(Office.Asked(subject: "people/person/2", group: "b") with { Order = "0002" });
        await office.Do(Office.Worker, first.Id, new RecordVisit(VisitOutcome.NotHome, office.Clock.Now.AddDays(1), ""));
        async Task<(int, string?, bool, bool)[]> Day() => [.. (await Plan(office).Of(Office.Worker, FakeSubjects.Texts(), CancellationToken.None))
            .Data.Visits.Select(visit => (visit.Order, visit.Group, visit.Done, visit.TakeBack))];

        (await Day()).ShouldBe([(1, "a", true, true), (2, "b", false, false)]);
        var stop = (await Plan(office).Stop(Office.Worker, "b", FakeSubjects.Texts(), CancellationToken.None))!.Visits.ShouldHaveSingleItem();
        (stop.Order, stop.Telephone, stop.Said).ShouldBe((2, "089100000000", null));
        var shut = (await Plan(office).Stop(Office.Worker, "a", FakeSubjects.Texts(), CancellationToken.None))!.Visits.ShouldHaveSingleItem();
        shut.Said!.ShouldStartWith("没有找到人");
        (await Plan(office).OpenAt(Office.Worker, "a", CancellationToken.None)).ShouldBeEmpty("it waits for another day");

        await office.Do(Office.Worker, second.Id, new GiveAnswer("lives_here", Sample.Details(), ""));
        (await Day())[1].ShouldBe((2, "b", true, true));
        await office.Do(Office.Supervisor, second.Id, new VerifyAnswer(""));
        (await Day())[1].ShouldBe((2, "b", true, false), "what is verified stands");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_answer_is_offered_at_the_door_only_when_its_evidence_can_be_had_there(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open(Office.Asked("insured_elsewhere"));
        async Task<IReadOnlyList<DayChoice>> Choices() => (await Plan(office).Stop(Office.Worker, "home", FakeSubjects.Texts(Language.English),
            CancellationToken.None))!.Visits[0].Questions[0].Answers;

        var choices = await Choices();
        choices.ShouldNotContain(choice => choice.Code == "no_contact"); // needs tries on three days
        var leaves = choices.Single(choice => choice.Code == "keep_there");
        (leaves.EvidenceMin, leaves.Style).ShouldBe((1, "grave"));
        leaves.Evidence.ShouldBe(["signature"]);
        for (var day = 0; day < 3; day++)
        {
            await office.Do(Office.Worker, opened.Id, new RecordVisit(VisitOutcome.NotHome, null, ""));
            office.Clock.NextDay();
        }
        office.Clock.Now = office.Clock.Now.AddDays(2);
        (await Choices()).Single(choice => choice.Code == "no_contact").EvidenceMin.ShouldBe(0);
    }

    [Fact]
    public async Task A_person_whose_file_is_gone_is_asked_about_no_more_than_by_that_word()
    {
        using var office = new Office(Engine.Sqlite);
        await office.Open(Office.Asked(subject: "people/person/gone"));
        var visit = (await Plan(office).Of(Office.Worker, FakeSubjects.Texts(), CancellationToken.None)).Data.Visits.Single();
        visit.Persons.Single().Name.ShouldBe("档案已不存在或无权查看");
        visit.Questions[0].Text.ShouldBe("…的户口登记在这里。现在住在这里吗？");
        (await Plan(office).Stop(Office.OtherWorker, "home", FakeSubjects.Texts(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_subject_whose_owner_is_not_here_is_shown_as_such_beside_those_that_are()
    {
        using var office = new Office(Engine.Sqlite);
        await office.Open(Office.Asked(subject: "streets/lamp/7"));
        await office.Open(Office.Asked(subject: "people/person/1"));
        var visits = (await Plan(office).Of(Office.Worker, FakeSubjects.Texts(), CancellationToken.None)).Data.Visits;
        visits.Select(visit => visit.Persons.Single().Name).ShouldBe(["所涉对象的模块未启用，无法显示", "住户1"], ignoreOrder: true);
        subjects.Looks.Single().Subjects.ShouldBe("people/person/1");
    }

    [Theory]
    [InlineData("people/person/", "people/person/", "own the subjects")]
    [InlineData("people/", "people/person/", "own the subjects")]
    [InlineData("people/person", "streets/lamp/", "ends with a stroke")]
    public void Owners_that_would_answer_for_each_others_subjects_are_refused(string one, string other, string said) =>
        Should.Throw<InvalidOperationException>(
            () => new Subjects([new SubjectOwner(one, _ => subjects), new SubjectOwner(other, _ => subjects)], null!)).Message.ShouldContain(said);

    [Theory]
    [InlineData("拉萨市城关区金珠西路街道拉鲁苑1区1栋1单元302室", "拉鲁苑1区1-1-302"), InlineData("拉鲁苑1区1-1-201", "拉鲁苑1区1-1-201")]
    [InlineData("西藏拉萨市城关区八廓街道八廓东社区和平苑1栋1单元101室", "西藏拉萨市城关区八廓街道八廓东社区和平苑1-1-101")]
    [InlineData("拉萨市城关区金珠西路街道", "拉萨市城关区金珠西路街道"), InlineData("金珠西路街道 纳金大院12号", "纳金大院12号"), InlineData("", "")]
    public void A_door_is_called_by_what_stands_behind_its_street_and_one_of_another_street_by_all_of_it(string written, string called) =>
        DoorName.Of(written, "金珠西路街道").ShouldBe(called);

    private DayPlan Plan(Office office) => new(office.Store, Office.TheRules, Office.TheCalendar, subjects.Owned, new PlaceNames(), office.Clock);
}
