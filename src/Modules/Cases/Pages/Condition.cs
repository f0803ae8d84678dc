using Legwork.Platform.Access;

namespace Legwork.Cases.Pages;

/// <summary>A condition of SQL and the values of its question marks, in their order.</summary>
internal sealed record Condition(string Sql, IReadOnlyList<object> Values)
{
    public static readonly Condition None = new("1 = 0", []);

    /// <summary>With numbered parameters, as a prepared statement takes it.</summary>
    public string Numbered
    {
        get
        {
            var parts = Sql.Split('?');
            return parts[0] + string.Concat(parts.Skip(1).Index().Select(part => $"@p{part.Index}{part.Item}"));
        }
    }

    public Dictionary<string, object> Named => Values.Index().ToDictionary(value => $"p{value.Index}", value => value.Item);

    public static Condition Of(string sql, params object[] values) => new(sql, values);

    public static Condition Any(IEnumerable<Condition> conditions) =>
        conditions.ToList() is { Count: > 0 } all
            ? new Condition(string.Join(" or ", all.Select(one => $"({one.Sql})")), [.. all.SelectMany(one => one.Values)]) : None;

    public static Condition Within(IReadOnlyList<Scope> scopes) => Any(scopes.Select(scope => Of(scope.Covers("place", "?"), scope.Code)));

    public Condition And(Condition other) => new($"({Sql}) and ({other.Sql})", [.. Values, .. other.Values]);

    public Condition And(string sql, params object[] values) => And(Of(sql, values));
}
