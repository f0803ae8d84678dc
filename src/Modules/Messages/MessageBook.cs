using System.Text.Json;
using Legwork.Messages.Contracts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Messages;

/// <summary>Messages as the modules tell them and as people see them.</summary>
internal sealed class MessageBook(Store store, MessageRules rules, MessageWords texts, Lazy<SendMessages> send, TimeProvider clock) : IMessages
{
    public const int ShownMax = 100;

    public void Tell(Session session, Message message)
    {
        var (now, kind) = (clock.GetUtcNow(), rules.Kind(message.Kind));
        var first = (message.From is { } from && from > now ? from : now).ToUnixTimeMilliseconds();
        session.Prepared("""
            insert into messages_message (id, kind, recipient, about, place, words, made_at, not_after, state, from_at, due_at, way, claim, why)
            values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, 'waiting', @p8, @p8, '', '', '')
            on conflict (kind, recipient, about) do nothing
            """).With(Guid.CreateVersion7(now), message.Kind, message.To, message.About, message.Place, JsonSerializer.Serialize(message.Words),
            now.ToUnixTimeMilliseconds(), (message.NotAfter ?? now + kind.Lasts).ToUnixTimeMilliseconds(), first).Execute();
    }

    public int Withdraw(Session session, string about) => session.Execute(
        "update messages_message set state = 'withdrawn' where about = @about and state in ('waiting', 'call')", new { about });

    public async Task<IReadOnlyList<ToldMessage>> Show(T t, IReadOnlyCollection<string> whom, CancellationToken cancel)
    {
        var rows = await store.ReadAsync(session => session.QueryAsync<Row>($"""
            select id, kind, words, made_at, read_at from messages_message
            where {session.Among("recipient", "whom")} and state <> 'withdrawn' and from_at <= @now order by made_at desc limit @ShownMax
            """, new { whom = whom.ToArray(), now = clock.GetUtcNow(), ShownMax }), cancel);
        var ways = (await store.ReadAsync(session => session.QueryAsync<WayTaken>($"""
            select distinct message, way from messages_attempt
            where {session.Among("message", "ids")} and (outcome in ('delivered', 'reached') or (outcome = 'handed' and not exists (
                select 1 from messages_attempt b
                where b.message = messages_attempt.message and b.way = messages_attempt.way and b.outcome = 'bounced')))
            """, new { ids = rows.Select(row => row.Id).ToArray() }), cancel)).ToLookup(taken => taken.Message, taken => taken.Way);
        if (rows.Any(row => row.ReadAt is null))
            // Whoever has read it is rung no more, and stands on no list.
            await store.Write(session => session.Execute($"""
                update messages_message set read_at = @now, state = case when state in ('call', 'unreached') then 'handed' else state end
                where {session.Among("id", "ids")} and read_at is null
                """,
                new { now = clock.GetUtcNow(), ids = rows.Where(row => row.ReadAt is null).Select(row => row.Id).ToArray() }));
        return rows.ConvertAll(row => new ToldMessage(row.Id, ColumnTypes.Instant(row.MadeAt), texts.Title(t, row.Kind, row.Words),
            texts.Text(t, row.Kind, row.Words), row.ReadAt is null, [.. ways[row.Id].Select(way => t[$"messages.way.{way}"])]));
    }

    public async Task<int> Unread(IReadOnlyCollection<string> whom, CancellationToken cancel) => (int)await store.ReadAsync(session =>
        session.SingleAsync<long>($"""
            select count(*) from messages_message
            where {session.Among("recipient", "whom")} and state <> 'withdrawn' and read_at is null and from_at <= @now
            """, new { whom = whom.ToArray(), now = clock.GetUtcNow() }), cancel);

    public async Task<Wish> WishOf(string whom, CancellationToken cancel) =>
        (await Wishes([whom], cancel)).GetValueOrDefault(whom, NoWish);

    /// <summary>Where nothing was said: any way, in Chinese.</summary>
    public static Wish NoWish { get; } = new([], "zh-CN");

    public async Task<IReadOnlyDictionary<string, Wish>> Wishes(IReadOnlyCollection<string> whom, CancellationToken cancel) =>
        (await store.ReadAsync(session => session.QueryAsync<WishRow>(
            $"select recipient, off, language from messages_wish where {session.Among("recipient", "whom")}", new { whom = whom.ToArray() }), cancel))
        .ToDictionary(row => row.Recipient, row => new Wish(row.Off.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Language));

    public Task Keep(string whom, Wish wish) => store.Write(session => session.Execute("""
        insert into messages_wish (recipient, off, language, at) values (@whom, @off, @Language, @at)
        on conflict (recipient) do update set off = excluded.off, language = excluded.language, at = excluded.at
        """, new { whom, off = string.Join(' ', wish.Off.Order(StringComparer.Ordinal)), wish.Language, at = clock.GetUtcNow() }));

    public Task<int> HandOver(CancellationToken cancel) => send.Value.SendDue(cancel);

    public async Task<IReadOnlyDictionary<string, long>> States(CancellationToken cancel) => (await store.ReadAsync(session =>
        session.QueryAsync<Standing>("select state, count(*) as count from messages_message group by state"), cancel))
        .ToDictionary(row => row.State, row => row.Count);

    private sealed record Row(Guid Id, string Kind, string Words, long MadeAt, long? ReadAt);

    private sealed record Standing(string State, long Count);

    private sealed record WayTaken(Guid Message, string Way);

    private sealed record WishRow(string Recipient, string Off, string Language);
}
