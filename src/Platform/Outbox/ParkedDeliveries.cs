using Legwork.Kernel;

namespace Legwork.Platform.Outbox;

/// <summary>What failed too often and waits for a person.</summary>
/// <param name="Event">With <paramref name="Module"/>, the name of the delivery.</param>
/// <param name="Error">The kind of the last failure; its words are in the log.</param>
/// <param name="Behind">How many later deliveries of the same key it holds.</param>
public sealed record ParkedDelivery(long Event, string Module, string Kind, string Key, string Error, long Tries, DateTimeOffset At, long Behind);

/// <remarks>
/// A parked delivery holds the later ones of its key. Whoever runs the district has it tried again once the cause is remedied, or passes
/// over it for good, with the reason kept; then the later ones go on.
/// </remarks>
public sealed partial class Relay
{
    public IReadOnlyList<ParkedDelivery> Parked() => store.Read(session => session.Query<ParkedDelivery>("""
        select d.event, d.handler as module, e.kind, d.key, d.error, d.tries, e.at, (select count(*) from platform_delivery b
            where b.handler = d.handler and b.key = d.key and b.event > d.event and b.state in ('waiting', 'parked')) as behind
        from platform_delivery d join platform_event e on e.id = d.event
        where d.state = 'parked' order by d.event, d.handler
        """));

    /// <returns>Refusals: <c>outbox.not_parked</c>.</returns>
    public Task<Outcome<Done>> Retry(long @event, string module) => Resolve(@event, module, "waiting", "");

    /// <param name="why">What was done instead, or why nothing is needed; kept with the delivery.</param>
    /// <returns>Refusals: <c>outbox.not_parked</c>, <c>outbox.why</c>.</returns>
    public async Task<Outcome<Done>> Skip(long @event, string module, string why) => string.IsNullOrWhiteSpace(why)
        ? Refusal.Of("outbox.why", "Say why it is passed over: nobody will hear of this event in its module.")
        : await Resolve(@event, module, "skipped", why.Trim());

    private Task<Outcome<Done>> Resolve(long @event, string module, string state, string note) => store.Write<Outcome<Done>>(session =>
        session.Execute("""
            update platform_delivery set state = @state, tries = 0, next_at = @now, note = @note
            where event = @event and handler = @module and state = 'parked'
            """, new { state, now = clock.GetUtcNow(), note, @event, module }) == 1
            ? Done.It
            : Refusal.Of("outbox.not_parked", $"No delivery of event {@event} to '{module}' is parked."));
}
