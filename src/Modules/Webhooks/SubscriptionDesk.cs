using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Sending;

namespace Legwork.Webhooks;

/// <param name="Purpose">Empty is nothing personal.</param>
internal sealed record SubscriptionAsked(string Name, string Url, IReadOnlyList<string> Events, IReadOnlyList<string> Fields, string Purpose);

/// <summary>A subscription with its secret, which nobody sees again.</summary>
internal sealed record FreshSecret(Guid Id, string Name, string Secret, DateTimeOffset? OldUntil);

/// <summary>Who is told of what, as an administrator of the whole district decides it.</summary>
internal sealed class SubscriptionDesk(Store store, EventsOut events, Reading reading, Purposes purposes, NumberVault vault,
    Destinations destinations, AccessRules access, TimeProvider clock)
{
    public const int NameLengthMax = 60;
    private const int SubscriptionsMax = 100;

    /// <summary>How long the secret before is still signed with, so that a receiver can change over.</summary>
    private static readonly TimeSpan OldValid = TimeSpan.FromHours(24);

    private static readonly Refusal Missing = Refusal.Of("webhooks.not_found", "There is no such receiver.");
    private static readonly Refusal OutOfScope = Refusal.Of("webhooks.out_of_scope", "Only an administrator of the whole district says who is told.");

    /// <summary>The purposes offered: those that admit receivers.</summary>
    public IReadOnlyList<Purpose> Purposes => EventsOut.PurposesOf(reading, purposes, access.District);

    public async Task<IReadOnlyList<Subscription>> List(CancellationToken cancel) =>
        await store.ReadAsync(Subscription.All, cancel);

    public async Task<Outcome<Subscription>> Find(Guid id, CancellationToken cancel) =>
        await store.ReadAsync(session => Subscription.Find(session, id), cancel) is { } found ? found : Missing;

    /// <returns>Refusals <c>webhooks.out_of_scope</c>, and <c>webhooks.name</c>, <c>.url</c>, <c>.events</c>, <c>.fields</c>, <c>.purpose</c>,
    /// <c>.personal</c> (a field that the purpose does not open), <c>.too_many</c>.</returns>
    public async Task<Outcome<FreshSecret>> Begin(Actor actor, SubscriptionAsked asked)
    {
        if (Wrong(actor, asked) is { } wrong) return wrong;
        // Fields that none of the events has were offered beside the others, and say nothing.
        var told = asked.Events.SelectMany(name => events.Find(name)!.Fields).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var (id, secret, now) = (Guid.CreateVersion7(clock.GetUtcNow()), Signature.NewSecret(), clock.GetUtcNow());
        return await store.Write<Outcome<FreshSecret>>(session =>
        {
            if (session.Scalar<long>("select count(*) from webhooks_subscription where state <> 'ended'") >= SubscriptionsMax)
                return Refusal.Of("webhooks.too_many", "There are as many receivers as one district can have. End one that is not needed.");
            session.Execute("""
                insert into webhooks_subscription (id, name, url, events, fields, purpose, secret, old_secret, old_until, state, made_at, made_by,
                    failing_since, failures, rest_until, last_reason)
                values (@id, @Name, @Url, @events, @fields, @Purpose, @secret, null, 0, 'active', @now, @by, null, 0, 0, '')
                """, new
            {
                id,
                asked.Name,
                asked.Url,
                events = string.Join(' ', asked.Events.Distinct().Order(StringComparer.Ordinal)),
                fields = string.Join(' ', asked.Fields.Where(told.Contains).Distinct().Order(StringComparer.Ordinal)),
                asked.Purpose,
                secret = vault.Seal(secret),
                now,
                by = actor.Name,
            });
            return new FreshSecret(id, asked.Name, secret, null);
        });
    }

    /// <summary>Everything that is wrong with what was asked, in the order of the form.</summary>
    private Refusal? Wrong(Actor actor, SubscriptionAsked asked)
    {
        if (!actor.May(WebhooksPermissions.Manage, access.District)) return OutOfScope;
        return Refusal.All(Faults(asked));
    }

    private IEnumerable<Refusal> Faults(SubscriptionAsked asked)
    {
        if (asked.Name.Length is 0 or > NameLengthMax) yield return Refusal.Of("webhooks.name", "Say who receives it, in a few words.");
        if (!destinations.Takes(asked.Url, out _))
            yield return Refusal.Of("webhooks.url", "The address begins with https:// and leads out of this network.");
        var chosen = asked.Events.Select(events.Find).ToList();
        if (chosen.Count == 0 || chosen.Contains(null)) yield return Refusal.Of("webhooks.events", "Choose of what is told.");
        var known = chosen.SelectMany(one => one?.Fields ?? []).ToLookup(field => field.Name);
        var fields = asked.Fields.Where(name => known.Contains(name)).SelectMany(name => known[name]).ToList();
        if (fields.Count == 0 || asked.Fields.Any(name => !events.Fields.Any(field => field.Name == name)))
            yield return Refusal.Of("webhooks.fields", "Choose fields that what is told has.");
        var purpose = Purposes.FirstOrDefault(one => one.Code == asked.Purpose);
        if (asked.Purpose.Length > 0 && purpose is null)
            yield return Refusal.Of("webhooks.purpose", "No receiver is told anything for this purpose.");
        else if (fields.Exists(field => field.Opened.Length > 0 && purpose?.Opens(field.Opened) != true))
            yield return Refusal.Of("webhooks.personal", "A field that tells of a person leaves only for a purpose that opens it.");
    }

    /// <summary>Makes a new secret; for a day both sign.</summary>
    public Task<Outcome<FreshSecret>> Rotate(Actor actor, Guid id)
    {
        var (secret, until) = (Signature.NewSecret(), clock.GetUtcNow() + OldValid);
        return Act<FreshSecret>(actor, id, (session, found) =>
        {
            session.Execute("update webhooks_subscription set old_secret = secret, old_until = @until, secret = @secret where id = @id",
                new { id, until, secret = vault.Seal(secret) });
            return new FreshSecret(id, found.Name, secret, until);
        });
    }

    public Task<Outcome<Done>> Pause(Actor actor, Guid id) => Put(actor, id, Subscription.Paused);

    /// <summary>Goes on with what was kept meanwhile, at once.</summary>
    public Task<Outcome<Done>> Resume(Actor actor, Guid id) => Put(actor, id, Subscription.Active);

    public Task<Outcome<Done>> End(Actor actor, Guid id) => Act<Done>(actor, id, (session, _) =>
    {
        SendHooks.Leave(session, id, Subscription.Ended);
        return Done.It;
    }, evenGone: true);

    /// <summary>Sends an event that tells nothing.</summary>
    public Task<Outcome<Done>> Test(Actor actor, Guid id) => Act<Done>(actor, id, (session, _) =>
    {
        PlanDeliveries.Add(session, id, null, EventsOut.Test, "", null, "{}", clock.GetUtcNow().ToUnixTimeMilliseconds());
        return Done.It;
    });

    /// <summary>Sends one again, under its own id.</summary>
    public Task<Outcome<Done>> Replay(Actor actor, Guid id, Guid delivery) => Act<Done>(actor, id, (session, _) =>
        Again(session, "id = @delivery and state in ('sent', 'failed')", new { id, delivery, now = clock.GetUtcNow() }) == 1 ? Done.It : Missing);

    /// <summary>Sends again what failed since the beginning of a local day, each under its own id.</summary>
    /// <returns>How many.</returns>
    public async Task<Outcome<long>> ReplayFailed(Actor actor, Guid id, DateOnly since)
    {
        var (all, at) = (0L, Calendar.StartOf(since));
        while (true)
        {
            var some = await Act<long>(actor, id, (session, _) => Again(session, """
                id in (select id from webhooks_delivery where subscription = @id and state = 'failed' and at >= @at order by at limit @RowsPerUnit)
                """, new { id, at, Store.RowsPerUnit, now = clock.GetUtcNow() }));
            if (!some.Ok) return some.Refusal!;
            if (some.Value == 0) return all;
            all += some.Value;
        }
    }

    private static int Again(Session session, string which, object args) => session.Execute(
        $"update webhooks_delivery set state = 'waiting', tries = 0, due_at = @now, reason = '' where subscription = @id and {which}", args);

    private Task<Outcome<Done>> Put(Actor actor, Guid id, string state) => Act<Done>(actor, id, (session, _) =>
    {
        session.Execute("update webhooks_subscription set state = @state, failures = 0, failing_since = null, rest_until = 0 where id = @id",
            new { id, state });
        return Done.It;
    });

    private Task<Outcome<T>> Act<T>(Actor actor, Guid id, Func<Session, Subscription, Outcome<T>> act, bool evenGone = false) =>
        store.Write<Outcome<T>>(session =>
        {
            if (!actor.May(WebhooksPermissions.Manage, access.District)) return OutOfScope;
            if (Session.AtHand(Subscription.Find(session, id)) is not { } found) return Missing;
            if (found.State == Subscription.Ended || (found.IsOver && !evenGone))
                return Refusal.Of("webhooks.over", "This receiver is told nothing any more. Begin a new one instead.");
            return act(session, found);
        });
}
