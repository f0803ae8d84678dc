using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Search;

/// <summary>
/// A whole name with the last four characters of the number behind it (扎西次仁 0018), as people say it at a counter. Those four stand
/// on every masked number; they are compared among the bearers of the name, since numbers are sealed and only whole ones are indexed.
/// </summary>
internal sealed class ByEndOfNumber(NumberVault vault, DistrictLists lists, Sensitive sensitive)
{
    /// <summary>The commonest name of a district of 108,000 has about this many bearers; each costs an opened seal.</summary>
    private const int BearersMax = 400;

    private const string Sql = """
        select f.id, f.registered, f.lives from people_alias a join people_file f on f.id = a.file where a.name = @p0 and f.state = 'open'
            and f.birth >= @p1 order by f.id limit 401
        """;

    public static bool TryRead(string asked, out string name, out string end)
    {
        var space = asked.LastIndexOfAny([' ', '\u3000']);
        (name, end) = space > 0 ? (asked[..space].Trim(), asked[(space + 1)..].ToUpperInvariant()) : ("", "");
        return end.Length == 4 && !end.AsSpan(0, 3).ContainsAnyExceptInRange('0', '9') && (char.IsAsciiDigit(end[3]) || end[3] == 'X');
    }

    /// <param name="ofChildren">Whether the reader's purpose shows children's numbers.</param>
    public async Task<IReadOnlyList<Guid>> Find(Session session, Searcher who, string name, string end, bool ofChildren, DateOnly today)
    {
        var found = new Hits(who);
        await found.Read(session.Prepared(Sql).With(name, who.From));
        List<Guid> bearers = [.. found.Ids.Take(BearersMax)];
        if (bearers.Count == 0) return bearers;
        if (!ofChildren)
        {
            var files = await FileRow.Many(session, bearers);
            bearers.RemoveAll(id => sensitive.IsChild(files[id].BirthDate, today));
        }
        var numbers = await NumberInForce.OfAsync(session, vault, lists, bearers);
        return bearers.FindAll(id => numbers.TryGetValue(id, out var number) && number.EndsWith(end, StringComparison.Ordinal));
    }
}
