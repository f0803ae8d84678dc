using Legwork.People.Files;
using Legwork.Platform.Storage;

namespace Legwork.People.Search;

/// <summary>
/// Who is at an address: at one door, or, when a road, estate or village is named without a door, everybody there in order of the
/// doors, first those of whom no more than that name is known.
/// </summary>
internal sealed class ByAddress(IDwellings dwellings)
{
    /// <summary>As many as one statement asks for at once; a road has a thousand doors, and most questions are
    /// answered by the first hundred.</summary>
    private const int KeysMax = 100;

    private static readonly string Sql = $"""
        select f.id, f.registered, f.lives from people_file f
        where f.dwelling in ({string.Join(", ", Enumerable.Range(0, KeysMax).Select(i => $"@p{i}"))})
            and f.state = 'open' and f.birth >= @p{KeysMax} order by f.dwelling, f.id
        """;

    /// <returns>No more than about <paramref name="most"/>, and whether one door was named.</returns>
    public async Task<(IReadOnlyList<Guid> Ids, bool IsDoor)> Find(Session session, Searcher who, string address, int most)
    {
        var places = await dwellings.KnownNow(who.Cancel);
        var around = places.KeysAround(address);
        IReadOnlyList<string> keys = places.Key(address) is { } own ? [own, .. around] : around;
        var found = new Hits(who);
        foreach (var some in keys.Chunk(KeysMax))
        {
            object?[] values = [.. Enumerable.Range(0, KeysMax).Select(i => some[i < some.Length ? i : 0]), who.From];
            await found.Read(session.Prepared(Sql).With(values));
            if (found.Ids.Count >= most) break;
        }
        return (found.Ids, around.Count == 0);
    }
}
