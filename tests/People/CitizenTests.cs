using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Citizen;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.People.Export;
using Legwork.People.Files;
using Legwork.People.Guardians;
using Legwork.People.Proofing;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class CitizenTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_citizen_reads_the_own_file_and_sees_who_read_it_and_why(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var drolma = district.FileOf("卓玛");
        await district.Get<ShowFile>().Run(SmallDistrict.Clerk(), PeoplePermissions.View, drolma, new FileQuestion("counter"), Over);
        await (await district.Get<ExportPeople>().Run(SmallDistrict.Clerk(), new ExportAsked(SmallDistrict.BakuoStreet, "", "", "registered")))
            .Value(Stream.Null);
        await (await district.Get<ExportPeople>().Run(SmallDistrict.Clerk(), new ExportAsked(SmallDistrict.JiriStreet, "", "", "registered")))
            .Value(Stream.Null);

        var page = (await district.Get<MyFile>().Run(Citizen(drolma), null, Over)).Value;
        page.View.File.Id.ShouldBe(drolma);
        page.View.Dwelling.ShouldBeEmpty();
        page.Reads.Lines.Select(seen => (seen.Purpose, seen.Scope))
            .ShouldBe([("export", SmallDistrict.BakuoStreet), ("counter", (string?)null)], ignoreOrder: true);
        page.Reads.Own.ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Own_looks_are_folded_by_day_with_each_of_them_inside_and_bury_nobody_elses(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (mother, child) = (district.FileOf("卓玛"), district.FileOf("丹增"));
        await district.Get<RecordGuardian>().Run(SmallDistrict.Clerk(), child, new GuardianAsked(mother, "parent", "household_book", "", null));
        await district.Get<ShowFile>().Run(SmallDistrict.Clerk(), PeoplePermissions.View, mother, new FileQuestion("counter"), Over);
        var reader = Citizen(mother);
        for (var i = 0; i < 60; i++) await district.Get<MyFile>().Run(reader, null, Over);
        for (var i = 0; i < 3; i++) await district.Get<MyFile>().Run(reader, child, Over);
        await district.Get<MyFile>().Run(Citizen(child), null, Over);

        var read = (await district.Get<MyFile>().Reads(reader, null, 1, 1, Over)).Value;
        read.Others.Lines.ShouldContain(seen => seen.Purpose == "counter");
        read.Others.Lines.Count(seen => seen.Purpose == "own_file").ShouldBe(1, "the child's page names the mother");
        (read.Others.Own, read.Own.Days.ShouldHaveSingleItem().At.Count).ShouldBe((63L, 63), "the child's page names the mother too");
        var ofChild = (await district.Get<MyFile>().Reads(reader, child, 1, 1, Over)).Value;
        ofChild.Own.Days.ShouldHaveSingleItem().At.Count.ShouldBe(63, "the mother's own page names the child too");
        ofChild.Others.Lines.Count(seen => seen.Purpose == "own_file").ShouldBe(1);
        (await district.Get<MyFile>().Reads(Citizen(child), null, 1, 1, Over)).Value.Others.Lines
            .Count(seen => seen.Purpose == "guardianship").ShouldBe(3);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_citizen_reads_nobody_elses_file_unless_a_guardians_link_says_so(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (mother, child) = (district.FileOf("卓玛"), district.FileOf("丹增"));
        (await district.Get<MyFile>().Run(Citizen(mother), child, Over)).Refusal!.Code.ShouldBe("people.out_of_scope");
        (await district.Get<AskCorrection>().Run(Citizen(mother), child, "school", "第二小学", "转学")).Refusal!.Code.ShouldBe("people.out_of_scope");
        district.LookedAt(child).ShouldBe(0);

        var recorded = await district.Get<RecordGuardian>()
            .Run(SmallDistrict.Clerk(), child, new GuardianAsked(mother, "parent", "household_book", "", null));
        recorded.Ok.ShouldBeTrue();
        var page = (await district.Get<MyFile>().Run(Citizen(mother), child, Over)).Value;
        page.IsWard.ShouldBeTrue();
        page.View.Purpose.Code.ShouldBe("guardianship");

        var link = district.Store.Read(session => session.Scalar<long>("select id from people_guardian"));
        (await district.Get<RecordGuardian>().End(SmallDistrict.Clerk(), district.FileOf("次仁"), link, "改由父亲")).Refusal!.Code
            .ShouldBe("people.guardian.not_found", "a link is ended on its ward's file and on no other");
        (await district.Get<MyFile>().Run(Citizen(mother), child, Over)).Ok.ShouldBeTrue();
        (await district.Get<RecordGuardian>().End(SmallDistrict.Clerk(), child, link, "改由父亲")).Ok.ShouldBeTrue();
        (await district.Get<MyFile>().Run(Citizen(mother), child, Over)).Refusal!.Code.ShouldBe("people.out_of_scope");
    }

    [Theory, InlineData("2008", "people.guardian.minor"), InlineData("2008-11", "people.guardian.minor"),
        InlineData("2008-11-22", null), InlineData("2007", null)]
    public async Task A_guardian_is_surely_of_age_also_when_only_the_year_or_the_month_of_birth_is_known(string birth, string? refusal)
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var (mother, child) = (district.FileOf("卓玛"), district.FileOf("丹增"));
        await district.Store.Write(session => session.Execute("update people_file set birth = @birth where id = @mother", new { birth, mother }));
        var recorded = await district.Get<RecordGuardian>()
            .Run(SmallDistrict.Clerk(), child, new GuardianAsked(mother, "guardian", "household_book", "", null));
        (recorded.Refusal?.Code).ShouldBe(refusal);
        district.Store.Read(session => session.Scalar<long>("select count(*) from people_guardian")).ShouldBe(refusal is null ? 1 : 0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_request_for_correction_opens_a_case_with_a_clock_and_its_answer_changes_the_file(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var drolma = district.FileOf("卓玛");
        var asked = await district.Get<AskCorrection>().Run(Citizen(drolma), drolma, "birth", "1992-05-13", "户口簿上是十三日");
        asked.Ok.ShouldBeTrue();
        (await district.Get<AskCorrection>()
            .Run(Citizen(drolma), drolma, "birth", "1992-05-13", "户口簿上是十三日")).Ok.ShouldBeTrue("a button pressed twice is one request");
        var request = (await district.Get<MyFile>().Run(Citizen(drolma), null, Over)).Value.Corrections.ShouldHaveSingleItem();
        var @case = (await district.Get<ICases>().Find(request.Case!.Value, Over))!;
        @case.Kind.ShouldBe("correction");
        request.Due.ShouldBe(Files.FileFacts.LocalDay(@case.DueAt));

        await Tell(district, @case, CaseResults.CorrectionAccepted, []);
        var page = (await district.Get<MyFile>().Run(Citizen(drolma), null, Over)).Value;
        page.Corrections.ShouldHaveSingleItem().State.ShouldBe("accepted");
        page.View.Values.Single(value => value.Rule.Code == "birth").Value.ShouldBe("1992-05-13");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_request_is_withdrawn_by_whoever_asked_while_it_waits_and_the_case_is_over(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (drolma, tsering, ask) = (district.FileOf("卓玛"), district.FileOf("次仁"), district.Get<AskCorrection>());
        var asked = (await ask.Run(Citizen(drolma), drolma, "phone", "13900000000", "换了号码")).Value;
        (await ask.Withdraw(Citizen(tsering), tsering, asked, "x")).Refusal!.Code.ShouldBe("people.correction.answered");
        (await ask.Withdraw(Citizen(tsering), drolma, asked, "x")).Refusal!.Code.ShouldBe("people.out_of_scope");
        (await ask.Withdraw(Citizen(drolma), drolma, asked, "本人撤回申请")).Ok.ShouldBeTrue();
        await district.Get<Relay>().DeliverAll();

        var request = (await district.Get<MyFile>().Run(Citizen(drolma), null, Over)).Value.Corrections.ShouldHaveSingleItem();
        request.State.ShouldBe("withdrawn");
        (await district.Get<ICases>().Find(request.Case!.Value, Over))!.State.ShouldBe(CaseStates.Withdrawn);
        (await ask.Withdraw(Citizen(drolma), drolma, asked, "x")).Refusal!.Code.ShouldBe("people.correction.answered");
        (await ask.Run(Citizen(drolma), drolma, "died_on", "2026", "x")).Refusal!.Code.ShouldBe("people.statement.field",
            "nobody reports the own death");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_refused_request_shows_its_reason_and_changes_nothing(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var drolma = district.FileOf("卓玛");
        await district.Get<AskCorrection>().Run(Citizen(drolma), drolma, "name", "仓决", "平时这样叫");
        var request = (await district.Get<MyFile>().Run(Citizen(drolma), null, Over)).Value.Corrections.ShouldHaveSingleItem();
        await Tell(district, (await district.Get<ICases>().Find(request.Case!.Value, Over))!, CaseResults.CorrectionRefused,
            new() { ["text"] = "户口簿上是卓玛" });

        var page = (await district.Get<MyFile>().Run(Citizen(drolma), null, Over)).Value;
        page.Corrections.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(answered => answered.State.ShouldBe("refused"), answered => answered.Answer.ShouldBe("户口簿上是卓玛"));
        page.View.Values.Single(value => value.Rule.Code == "name").Value.ShouldBe("卓玛");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_account_is_opened_only_for_the_person_whose_document_bears_the_number_of_the_file(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var drolma = district.FileOf("卓玛");
        var proof = district.Get<ProofCitizen>();
        (await proof.Run(SmallDistrict.Clerk(), drolma,
            new ProofingAsked("id_card", true, true, MadeUp.Tashi, ""))).Refusal!.Code.ShouldBe("people.proofing.number");
        (await proof.Run(SmallDistrict.Clerk(), drolma,
            new ProofingAsked("id_card", true, false, MadeUp.Drolma, ""))).Refusal!.Code.ShouldBe("people.proofing.checks");
        (await proof.Run(SmallDistrict.Clerk(SmallDistrict.JiriStreet), drolma,
            new ProofingAsked("id_card", true, true, MadeUp.Drolma, ""))).Refusal!.Code.ShouldBe("people.out_of_scope");

        var opened = (await proof.Run(SmallDistrict.Clerk(), drolma, new ProofingAsked("id_card", true, true, MadeUp.Drolma, ""))).Value;
        var account = (await district.Get<Accounts>().SignIn(opened.SignIn, opened.Password)).Value;
        account.Person.ShouldBe(drolma.Value);
        var again = (await proof.Run(SmallDistrict.Clerk(), drolma, new ProofingAsked("id_card", true, true, MadeUp.Drolma, ""))).Value;
        again.ShouldSatisfyAllConditions(second => second.SignIn.ShouldBe(opened.SignIn), second => second.IsNew.ShouldBeFalse(),
            second => second.Password.ShouldNotBe(opened.Password));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_child_under_fourteen_gets_an_account_only_with_a_guardian(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var child = district.FileOf("丹增");
        var asked = new ProofingAsked("household_book", true, true, MadeUp.Tenzin, "");
        (await district.Get<ProofCitizen>().Run(SmallDistrict.Clerk(), child, asked)).Refusal!.Code.ShouldBe("people.proofing.child");
        await district.Get<RecordGuardian>()
            .Run(SmallDistrict.Clerk(), child, new GuardianAsked(district.FileOf("卓玛"), "parent", "household_book", "", null));
        (await district.Get<ProofCitizen>().Run(SmallDistrict.Clerk(), child, asked)).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Cases_learns_of_a_person_only_what_the_purpose_opens_and_the_log_has_it(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var child = district.FileOf("丹增");
        var permission = new Permission("cases.view", Role.GridWorker, Role.Clerk);
        var worker = SmallDistrict.Of(Role.GridWorker, MadeUp.BakuoGrid, "网格员");
        var lines = await district.Get<ISubjects>()
            .Describe(worker, permission, "grid_visit", [PersonSubject.Of(child), "people/person/unknown"], TestContext.Current.CancellationToken);
        var told = lines[PersonSubject.Of(child)];
        told.Name.ShouldBe("丹增");
        told.Address.ShouldNotBeEmpty();
        told.Lines.ShouldNotContain(line => line.Contains('*'));
        lines.Count.ShouldBe(1);
        district.Log()[^1].ShouldBe("cases.view grid_visit");
        (await district.Get<ISubjects>()
            .Describe(worker, permission, "counter", [PersonSubject.Of(child)], TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public void Looks_of_one_day_by_one_reader_for_one_purpose_are_one_line_with_every_time_in_it_and_no_others_are()
    {
        var at = new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
        SeenBy Look(int minutes, string actor, string? scope, string purpose = "audit", string act = "people.view") =>
            new(at.AddMinutes(-minutes), actor, Role.Auditor, purpose, act, scope);
        var lines = SeenLine.Of([Look(0, "甲", "540102"), Look(1, "甲", null), Look(2, "甲", "540102"), Look(3, "乙", null), Look(4, "甲", null),
            Look(5, "甲", null, "counter"), Look(6, "甲", null, act: "people.print"), Look(7, "甲", null), Look(8, "甲", "540102003"),
            Look(60 * 24, "甲", null)]);
        lines.Select(line => (line.Seen.Actor, line.Seen.Purpose, line.Seen.Act, line.Seen.Scope, line.Times.Count)).ShouldBe(
            [("甲", "audit", "people.view", "540102", 2), ("甲", "audit", "people.view", null, 3), ("乙", "audit", "people.view", null, 1),
            ("甲", "counter", "people.view", null, 1), ("甲", "audit", "people.print", null, 1), ("甲", "audit", "people.view", "540102003", 1),
            ("甲", "audit", "people.view", null, 1)]);
        lines[1].Times.ShouldBe([at.AddMinutes(-1), at.AddMinutes(-4), at.AddMinutes(-7)]);
    }

    private static Actor Citizen(PersonId person) => SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", person);

    private static async Task Tell(SmallDistrict district, CaseLine @case, string result, Dictionary<string, string> details)
    {
        await district.Store.Write(session => district.Get<Outbox>()
            .Tell(session, CaseEvents.Closed, @case.Subject, new CaseResult(@case.Id, @case.Kind, @case.Subject, @case.Origin, @case.Place,
            CaseStates.Closed, result, result, details, ["document"], Guid.CreateVersion7(), Guid.CreateVersion7(), 3, district.Clock.GetUtcNow())));
        await district.Get<Relay>().DeliverAll();
    }
}
