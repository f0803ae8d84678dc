using Legwork.Messages.Channels;
using Legwork.Messages.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Messages;

/// <summary>
/// Hands over what is due, on one node at a time. A message is claimed in a unit of its own before it leaves and settled in one after; what a
/// killed process had claimed is begun again where its way does nothing twice, and stands on the list as unsure where it might.
/// </summary>
internal sealed class SendMessages(Store store, MessageRules rules, MessageBook book, Addresses addresses, Ways ways, MessageWords texts,
    Leases leases, PlatformPlaces places, TimeProvider clock)
{
    public const int BatchMax = 500;
    private const string LeaseName = "messages.send";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Hands over until nothing more is due.</summary>
    /// <returns>How many messages took a step; none when another node is at it.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        if (!await store.ReadAsync(session => AnyDue(session), cancel)) return 0;
        await using var lease = await leases.Take(LeaseName);
        if (lease is null) return 0;
        await texts.Refresh(cancel);
        await BeginAgain(lease, cancel);
        await RingNoMore(lease);
        var all = 0;
        for (var some = await SendSome(lease, cancel); some > 0; some = await SendSome(lease, cancel)) all += some;
        return all;
    }

    private async Task<bool> AnyDue(Session session) => await session.FirstAsync<long?>(
        """
        select 1 from messages_message
        where state = 'handing' or (state = 'waiting' and due_at <= @now) or (state = 'call' and not_after <= @now) limit 1
        """, new { now = clock.GetUtcNow() }) is not null;

    /// <summary>Nobody is rung about what is over.</summary>
    private Task RingNoMore(Lease lease) => store.Write(session =>
    {
        lease.Fence(session);
        session.Execute("update messages_message set state = 'unreached', why = @Late where state = 'call' and not_after <= @now",
            new { Why.Late, now = clock.GetUtcNow() });
    });

    /// <summary>What somebody claimed who holds the lease no more.</summary>
    private async Task BeginAgain(Lease lease, CancellationToken cancel)
    {
        var left = await store.ReadAsync(session => session.QueryAsync<Due>(Due.Columns + " where state = 'handing' order by claim, id"), cancel);
        foreach (var batch in left.GroupBy(due => (due.Way, due.Claim)))
        {
            var way = ways[batch.Key.Way];
            if (way.Repeatable) await Hand(lease, way, batch.Key.Claim, await Prepare([.. batch], batch.Key.Claim, cancel), cancel);
            else await Settle(lease, way, batch.Key.Claim, [.. batch.Select(due => new HandedOver(due.Id, "unsure", "interrupted"))]);
        }
    }

    private async Task<int> SendSome(Lease lease, CancellationToken cancel)
    {
        var claim = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var due = await store.ReadAsync(session => session.QueryAsync<Due>(
            Due.Columns + " where state = 'waiting' and due_at <= @now order by due_at, id limit @BatchMax",
            new { now = clock.GetUtcNow(), BatchMax }), cancel);
        if (due.Count == 0) return 0;
        var prepared = await Prepare(due, claim, cancel);
        var steps = prepared.ToDictionary(one => one.Due.Id, one => Steps.Next(rules, rules.Find(one.Due.Kind), one.Recipient, one.Wish, one.Tried,
            one.Due.ReadAt is not null, clock.GetUtcNow(), ColumnTypes.Instant(one.Due.NotAfter)));
        var claimed = await Claim(lease, steps, claim);
        foreach (var ofWay in prepared.Where(one => claimed.Contains(one.Due.Id)).GroupBy(one => steps[one.Due.Id].Way))
            await Hand(lease, ways[ofWay.Key], $"{claim}-{ofWay.Key}",
                [.. ofWay.Select(one => one with { Due = one.Due with { Way = ofWay.Key } })], cancel);
        return due.Count;
    }

    /// <summary>How they are reached, what they wish, and what was tried.</summary>
    private async Task<List<Prepared>> Prepare(List<Due> due, string claim, CancellationToken cancel)
    {
        var whom = due.Select(one => one.Recipient).Distinct().ToList();
        var found = await addresses.Find(Actor.System, MessagesPermissions.Send, whom, claim, cancel);
        var wishes = await book.Wishes(whom, cancel);
        var tried = (await store.ReadAsync(session => session.QueryAsync<Tried>(
            $"select message, way from messages_attempt where {session.Among("message", "ids")} and outcome <> 'again'",
            new { ids = due.Select(one => one.Id).ToArray() }), cancel)).ToLookup(attempt => attempt.Message, attempt => attempt.Way);
        return due.ConvertAll(one => new Prepared(one, found.GetValueOrDefault(one.Recipient),
            wishes.GetValueOrDefault(one.Recipient, MessageBook.NoWish), tried[one.Id].ToHashSet(StringComparer.Ordinal)));
    }

    /// <returns>Those that are to be handed over now; what was withdrawn meanwhile is not among them.</returns>
    private Task<HashSet<Guid>> Claim(Lease lease, Dictionary<Guid, Step> steps, string claim) => store.Write(session =>
    {
        lease.Fence(session);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var claimed = new HashSet<Guid>();
        foreach (var (id, step) in steps)
        {
            var handing = step.State == "handing";
            var taken = session.Prepared("""
                update messages_message set state = @p1, way = @p2, due_at = @p3, why = @p4, claim = @p5
                where id = @p0 and state = 'waiting' and (@p1 <> 'handing' or not_after > @p6)
                """).With(id, step.State, step.Way, step.State == "waiting" ? step.At.ToUnixTimeMilliseconds() : now, step.Why,
                handing ? $"{claim}-{step.Way}" : "", now).Execute();
            if (taken == 1 && handing) claimed.Add(id);
        }
        return claimed;
    });

    private async Task Hand(Lease lease, IWay way, string key, IReadOnlyList<Prepared> batch, CancellationToken cancel)
    {
        var gone = batch.Where(one => AddressOf(one) is null).Select(one => new HandedOver(one.Due.Id, "refused", "address")).ToList();
        var going = batch.Where(one => AddressOf(one) is not null).Select(Compose).ToList();
        await Settle(lease, way, key, [.. gone, .. going.Count == 0 ? [] : await way.Hand(key, going, cancel)]);
    }

    private Handing Compose(Prepared one)
    {
        var t = texts.In(one.Wish.Language);
        return new Handing(one.Due.Id, AddressOf(one)!, one.Recipient!.Name, texts.Title(t, one.Due.Kind, one.Due.Words),
            texts.Text(t, one.Due.Kind, one.Due.Words), t.Language.Tag, ColumnTypes.Instant(one.Due.NotAfter));
    }

    private static string? AddressOf(Prepared one) => (one.Due.Way switch
    {
        MessageRules.Sms => one.Recipient?.Telephone,
        MessageRules.Email => one.Recipient?.Email,
        _ => one.Recipient?.Post,
    }) is { Length: > 0 } address ? address : null;

    private Task Settle(Lease lease, IWay way, string key, IReadOnlyList<HandedOver> done) => store.Write(session =>
    {
        lease.Fence(session);
        var now = clock.GetUtcNow();
        var file = way.WritesFiles ? done.Select(one => one.Proof).FirstOrDefault(proof => proof.Length > 0) ?? "" : "";
        session.Prepared("""
            insert into messages_batch (id, way, node, at, messages, file) values (@p0, @p1, @p2, @p3, @p4, @p5) on conflict (id) do nothing
            """).With(key, way.Code, places.Node, now.ToUnixTimeMilliseconds(), (long)done.Count, file).Execute();
        foreach (var one in done)
        {
            var (state, why, next) = one.Outcome switch
            {
                "handed" => ("handed", "", now),
                "late" => ("unreached", Why.Late, now),
                "unsure" => ("unreached", Why.Unsure, now),
                "again" => ("waiting", "", now + Pause),
                _ => ("waiting", "", now),
            };
            if (session.Prepared("update messages_message set state = @p1, why = @p2, due_at = @p3 where id = @p0 and state = 'handing'")
                .With(one.Message, state, why, next.ToUnixTimeMilliseconds()).Execute() == 0) continue;
            session.Prepared("""
                insert into messages_attempt (message, way, at, outcome, proof, cost_fen, account, actor)
                values (@p0, @p1, @p2, @p3, @p4, @p5, null, '')
                """).With(one.Message, way.Code, now.ToUnixTimeMilliseconds(), one.Outcome, one.Proof[..Math.Min(one.Proof.Length, 200)],
                one.Outcome == "handed" ? rules[way.Code].CostFen : 0L).Execute();
        }
    });

    private sealed record Tried(Guid Message, string Way);

    /// <param name="Recipient">Null when nobody may be told any more.</param>
    private sealed record Prepared(Due Due, Recipient? Recipient, Wish Wish, HashSet<string> Tried);

    private sealed record Due(Guid Id, string Kind, string Recipient, string Words, long NotAfter, string Way, string Claim, long? ReadAt)
    {
        public const string Columns = "select id, kind, recipient, words, not_after, way, claim, read_at from messages_message";
    }
}
