using Legwork.People.Files;
using Legwork.Platform.Storage;

namespace Legwork.People.Search;

/// <summary>Files in the order found, each once, and only those that whoever asks may open.</summary>
internal sealed class Hits(Searcher who)
{
    private readonly HashSet<Guid> seen = [];

    public List<Guid> Ids { get; } = [];

    /// <param name="query">Gives id, registered and lives of files.</param>
    public async Task Read(PreparedCommand query)
    {
        await using var reader = await query.ReadAsync();
        while (reader.Read())
        {
            var id = reader.GetGuid(0);
            if (!seen.Add(id) || !FileScope.Covers(who.Actor, who.Permission, reader.GetString(1), reader.GetString(2))) continue;
            Ids.Add(id);
        }
    }
}
