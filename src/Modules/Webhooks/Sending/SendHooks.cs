using System.Collections.Concurrent;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Legwork.Webhooks.Sending;

/// <summary>
/// Hands over what is due, on one node at a time. Every receiver has a pump and lines of its own, so that one that hangs or lies keeps nobody
/// waiting; what was sent is settled behind the lease's fence, and what a killed node had sent and not settled is sent again under the same id.
/// </summary>
internal sealed partial class SendHooks(Store store, Compose compose, IPost post, NumberVault vault, Leases leases, TimeProvider clock,
    ILogger<SendHooks> log)
{
    public const int BatchMax = 4 * Store.RowsPerUnit;

    /// <summary>So many in a row end a batch: the receiver rests, and is then tried with one delivery until it takes one.</summary>
    public const int FailuresUntilRest = HttpPost.LinesPerReceiverMax;
    private const string LeaseName = "webhooks.send";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OffAfter = TimeSpan.FromDays(5);

    /// <summary>Hands over until nothing more is due.</summary>
    /// <returns>How many were sent, taken or not; none when another node is at it.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        if ((await Waiting(cancel)).Count == 0) return 0;
        await using var lease = await leases.Take(LeaseName);
        if (lease is null) return 0;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pumps = new Dictionary<Guid, Task<int>>();
        var all = 0;
        try
        {
            while (true)
            {
                foreach (var receiver in await Waiting(over.Token))
                    if (!pumps.ContainsKey(receiver)) pumps.Add(receiver, Task.Run(() => Pump(lease, receiver, over.Token), over.Token));
                if (pumps.Count == 0) return all;
                // Whoever is due while another hangs is seen with the next look.
                await Task.WhenAny([.. pumps.Values, Task.Delay(Look, over.Token)]);
                foreach (var (receiver, pump) in pumps.Where(one => one.Value.IsCompleted).ToList())
                {
                    pumps.Remove(receiver);
                    all += await pump;
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await ((Task)Task.WhenAll(pumps.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Receivers for whom something is due.</summary>
    private Task<List<Guid>> Waiting(CancellationToken cancel) => store.ReadAsync(session => session.QueryAsync<Guid>("""
        select s.id from webhooks_subscription s where s.state = 'active' and s.rest_until <= @now and exists (
            select 1 from webhooks_delivery d where d.subscription = s.id and d.state = 'waiting' and d.due_at <= @now)
        """, new { now = clock.GetUtcNow() }), cancel);

    /// <summary>Sends batch after batch; while one is settled the next is on its way.</summary>
    private async Task<int> Pump(Lease lease, Guid id, CancellationToken cancel)
    {
        var (all, unsettled, settling) = (0, new HashSet<Guid>(), Task.CompletedTask);
        try
        {
            while (await Next(id, unsettled, cancel) is { Due.Count: > 0 } next)
            {
                var sent = await SendSafely(next.Receiver, next.Due, cancel);
                await settling;
                settling = Settle(lease, next.Receiver, sent);
                unsettled = [.. sent.Answers.Select(one => one.Due.Id)];
                all += sent.Answers.Count;
                if (sent.Rests || next.Receiver.Failures > 0) await settling;
                cancel.ThrowIfCancellationRequested();
                if (sent.Rests) return all;
            }
        }
        finally
        {
            await settling;
        }
        return all;
    }

    /// <summary>A fault of ours with this receiver's deliveries is no other receiver's.</summary>
    private async Task<Sent> SendSafely(Subscription receiver, IReadOnlyList<Due> due, CancellationToken cancel)
    {
        try
        {
            return await Send(receiver, await compose.Write(receiver, due, cancel), cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(log, receiver.Id, failure);
            return new Sent([], Rests: true, null, "fault");
        }
    }

    /// <param name="unsettled">What was sent a moment ago and still stands as waiting.</param>
    private Task<(Subscription Receiver, List<Due> Due)?> Next(Guid id, HashSet<Guid> unsettled, CancellationToken cancel) =>
        store.ReadAsync<(Subscription Receiver, List<Due> Due)?>(async session =>
        {
            var now = clock.GetUtcNow();
            if (await Subscription.Find(session, id) is not { State: Subscription.Active } receiver
                || receiver.RestUntil > now.ToUnixTimeMilliseconds()) return null;
            var due = await session.QueryAsync<Due>("""
                select id, type, thing, person, body, at, tries from webhooks_delivery
                where subscription = @id and state = 'waiting' and due_at <= @now order by due_at, id limit @some
                """, new { id, now, some = unsettled.Count + (receiver.Failures > 0 ? 1 : BatchMax) });
            return (receiver, due.FindAll(one => !unsettled.Contains(one.Id)));
        }, cancel);

    /// <summary>What tells of one thing goes one after the other; a failure holds nothing back, since each says when it happened.</summary>
    private async Task<Sent> Send(Subscription receiver, IReadOnlyList<Written> batch, CancellationToken cancel)
    {
        var (address, keys) = (new Uri(receiver.Url), receiver.Keys(vault, clock.GetUtcNow()));
        var answers = new ConcurrentQueue<(Due Due, PostAnswer Answer)>();
        var (inARow, wait) = (0, (TimeSpan?)null);
        await Task.WhenAll(Partitioner.Create(batch.GroupBy(one => one.Due.Thing), EnumerablePartitionerOptions.NoBuffering)
            .GetPartitions(HttpPost.LinesPerReceiverMax).Select(async some =>
        {
            using var things = some;
            while (things.MoveNext())
                foreach (var one in things.Current)
                {
                    if (Volatile.Read(ref inARow) >= FailuresUntilRest || cancel.IsCancellationRequested) return;
                    var at = clock.GetUtcNow().ToUnixTimeSeconds();
                    PostAnswer answer;
                    try
                    {
                        answer = await post.Send(address, new Letter(one.Due.WebhookId, at,
                            Signature.Of(keys, one.Due.WebhookId, at, one.Body), one.Body), cancel);
                    }
                    catch (OperationCanceledException)
                    {
                        return; // What others of the batch were answered is still settled.
                    }
                    answers.Enqueue((one.Due, answer));
                    if (answer.Wait is not null) wait = answer.Wait;
                    if (answer.Answered == Answered.Taken) Volatile.Write(ref inARow, 0);
                    else if (answer.Answered == Answered.Gone || answer.Wait is not null) Volatile.Write(ref inARow, FailuresUntilRest);
                    else Interlocked.Increment(ref inARow);
                }
        }));
        var all = answers.ToList();
        var taken = all.Exists(one => one.Answer.Answered == Answered.Taken);
        return new Sent(all, Rests: inARow >= FailuresUntilRest || (!taken && all.Count > 0), wait,
            all.LastOrDefault(one => one.Answer.Answered != Answered.Taken).Answer.Reason ?? "");
    }

    /// <summary>In units that wait together and share a commit on SQLite; then how the receiver stands.</summary>
    private async Task Settle(Lease lease, Subscription receiver, Sent sent)
    {
        var now = clock.GetUtcNow();
        await Task.WhenAll(sent.Answers.Chunk(Store.RowsPerUnit).Select(some => store.Write(session =>
        {
            lease.Fence(session);
            SettleRows(session, some, now);
        })));
        var gone = sent.Answers.Any(one => one.Answer.Answered == Answered.Gone);
        if (!gone && !sent.Rests && receiver.Failures == 0) return;
        await store.Write(session =>
        {
            lease.Fence(session);
            if (gone) Leave(session, receiver.Id, Subscription.Gone);
            else if (sent.Rests) Rest(session, receiver, sent, now);
            else
                session.Execute("""
                    update webhooks_subscription set failures = 0, failing_since = null, rest_until = 0, last_reason = ''
                    where id = @Id and state = 'active'
                    """, new { receiver.Id });
        });
    }

    private static void SettleRows(Session session, IReadOnlyList<(Due Due, PostAnswer Answer)> answers, DateTimeOffset now)
    {
        Store.Each(session, """
            update webhooks_delivery set state = 'sent', tries = tries + 1, last_at = @p1, reason = '' where id = @p0 and state = 'waiting'
            """, answers.Where(one => one.Answer.Answered == Answered.Taken)
                .Select(one => new object?[] { one.Due.Id, now.ToUnixTimeMilliseconds() }));
        Store.Each(session, """
            update webhooks_delivery set state = @p1, tries = tries + 1, due_at = @p2, last_at = @p3, reason = @p4
            where id = @p0 and state = 'waiting'
            """, answers.Where(one => one.Answer.Answered != Answered.Taken).Select(one =>
        {
            var wait = Schedule.After(one.Due.Tries + 1, one.Due.Id, one.Answer.Wait);
            return new object?[]
            {
                one.Due.Id, wait is null ? "failed" : "waiting", (now + (wait ?? TimeSpan.Zero)).ToUnixTimeMilliseconds(),
                now.ToUnixTimeMilliseconds(), one.Answer.Reason,
            };
        }));
    }

    /// <summary>Takes the receiver off the list; what was not sent yet is told to nobody.</summary>
    public static void Leave(Session session, Guid id, string state)
    {
        session.Execute("update webhooks_subscription set state = @state where id = @id and state <> 'ended'", new { id, state });
        session.Execute("update webhooks_delivery set state = 'dropped' where subscription = @id and state = 'waiting'", new { id });
    }

    private static void Rest(Session session, Subscription receiver, Sent sent, DateTimeOffset now)
    {
        var since = sent.Answers.Any(one => one.Answer.Answered == Answered.Taken) || receiver.FailingSince is null
            ? now : ColumnTypes.Instant(receiver.FailingSince.Value);
        session.Execute("""
            update webhooks_subscription
            set failures = failures + 1, failing_since = @since, rest_until = @until, last_reason = @Reason, state = @state
            where id = @Id and state = 'active'
            """, new
        {
            receiver.Id,
            since,
            until = now + Schedule.Rest(receiver.Failures + 1, sent.Wait),
            sent.Reason,
            state = now - since >= OffAfter ? Subscription.Off : Subscription.Active,
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries to the receiver {Receiver} could not be written")]
    private static partial void Failed(ILogger logger, Guid receiver, Exception failure);

    private sealed record Sent(IReadOnlyList<(Due Due, PostAnswer Answer)> Answers, bool Rests, TimeSpan? Wait, string Reason);
}
