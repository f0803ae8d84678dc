using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Cases.Tests;

/// <summary>The whole loop on a storage of each engine.</summary>
public class DeskTests
{
    private static readonly GiveAnswer LivesHere = new("lives_here", new Dictionary<string, string>(), "seen at the door");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_closes_only_after_someone_else_verified_it(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var answered = await office.Do(Office.Worker, opened.Id, LivesHere);
        answered.State.ShouldBe(CaseState.Answered);
        office.Events().ShouldNotContain(CaseEvents.Closed);

        var alsoClerk = Office.Worker with { Grants = [.. Office.Worker.Grants, .. Office.Supervisor.Grants] };
        (await office.Try(alsoClerk, opened.Id, new VerifyAnswer(""))).Refusal!.Code.ShouldBe("cases.own_work");
        (await office.Try(Office.Worker, opened.Id, new VerifyAnswer(""))).Refusal!.Code.ShouldBe("cases.out_of_scope");

        var closed = await office.Do(Office.Supervisor, opened.Id, new VerifyAnswer(""));
        (closed.State, closed.Result, closed.Version).ShouldBe((CaseState.Closed, CaseResults.LivesHere, 3));
        office.Events().ShouldBe([CaseEvents.Opened, CaseEvents.Answered, CaseEvents.Verified, CaseEvents.Closed]);
        office.History(opened.Id).Select(line => (line.Seq, line.Act, line.ActorName, line.ToState)).ShouldBe(
            [(1L, "opened", "system", "open"), (2L, "answered", "worker", "answered"), (3L, "verified", "supervisor", "closed")]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_comes_back_from_the_storage_as_it_went_in(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open(Office.Asked() with { Facts = new Dictionary<string, string> { ["street"] = "两岛" } });
        await office.Do(Office.Worker, opened.Id,
            new RecordVisit(VisitOutcome.NotHome, office.Clock.Now.AddDays(1), "门锁着"), new AddEvidence(Sample.Piece(), ""));
        var after = await office.Do(Office.Worker, opened.Id, new AskSupervisor(Request.Extension, "away until Losar"));
        var read = office.Load(opened.Id);
        (read with { Facts = after.Facts, Details = after.Details, Handlers = after.Handlers, Evidence = after.Evidence }).ShouldBe(after);
        read.Handlers.ShouldBe(after.Handlers);
        read.Evidence.ShouldBe(after.Evidence);
        read.Facts["street"].ShouldBe("两岛");
        office.History(opened.Id)[1].Note.ShouldBe("门锁着");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_goes_to_no_place_that_the_district_does_not_have(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var names = PlaceNames.Load(Repository.In("districts", "540102", "district.yaml"), new SomeLists());
        var desk = new CaseDesk(office.Store, office.Outbox, Office.TheRules, Office.TheCalendar, office.Numbers, office.Vault, names, office.Clock);
        foreach (var nowhere in new[] { "110101", "540102999", "540102006999", "540102006001-G99" })
            (await desk.Do(Office.DistrictSupervisor, opened.Id, 1,
                new HandOverCase(nowhere, "lives there"))).Refusal!.Code.ShouldBe("cases.place", nowhere);
        (await desk.Do(Office.DistrictSupervisor, opened.Id, 1,
            new AssignCase("540102006001-G99", Guid.Empty))).Refusal!.Code.ShouldBe("cases.place");
        office.Load(opened.Id).Place.ShouldBe(Office.Grid);
        // Where it lies is no list's matter: a case of a grid that is listed no more is still worked on.
        (await desk.Do(Office.Worker, opened.Id, 1, new NoteOnCase("seen"))).Ok.ShouldBeTrue();
        (await desk.Do(Office.DistrictSupervisor, opened.Id, 2, new HandOverCase("540102008", "lives there"))).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_two_workers_at_once_one_is_refused_and_leaves_nothing(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => office.Desk.Do(Office.Worker, opened.Id, 1, new NoteOnCase($"note {i}"))));
        both.Count(outcome => outcome.Ok).ShouldBe(1);
        both.Where(outcome => !outcome.Ok).ShouldAllBe(outcome => outcome.Refusal!.Code == "cases.stale");
        office.History(opened.Id).Count.ShouldBe(2);
        office.Events().ShouldBe([CaseEvents.Opened, CaseEvents.Noted]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_matter_never_has_two_open_cases(Engine engine)
    {
        using var office = new Office(engine);
        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.Store.Write(session => office.Cases.Open(session, Office.Asked()))));
        ids.Select(opened => opened.Value.Id).Distinct().Count().ShouldBe(1);
        ids.Count(opened => opened.Value.How == OpenedHow.Opened).ShouldBe(1);
        (await office.Cases.Find(["people/person/1"], TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        office.Events().ShouldBe([CaseEvents.Opened]);
        // Another origin is another matter.
        (await office.Open(Office.Asked(origin: "f2"))).Id.ShouldNotBe(ids[0].Value.Id);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_is_asked_again_what_was_answered_lately(Engine engine)
    {
        using var office = new Office(engine);
        var first = await office.Open();
        await office.Do(Office.Worker, first.Id, LivesHere);
        await office.Do(Office.Supervisor, first.Id, new VerifyAnswer(""));
        var lately = await office.Store.Write(session => office.Cases.Open(session, Office.Asked()));
        (lately.Value.Id, lately.Value.How).ShouldBe((first.Id, OpenedHow.AnsweredLately));
        office.Clock.Now = office.Clock.Now.AddDays(181);
        var later = await office.Store.Write(session => office.Cases.Open(session, Office.Asked()));
        later.Value.How.ShouldBe(OpenedHow.Opened);
        // The first one cannot come to life beside the second.
        (await office.Try(Office.Supervisor, first.Id, new ReopenCase("it was wrong"))).Refusal!.Code.ShouldBe("cases.open_already");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_closes_by_itself_when_later_data_answer_it(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var unit = office.Store.Write(session =>
        {
            office.Cases.Withdraw(session, opened.Kind, opened.Subject, opened.Origin, "stands in the list of 202611").ShouldBeTrue();
            throw new InvalidOperationException("the owner's unit fails");
        });
        await Should.ThrowAsync<InvalidOperationException>(unit);
        office.Load(opened.Id).State.ShouldBe(CaseState.Open);

        (await office.Store.Write(
            session => office.Cases.Withdraw(session, opened.Kind, opened.Subject, opened.Origin, "stands in the list of 202611"))).ShouldBeTrue();
        (await office.Store.Write(session => office.Cases.Withdraw(session, opened.Kind, opened.Subject, opened.Origin, "again"))).ShouldBeFalse();
        office.Load(opened.Id).State.ShouldBe(CaseState.Withdrawn);
        office.History(opened.Id)[^1].Note.ShouldBe("stands in the list of 202611");
        // It may be asked again: a withdrawal is not an answer.
        (await office.Open()).Id.ShouldNotBe(opened.Id);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task History_can_be_neither_changed_nor_deleted(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        foreach (var breach in new[] { "update cases_history set note = 'x'", "delete from cases_history", "update cases_evidence set kind = 'x'" })
        {
            if (breach.Contains("evidence")) await office.Do(Office.Worker, opened.Id, new AddEvidence(Sample.Piece(), ""));
            var failure = await Should.ThrowAsync<System.Data.Common.DbException>(office.Store.Write(session => session.Execute(breach)));
            failure.Message.ShouldContain("append-only");
        }
        office.History(opened.Id)[0].Note.ShouldBe("");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_acts_outside_the_places_he_is_responsible_for(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        (await office.Try(Office.OtherWorker, opened.Id, LivesHere)).Refusal!.Code.ShouldBe("cases.out_of_scope");
        // Whoever may not see it does not learn that it has changed either.
        (await office.Desk.Do(Office.OtherWorker, opened.Id, 99, LivesHere)).Refusal!.Code.ShouldBe("cases.out_of_scope");
        (await office.Try(Office.Supervisor, opened.Id, new AssignCase(Office.FarGrid, Guid.Empty))).Refusal!.Code.ShouldBe("cases.out_of_scope");
        (await office.Do(Office.DistrictSupervisor, opened.Id, new AssignCase(Office.FarGrid, Guid.Empty))).Place.ShouldBe(Office.FarGrid);
        (await office.Desk.Do(Office.Worker, CaseId.New(), 1, LivesHere)).Refusal!.Code.ShouldBe("cases.not_found");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_assigned_by_name_is_that_workers_alone(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        await office.Do(Office.Supervisor, opened.Id, new AssignCase(Office.Grid, Office.OtherWorker.Account));
        (await office.Try(Office.Worker, opened.Id, LivesHere)).Refusal!.Code.ShouldBe("cases.out_of_scope");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_sent_twice_with_one_key_is_taken_once(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var key = Guid.NewGuid();
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => office.Desk.Do(Office.Worker, opened.Id, 1, [LivesHere], key)));
        sent.Count(outcome => outcome.Ok).ShouldBe(1);
        sent.Where(outcome => !outcome.Ok).ShouldAllBe(outcome => outcome.Refusal!.Code == "cases.taken_already");
        office.History(opened.Id).Count.ShouldBe(2);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Acts_sent_together_are_taken_together_or_not_at_all(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open();
        var refused = await office.Try(Office.Worker, opened.Id, new AddEvidence(Sample.Piece(), ""),
            new GiveAnswer("nobody_lives_here", Sample.Details(), ""));
        refused.Refusal!.Code.ShouldBe("cases.evidence");
        office.Load(opened.Id).Version.ShouldBe(1);
        (await office.Store.ReadAsync(session => EvidenceRows.Of(session, opened.Id), TestContext.Current.CancellationToken)).ShouldBeEmpty();

        var taken = await office.Do(Office.Worker, opened.Id, new AddEvidence(Sample.Piece(), ""),
            new AddEvidence(Sample.Piece(EvidenceKind.Signature), ""),
            new GiveAnswer("nobody_lives_here", Sample.Details(), ""));
        (taken.Version, taken.Result).ShouldBe((4, CaseResults.EmptyConfirmed));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Open_cases_follow_their_dwelling_when_a_grid_is_split(Engine engine)
    {
        using var office = new Office(engine);
        var (moves, stays) = (await office.Open(Office.Asked(group: "a")), await office.Open(Office.Asked(origin: "f2", group: "b")));
        var (closed, homeless) = (await office.Open(Office.Asked(origin: "f3", group: "a")),
            await office.Open(Office.Asked(origin: "f4", group: "")));
        await office.Store.Write(session => office.Cases.Withdraw(session, closed.Kind, closed.Subject, closed.Origin, "answered"));
        async Task Tell(object body)
        {
            await office.Store.Write(session => office.Outbox.Tell(session, FollowGridChanges.Kind, "places/grids", body));
            await new Relay(office.Store, office.Handlers, office.Clock, NullLogger<Relay>.Instance).DeliverAll();
        }

        await Tell(new { from = Office.Grid, to = Office.OtherGrid, dwellings = new[] { "a" }, takesRest = true, elsewhere = new[] { "b" } });
        office.Load(moves.Id).Place.ShouldBe(Office.OtherGrid);
        office.History(moves.Id)[^1].Body.ShouldBe(new Dictionary<string, string> { ["from"] = Office.Grid, ["to"] = Office.OtherGrid });
        office.Load(homeless.Id).Place.ShouldBe(Office.OtherGrid);
        office.Load(stays.Id).Place.ShouldBe(Office.Grid);
        office.Load(closed.Id).Place.ShouldBe(Office.Grid);

        await Tell(
            new { from = Office.Grid, to = Office.OtherGrid, dwellings = (string[]?)null, takesRest = true, elsewhere = Array.Empty<string>() });
        office.Load(stays.Id).Place.ShouldBe(Office.OtherGrid);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_number_and_a_picture_lie_open_nowhere_in_the_storage(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open(Office.Asked("number_typo"));
        await office.Do(Office.Clerk, opened.Id, new AddEvidence(Sample.Piece() with { Bytes = [.. "a picture of a card"u8] }, ""),
            new GiveAnswer("number_corrected", Sample.Details(("number", "540102199003070018")), ""));
        var stored = office.Store.Read(session => session.Query<string>("""
            select details from cases_case union all select body from cases_history union all select body from platform_event
            """));
        stored.ShouldAllBe(text => !text.Contains("540102199003070018"));
        var details = office.Load(opened.Id).Details;
        office.Numbers.Open(Convert.FromBase64String(details["number"])).ShouldBe("540102199003070018");
        SealedDetails.Shown("number", details["number"], office.Numbers).ShouldNotContain("19900307");

        var piece = office.Store.Read(session => Session.AtHand(
            EvidenceRows.Find(session, Session.AtHand(EvidenceRows.Of(session, opened.Id)).Single().Id)))!;
        piece.Content.AsSpan().IndexOf("picture"u8).ShouldBe(-1);
        office.Vault.Open(piece.Id, piece.Content).ShouldBe("a picture of a card"u8.ToArray());
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => office.Vault.Open(Guid.NewGuid(), piece.Content));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_event_tells_the_owner_what_a_closed_case_found(Engine engine)
    {
        using var office = new Office(engine);
        var opened = await office.Open(Office.Asked(origin: "finding-7"));
        await office.Do(Office.Worker, opened.Id, LivesHere with { Details = Sample.Details(("date", "2019-05")) });
        await office.Do(Office.Supervisor, opened.Id, new VerifyAnswer(""));
        var told = office.Store.Read(session => session.Single<EventRow>("select id, kind, body, at from platform_event where kind = @kind",
            new { kind = CaseEvents.Closed })).Read<CaseResult>();
        (told with { Details = null!, Evidence = null! })
            .ShouldBe(new CaseResult(opened.Id, "empty_registration", "people/person/1", "finding-7", Office.Grid, CaseStates.Closed,
            "lives_here", CaseResults.LivesHere, null!, null!, Office.Supervisor.Account, Office.Worker.Account, 3, office.Clock.Now));
        told.Details.ShouldBe(new Dictionary<string, string> { ["date"] = "2019-05" });
        told.Evidence.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Boards_count_what_stands_where_and_what_moved_on_which_day(Engine engine)
    {
        using var office = new Office(engine);
        var first = await office.Open();
        await office.Open(Office.Asked(origin: "f2", place: Office.FarGrid));
        await office.Open(Office.Asked("dead_insured", origin: "f3", place: "540102006"));
        office.Clock.Now = office.Clock.Now.AddDays(40);
        await office.Store.Write(session => office.Cases.Withdraw(session, first.Kind, first.Subject, first.Origin, "answered"));

        (await office.Cases.Counts(new Scope("540102006"))).ShouldBe([
            new CaseCount("540102006", "dead_insured", CaseStates.Unassigned, 1, 1),
            new CaseCount(Office.Grid, "empty_registration", CaseStates.Withdrawn, 1, 0)]);
        (await office.Cases.Counts(null)).Sum(count => count.Cases).ShouldBe(3);
        var trend = await office.Cases.Trend("540102", new DateOnly(2026, 11, 1));
        (trend.Count, trend.Sum(day => day.Opened), trend[1]).ShouldBe((42, 3, new CaseDay(new DateOnly(2026, 11, 2), 3, 0, 0)));
        trend[^1].ShouldBe(new CaseDay(new DateOnly(2026, 12, 12), 0, 0, 1));
    }
}
