using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Messages;

/// <param name="State"><c>call</c> or <c>unreached</c>.</param>
internal sealed record DeskRow(Guid Id, string Kind, string Recipient, string Words, string Place, string State, string Why, long MadeAt,
    long NotAfter);

/// <param name="Person">Null where nobody may be told any more.</param>
internal sealed record DeskLine(DeskRow Row, string Title, string Text, Recipient? Person);

internal sealed record DeskView(string State, IReadOnlyList<DeskLine> Lines, long Calls, long Unreached);

/// <summary>What people do by hand: ring whom nothing else reaches, and settle who was not reached.</summary>
internal sealed class MessageDesk(Store store, MessageWords texts, MessageRules rules, Addresses addresses, TimeProvider clock)
{
    public const int LinesMax = 50;

    public static readonly Refusal Gone = Refusal.Of("messages.settled", "Somebody has settled this message meanwhile.");

    /// <summary>Of the actor's places; whoever is named there stands in the log of reads first.</summary>
    public async Task<DeskView> List(Actor actor, T t, string state, CancellationToken cancel)
    {
        var rows = await store.ReadAsync(session =>
        {
            var (within, args) = Within(actor);
            (args["state"], args["now"]) = (state, clock.GetUtcNow());
            return session.QueryAsync<DeskRow>($"""
                select id, kind, recipient, words, place, state, why, made_at, not_after from messages_message
                where state = @state and settled_by is null and (state <> 'call' or not_after > @now) and {within}
                order by not_after, id limit {LinesMax}
                """, args);
        }, cancel);
        var (calls, unreached) = await Counts(actor, cancel);
        var people = rows.Count == 0 ? new Dictionary<string, Recipient>()
            : await addresses.Find(actor, MessagesPermissions.Desk, [.. rows.Select(row => row.Recipient).Distinct()], "messages", cancel);
        return new DeskView(state, rows.ConvertAll(row => new DeskLine(row, texts.Title(t, row.Kind, row.Words), texts.Text(t, row.Kind, row.Words),
            people.GetValueOrDefault(row.Recipient))), calls, unreached);
    }

    /// <summary>How many wait in the actor's places.</summary>
    public async Task<(long Calls, long Unreached)> Counts(Actor actor, CancellationToken cancel)
    {
        var counts = await store.ReadAsync(session =>
        {
            var (within, args) = Within(actor);
            args["now"] = clock.GetUtcNow();
            return session.QueryAsync<Counted>($"""
                select state, count(*) as count from messages_message
                where (state = 'unreached' or (state = 'call' and not_after > @now)) and settled_by is null and {within} group by state
                """, args);
        }, cancel);
        return (counts.Find(one => one.State == "call")?.Count ?? 0, counts.Find(one => one.State == "unreached")?.Count ?? 0);
    }

    /// <summary>A call was made: the person was reached, or was not and the next way is tried.</summary>
    /// <returns>Refusal <c>messages.settled</c>.</returns>
    public Task<Outcome<Done>> Called(Actor actor, Guid id, bool reached) => Act(actor, id, "call", session =>
    {
        session.Execute("update messages_message set state = @state, due_at = @now, settled_by = @by where id = @id",
            new { id, state = reached ? "handed" : "waiting", now = clock.GetUtcNow(), by = reached ? actor.Account : (Guid?)null });
        Note(session, actor, id, MessageRules.Call, reached ? "reached" : "refused", reached ? rules[MessageRules.Call].CostFen : 0);
    }, "and settled_by is null and not_after > @now");

    /// <summary>The call is taken back: nobody was rung after all.</summary>
    public Task<Outcome<Done>> TakeBack(Actor actor, Guid id) => Act(actor, id, "handed", session =>
    {
        session.Execute("update messages_message set state = 'call', settled_by = null where id = @id", new { id });
        Note(session, actor, id, MessageRules.Call, "taken_back", 0);
    }, "and settled_by is not null and way = 'call'");

    /// <summary>Whoever was not reached is told in another way, or need not be told any more.</summary>
    /// <param name="note">What was done, at most 200 signs.</param>
    public async Task<Outcome<Done>> Settle(Actor actor, Guid id, string note)
    {
        if (note.Length is 0 or > 200) return Refusal.Of("messages.note", "Say in a few words what was done.");
        return await Act(actor, id, "unreached", session =>
        {
            session.Execute("update messages_message set settled_by = @Account where id = @id", new { id, actor.Account });
            Note(session, actor, id, "", "settled", 0, note);
        });
    }

    private Task<Outcome<Done>> Act(Actor actor, Guid id, string state, Action<Session> act, string also = "and settled_by is null") =>
        store.Write<Outcome<Done>>(session =>
        {
            var (within, args) = Within(actor);
            (args["id"], args["state"], args["now"]) = (id, state, clock.GetUtcNow());
            var found = session.Scalar<long>($"select count(*) from messages_message where id = @id and state = @state {also} and {within}", args);
            if (found == 0) return Gone;
            act(session);
            return Done.It;
        });

    private void Note(Session session, Actor actor, Guid id, string way, string outcome, long cost, string proof = "") => session.Execute("""
        insert into messages_attempt (message, way, at, outcome, proof, cost_fen, account, actor)
        values (@id, @way, @at, @outcome, @proof, @cost, @Account, @Name)
        """, new { id, way, at = clock.GetUtcNow(), outcome, proof, cost, actor.Account, actor.Name });

    private static (string Where, Dictionary<string, object?> Args) Within(Actor actor)
    {
        var args = new Dictionary<string, object?>(StringComparer.Ordinal);
        var scopes = actor.Where(MessagesPermissions.Desk);
        for (var at = 0; at < scopes.Count; at++) args[$"scope{at}"] = scopes[at].Code;
        return ($"({string.Join(" or ", scopes.Select((scope, at) => scope.Covers("place", $"@scope{at}")).DefaultIfEmpty("1 = 0"))})", args);
    }

    private sealed record Counted(string State, long Count);
}
