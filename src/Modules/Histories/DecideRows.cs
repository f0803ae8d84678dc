using Legwork.Histories.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Histories;

/// <summary>
/// Says of rows what would become of them: what lies outside the sender's places is not said more of, what the file tells twice is taken once,
/// and the rest is for the kind to decide. It remembers the rows before, so a trial asks one for the whole file.
/// </summary>
internal sealed class DecideRows(IHistoryTaker taker, IReadOnlyList<Scope> scopes)
{
    /// <summary>The reason of a row that an earlier one of the file has told; its word is the number of that one.</summary>
    public const string Twice = "twice";

    /// <summary>The reason of a row about what lies in another place: nothing more is said of it, nor kept.</summary>
    public const string Outside = "outside";

    private readonly Dictionary<string, long> told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<HistoryRow>> earlier = new(StringComparer.Ordinal);

    public IReadOnlyList<Decided> Of(Session session, IReadOnlyList<HistoryRow> rows)
    {
        var standing = taker.Standing(session, [.. rows.Where(row => row.Wrong is null)]);
        return [.. rows.Select(row => Of(row, standing))];
    }

    private Decided Of(HistoryRow row, object standing)
    {
        if (!IsWithin(row)) return new Decided(Becomes.Unknown, Outside);
        if (row.Wrong is { } wrong) return wrong;
        if (row.Key.Length > 0 && !told.TryAdd(row.Key, row.Row.Number))
            return new Decided(Becomes.Refused, Twice, told[row.Key].ToString(System.Globalization.CultureInfo.InvariantCulture));
        var decided = taker.Decide(row, standing, earlier.GetValueOrDefault(row.About, []));
        if (decided.Becomes == Becomes.New && row.About.Length > 0)
        {
            if (!earlier.TryGetValue(row.About, out var before)) earlier.Add(row.About, before = []);
            before.Add(row);
        }
        return decided;
    }

    /// <summary>What has no place is a matter of the whole district; whoever is not known lies nowhere yet.</summary>
    private bool IsWithin(HistoryRow row) => row.Places.Count == 0
        ? row.Person is null && row.Item is null || scopes.Any(scope => scope.Level is ScopeLevel.City or ScopeLevel.District)
        : row.Places.Any(place => scopes.Any(scope => scope.Covers(place)));
}
