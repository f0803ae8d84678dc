using Legwork.Clinics.Stock;
using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <param name="Room">Where: the counter, the doctor's table, the number of a table; empty for a telephone.</param>
/// <param name="Version">The visit as whoever acts saw it.</param>
/// <param name="Key">The sender's; the same key again changes nothing.</param>
/// <param name="DoneAt">When it was done, if that was earlier: a table without network.</param>
internal sealed record ActAsked(Guid Visit, long Version, string Room, Guid? Key = null, DateTimeOffset? DoneAt = null);

/// <summary>
/// Where every act on a visit passes: load on a reader, decide purely,
/// then one unit that changes the visit <c>where version = @v</c>, writes its history
/// and whatever the morning has of it (a number, a place in the line, a call), or nothing.
/// </summary>
internal sealed class VisitDesk(Store store, Clinics clinics, NumberVault vault, IMessages messages, TimeProvider clock)
{
    private static readonly TimeSpan OfflineMax = TimeSpan.FromHours(12);

    public static readonly Refusal NotFound = Refusal.Of("clinics.visit_unknown", "There is no such visit.");

    public static readonly Refusal Stale = Refusal.Of("clinics.stale", "Somebody else has worked on this visit meanwhile. Look at it again.");

    public static readonly Refusal Taken = Refusal.Of("clinics.taken_already", "This was sent before and is taken.");

    /// <returns>The visit after it. Refusals: <c>clinics.visit_unknown</c>, <c>clinics.out_of_scope</c>, <c>clinics.stale</c>,
    /// <c>clinics.taken_already</c>, and what the act itself refuses.</returns>
    public async Task<Outcome<Visit>> Do(Actor actor, Permission permission, ActAsked asked, Func<Visit, At, Outcome<VisitStep>> act)
    {
        if (await Open(actor, permission, asked.Visit, CancellationToken.None) is var opened && !opened.Ok) return opened.Refusal!;
        if (opened.Value.Version != asked.Version) return await IsTaken(asked.Key) ? Taken : Stale;
        var now = clock.GetUtcNow();
        var step = act(opened.Value, new At(asked.Room, AsOf(asked.DoneAt, now), clinics.Rules));
        if (!step.Ok) return step.Refusal!;
        return await store.WriteWhole(session => Save(session, actor, opened.Value, step.Value, asked, now));
    }

    /// <summary>A visit at a clinic where the actor may use the permission.</summary>
    public async Task<Outcome<Visit>> Open(Actor actor, Permission permission, Guid id, CancellationToken cancel)
    {
        if (await store.ReadAsync(session => VisitRows.FindAsync(session, id), cancel) is not { } visit) return NotFound;
        return clinics.Find(visit.Clinic) is { } clinic && actor.May(permission, clinic.Street) ? visit : Clinics.OutOfScope;
    }

    /// <summary>Takes the last step back that was not taken back yet.</summary>
    public async Task<Outcome<Visit>> TakeBack(Actor actor, Permission permission, ActAsked asked, string reason)
    {
        var acts = await store.ReadAsync(session => VisitRows.ActsAsync(session, asked.Visit), CancellationToken.None);
        var gone = acts.Select(act => act.TakesBack).OfType<long>().ToHashSet();
        var last = acts.LastOrDefault(act => act.TakesBack is null && !gone.Contains(act.Step));
        // What a doctor has decided no nurse takes back.
        var needed = last?.Act is "deferred" or "found_fit" ? ClinicsPermissions.Decide : permission;
        return last is null ? NotFound
            : await Do(actor, needed, asked, (visit, _) => VisitActs.TakeBack(visit, last.Act, last.Step, Stand.Read(last.Was), reason));
    }

    /// <summary>The unit of a step, for whoever has more to write in it.</summary>
    /// <exception cref="RefusedException">Somebody else was quicker; nothing of the unit may stay.</exception>
    public Visit Save(Session session, Actor actor, Visit before, VisitStep step, ActAsked asked, DateTimeOffset now)
    {
        var clinic = clinics.Find(before.Clinic)!;
        var day = DayRow.Hold(session, before.Clinic, before.Day);
        var after = step.After with { Version = before.Version + 1 };
        if (step.DrawsNumber && after.Number == 0) after = after with { Number = day.DrawNumber(session) };
        if (step.QueuesUp) after = after with { Mark = day.JoinLine(session, clinics.Rules.Lanes[after.Lane]) };
        if (step.StepsBack > 0) after = after with { Mark = FairLine.Back(Marks(session, before), step.StepsBack, before.Mark) };
        if (after.State == VisitState.Booked && before.State != VisitState.Booked && IsBooked(session, after)) throw new RefusedException(
            Refusal.Of("clinics.booked_already", "One of the children has a booking already. Move that one, or cancel it."));
        if (!VisitRows.Change(session, after, before.Version))
            throw new RefusedException(asked.Key is { } key && VisitRows.Taken(session, key) ? Taken : Stale);
        VisitRows.AddAct(session, before, step, actor, new At(asked.Room, AsOf(asked.DoneAt, now), clinics.Rules),
            step.Told is null ? null : vault.Seal(step.Told), now, asked.Key);
        if (step.Call is { } call)
        {
            day.CalledUpTo(session, after.Mark);
            session.Execute("""
                insert into clinics_call (clinic, day, visit, number, room, kind, at) values (@Clinic, @Day, @Id, @Number, @Room, @call, @now)
                """, new { after.Clinic, after.Day, after.Id, Number = (long)after.Number, after.Room, call, now });
        }
        if (step.FreesPlace && before.Minute is { } minute)
        {
            PlaceRows.Free(session, clinic, before.Day, minute, [before.Products]);
            messages.Withdraw(session, VisitSubject.Of(before.Id));
        }
        // Another vaccine than the booked one was registered, or that was taken back: what is promised goes along.
        if (before.Minute is not null && step.Act != "given")
        {
            LevelRow.Release(session, clinic.Code, before.Products.Except(after.Products));
            LevelRow.Owe(session, clinic.Code, after.Products.Except(before.Products));
        }
        if (before.Minute is not null && step.FreesPromise) LevelRow.Release(session, clinic.Code, before.Products);
        if (before.Minute is not null && step.PromisesAgain) LevelRow.Owe(session, clinic.Code, before.Products);
        return after;
    }

    /// <summary>What was done without network is told as of then: in the last hours, and never in the future,
    /// whatever the tablet's clock says.</summary>
    internal static DateTimeOffset AsOf(DateTimeOffset? doneAt, DateTimeOffset now) =>
        doneAt is { } at && at < now ? (at > now - OfflineMax ? at : now - OfflineMax) : now;

    private static bool IsBooked(Session session, Visit visit) => session.Scalar<long>(
        "select count(*) from clinics_visit where person = @Person and state = 'booked' and id <> @Id", new { visit.Person, visit.Id }) > 0;

    private static List<long> Marks(Session session, Visit visit) => session.Query<long>(
        "select mark from clinics_visit where clinic = @Clinic and day = @Day and state = 'waiting' order by mark", new { visit.Clinic, visit.Day });

    private async Task<bool> IsTaken(Guid? key) =>
        key is { } sent && await store.ReadAsync(session => Task.FromResult(VisitRows.Taken(session, sent)), CancellationToken.None);
}
