using Legwork.Kernel;
using Legwork.Messages.Channels;
using Legwork.Platform.Storage;

namespace Legwork.Messages;

/// <summary>
/// What gateways report later. Whom a message did not reach after all is told in the next way, or stands on the list; what was delivered is
/// proof, also where it was unsure. A gateway speaks only of what was handed to it.
/// </summary>
internal sealed class TakeReceipts(Store store, TimeProvider clock)
{
    private const string Delivered = "delivered", Failed = "failed", Bounced = "bounced";
    private const int ReasonLengthMax = 200;
    private const int NumberLengthMax = 64;

    public static readonly Refusal Denied = Refusal.Of("messages.receipt.denied", "This is no gateway's key.");
    public static readonly Refusal NotFound = Refusal.Of("messages.receipt.not_found", "No such message was handed to this gateway.");
    public static readonly Refusal Held = Refusal.Of("messages.receipt.held",
        "This message is still being handed over: report it again in a moment.");
    public static readonly Refusal Stale = Refusal.Of("messages.receipt.stale", "This message was reported as delivered before.");
    public static readonly Refusal State = Refusal.Of("messages.receipt.state", "The state is 'delivered' or 'failed'.");

    /// <param name="way">Whose key came with it.</param>
    public async Task<Outcome<ReceiptTaken>> Take(string way, Receipt receipt)
    {
        if (receipt.State is not (Delivered or Failed)) return State;
        var delivers = receipt.State == Delivered;
        return await store.Write<Outcome<ReceiptTaken>>(session =>
        {
            if (Find(session, way, receipt) is not { } id) return NotFound;
            // On PostgreSQL two reports at once must see each other.
            if (session.Engine == Engine.Postgres) session.Execute("select 1 from messages_message where id = @id for update", new { id });
            var known = session.Query<string>("select outcome from messages_attempt where message = @id and way = @way", new { id, way });
            if (!known.Exists(outcome => outcome is "handed" or "unsure"))
                return session.Scalar<long>("select count(*) from messages_message where id = @id and state = 'handing' and way = @way",
                    new { id, way }) > 0 ? Held : NotFound;
            var (delivered, bounced) = (known.Contains(Delivered), known.Contains(Bounced));
            if (!delivers && delivered) return Stale;
            if (delivers ? delivered : bounced) return new ReceiptTaken(receipt.State, Already: true);
            if (delivers) Reached(session, id, way);
            else GoOn(session, id, way);
            session.Execute("""
                insert into messages_attempt (message, way, at, outcome, proof, cost_fen, account, actor)
                values (@id, @way, @at, @outcome, @proof, 0, null, '')
                """, new { id, way, at = clock.GetUtcNow(), outcome = delivers ? Delivered : Bounced, proof = Words(receipt.Reason) });
            return new ReceiptTaken(receipt.State, Already: false);
        });
    }

    /// <summary>By the message's own id, or by the number that this gateway gave it and no other.</summary>
    private static Guid? Find(Session session, string way, Receipt receipt)
    {
        if (Guid.TryParse(receipt.Key, out var key))
            return session.Query<Guid>("select id from messages_message where id = @key", new { key }) is [var one] ? one : null;
        if (receipt.Id is not { Length: > 0 and <= NumberLengthMax } number) return null;
        return session.Query<Guid>("""
            select distinct message from messages_attempt
            where proof = @number and proof <> '' and outcome = 'handed' and way = @way limit 2
            """, new { number, way }) is [var only] ? only : null;
    }

    /// <summary>The next way is tried at once; after its time it stands on the list. What was read or settled meanwhile stays as it is.</summary>
    private void GoOn(Session session, Guid id, string way) => session.Execute("""
        update messages_message set due_at = @now, state = case when not_after > @now then 'waiting' else 'unreached' end,
            why = case when not_after > @now then '' else @Refused end
        where id = @id and way = @way and settled_by is null and read_at is null and (state = 'handed' or (state = 'unreached' and why = @Unsure))
        """, new { id, way, now = clock.GetUtcNow(), Why.Refused, Why.Unsure });

    /// <summary>Nothing more is tried, nobody is rung, and it stands on no list.</summary>
    private static void Reached(Session session, Guid id, string way) => session.Execute("""
        update messages_message set state = 'handed', way = @way, why = ''
        where id = @id and settled_by is null and state in ('waiting', 'call', 'unreached')
        """, new { id, way });

    private static string Words(string? reason) =>
        new([.. (reason ?? "").Where(sign => !char.IsControl(sign) && !char.IsSurrogate(sign)).Take(ReasonLengthMax)]);
}
