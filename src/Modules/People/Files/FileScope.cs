using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.People.Files;

/// <summary>Whose files someone may open: of those who live or are registered in the place of the grant.</summary>
internal static class FileScope
{
    public static readonly Refusal OutOfScope = Refusal.Of("people.out_of_scope", "This person neither lives nor is registered in your area.");
    public static readonly Refusal NotFound = Refusal.Of("people.not_found", "There is no such file.");

    /// <summary>A file of which no place is known belongs to the district as a whole.</summary>
    public static bool Covers(Actor actor, Permission permission, string registered, string lives) =>
        actor.Grants.Any(grant => permission.Admits(grant.Role)
            && (grant.Scope.Covers(registered) || grant.Scope.Covers(lives)
                || registered.Length == 0 && lives.Length == 0 && IsWholeDistrict(grant.Scope)));

    /// <summary>The same rule for SQL, of a row of people_file.</summary>
    /// <param name="file">What the statement calls the row.</param>
    /// <param name="scopes">Of the actor's grants; the statement's parameters scope0, scope1 … are their codes.</param>
    public static string Covers(IReadOnlyList<Scope> scopes, string file) => scopes.Count == 0 ? "1 = 0"
        : $"({string.Join(" or ", scopes.Index().Select(scope => Covers(scope.Item, file, $"@scope{scope.Index}")))})";

    public static Dictionary<string, object> Values(IReadOnlyList<Scope> scopes) =>
        scopes.Index().ToDictionary(scope => $"scope{scope.Index}", object (scope) => scope.Item.Code);

    /// <summary>The actor's places for SQL, the empty code for everyone of the district; a place inside another is left out.</summary>
    public static IReadOnlyList<string> Prefixes(Actor actor, Permission permission)
    {
        var scopes = actor.Where(permission);
        if (scopes.Any(IsWholeDistrict)) return [""];
        return [.. scopes.Where(scope => !scopes.Any(other => other != scope && other.Covers(scope.Code))).Select(scope => scope.Code)];
    }

    private static string Covers(Scope scope, string file, string code) =>
        $"{scope.Covers($"{file}.lives", code)} or {scope.Covers($"{file}.registered", code)}"
            + (IsWholeDistrict(scope) ? $" or {file}.lives = '' and {file}.registered = ''" : "");

    private static bool IsWholeDistrict(Scope scope) => scope.Code.Length > 0 && scope.Level is ScopeLevel.City or ScopeLevel.District;
}
