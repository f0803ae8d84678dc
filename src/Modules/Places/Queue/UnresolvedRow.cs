using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Places.Queue;

/// <summary>One entry of the queue.</summary>
/// <param name="State"><c>waiting</c>, <c>settled</c> or <c>set_aside</c>.</param>
internal sealed record UnresolvedRow(long Id, string Form, string Hint, string Place, string Text,
    string Source, long Times, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, string State, long? Alias)
{
    private const string Columns = "select id, form, hint, place, text, source, times, first_seen, last_seen, state, alias from places_unresolved";

    public static UnresolvedRow? Find(Session session, long id) => session.First<UnresolvedRow>(Columns + " where id = @id", new { id });

    public static Task<UnresolvedRow?> FindAsync(Session session, long id) =>
        session.FirstAsync<UnresolvedRow>(Columns + " where id = @id", new { id });

    public static List<UnresolvedRow> Waiting(Session session) => session.Query<UnresolvedRow>(Columns + " where state = 'waiting' order by id");

    /// <summary>The entries of a state that these scopes cover, those seen most often first; without a place everyone's.</summary>
    public static Task<List<UnresolvedRow>> Page(Session session, string state, IReadOnlyList<Scope> scopes, int from, int count)
    {
        var (where, args) = Within(scopes);
        args.Add("state", state);
        args.Add("from", from);
        args.Add("count", count);
        return session.QueryAsync<UnresolvedRow>(
            $"{Columns} where state = @state and {where} order by times desc, id limit @count offset @from", args);
    }

    public static Task<long> Count(Session session, string state, IReadOnlyList<Scope> scopes)
    {
        var (where, args) = Within(scopes);
        args.Add("state", state);
        return session.FirstAsync<long>($"select count(*) from places_unresolved where state = @state and {where}", args);
    }

    private static (string Where, Dapper.DynamicParameters Args) Within(IReadOnlyList<Scope> scopes)
    {
        var args = new Dapper.DynamicParameters();
        for (var i = 0; i < scopes.Count; i++) args.Add("scope" + i, scopes[i].Code);
        return ("(place = ''" + string.Concat(scopes.Select((scope, i) => " or " + scope.Covers("place", $"@scope{i}"))) + ")", args);
    }
}
