using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Corrections;

/// <summary>
/// A person asks to have a value put right (PIPL art. 46): a case with a clock, and the request where only the file's own readers
/// see it. The answer comes back with the case's closure.
/// </summary>
internal sealed class AskCorrection(Store store, NumberVault vault, StateValue stating, Precedence precedence, OwnFile mine,
    IEnumerable<ICases> cases, PlatformPlaces places, TimeProvider clock)
{
    /// <summary>What nobody asks of the own file.</summary>
    public const string DayOfDeath = "died_on";

    private const string Kind = "correction";

    /// <summary>Without cases to give the clock: three weeks, about fifteen working days as in <c>rules/cases/people.yaml</c>.</summary>
    private const int DueDays = 21;

    /// <summary>At most so many requests of one file wait at once.</summary>
    private const int WaitingMax = 10;

    public const int WhyLengthMax = 500;

    /// <returns>Refusals: <c>people.correction.*</c>, <c>people.statement.*</c> for a value that is none, <c>people.out_of_scope</c>.</returns>
    public async Task<Outcome<Guid>> Run(Actor actor, PersonId person, string field, string value, string why)
    {
        var now = clock.GetUtcNow();
        if (!await mine.MayRead(actor, person, CancellationToken.None)) return FileScope.OutOfScope;
        // Nobody reports the own death; a guardian may report that of whom they care for.
        if (field == DayOfDeath && await mine.IsOwn(actor, person, CancellationToken.None)) return StateValue.NotStated;
        var known = stating.Check(new Stating(field, value, "certificate", "", ""), FileFacts.LocalDay(now));
        if (Refusal.All(known.Refusal, why.Length == 0 ? Refusal.Of("people.correction.why", "Say why the value is wrong.") : null) is { } wrong)
            return wrong;
        var id = Guid.CreateVersion7();
        var kept = await store.Write<Outcome<CaseId?>>(session => Keep(session, actor, person, id, field, known.Value, why, now));
        if (!kept.Ok) return kept.Refusal!;
        if (kept.Value is { } opened && await cases.First().Find(opened, CancellationToken.None) is { } line)
            await store.Write(session => session.Execute("update people_correction set due = @due where id = @id",
                new { due = FileFacts.LocalDay(line.DueAt), id }));
        return id;
    }

    /// <summary>The person no longer asks: the case is over, and nobody answers. Not once it was answered.</summary>
    /// <returns>Refusals: <c>people.correction.answered</c>, <c>people.out_of_scope</c>.</returns>
    public async Task<Outcome<Done>> Withdraw(Actor actor, PersonId person, Guid id, string reason)
    {
        if (!await mine.MayRead(actor, person, CancellationToken.None)) return FileScope.OutOfScope;
        return await store.Write<Outcome<Done>>(session =>
        {
            if (AskedCorrections.Find(session, vault, id) is not { State: "asked" } asked
                || FileRow.Current(session, asked.File)?.Id != FileRow.Current(session, person)?.Id)
                return Refusal.Of("people.correction.answered", "This request is answered or withdrawn already.");
            cases.FirstOrDefault()?.Withdraw(session, Kind, PersonSubject.Of(asked.File), AskedCorrections.OriginPrefix + id, reason);
            session.Execute("update people_correction set state = 'withdrawn', answered_at = @now where id = @id",
                new { now = clock.GetUtcNow(), id });
            return Done.It;
        });
    }

    private Outcome<CaseId?> Keep(Session session, Actor actor, PersonId person, Guid id, string field, string value, string why, DateTimeOffset now)
    {
        if (FileRow.Current(session, person) is not { } file) return FileScope.NotFound;
        // A button pressed twice is one request.
        if (Session.AtHand(AskedCorrections.Of(session, vault, [file.Id]))
            .Find(asked => asked.State == "asked" && asked.Field == field && asked.Value == value) is { } same) return same.Case;
        if (session.Scalar<long>("select count(*) from people_correction where file = @Id and state = 'asked'", file) >= WaitingMax)
            return Refusal.Of("people.correction.too_many", "Ten of your requests wait for an answer already.");
        var opened = OpenCase(session, file, id, field);
        if (opened is { Ok: false }) return opened.Value.Refusal!;
        var seal = field == "number";
        session.Execute("""
            insert into people_correction (id, file, field, value, sealed, why, state, asked_by, asked_at, due, case_id)
            values (@id, @File, @field, @value, @seal, @why, 'asked', @Account, @now, @due, @caseId)
            """, new
        {
            id,
            field,
            why,
            actor.Account,
            now,
            File = file.Id,
            value = seal ? Convert.ToBase64String(vault.Seal(value)) : value,
            seal = seal ? 1L : 0L,
            due = FileFacts.LocalDay(now).AddDays(DueDays),
            caseId = opened?.Value.Id.Value,
        });
        return (CaseId?)opened?.Value.Id;
    }

    private Outcome<Opened>? OpenCase(Session session, FileRow file, Guid id, string field)
    {
        if (cases.FirstOrDefault() is not { } desk) return null;
        var place = file.Lives.Length > 0 ? file.Lives : file.Registered.Length > 0
            ? file.Registered : Path.GetFileName(Path.TrimEndingDirectorySeparator(places.DistrictFolder));
        return desk.Open(session, new OpenCase(Kind, PersonSubject.Of(file.Id), AskedCorrections.OriginPrefix + id, place,
            file.Dwelling.Length > 0 ? file.Dwelling : file.Id.ToString(), "", true,
            new Dictionary<string, string> { ["what"] = precedence[field].Names["zh"] }));
    }
}
