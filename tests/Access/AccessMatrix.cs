using System.Text;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Access.Tests;

/// <summary>One route as the server runs it, and what it says of who may call it.</summary>
public sealed record MatrixRow(string Method, string Path, Permission? Permission, string? PublicBecause, bool TakesJson)
{
    public bool IsSafe => Method is "GET" or "HEAD";

    public bool Opens(Role role) => Permission is null || Permission.Admits(role);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>Who may open what: read from the routes, written into the documents, compared with what was agreed there.</summary>
internal static class AccessMatrix
{
    public static IReadOnlyList<MatrixRow> Of(IEnumerable<RouteEndpoint> routes) =>
        [.. routes.SelectMany(route => Methods(route).Select(method =>
        {
            var access = route.Metadata.GetMetadata<RouteAccess>()
                ?? throw new InvalidOperationException($"{route.DisplayName} states no permission.");
            return new MatrixRow(method, "/" + route.RoutePattern.RawText!.Trim('/'), access.Permission, access.PublicBecause,
                route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true);
        })).Distinct().OrderBy(row => row.Path, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal)];

    /// <summary>The page of the documents.</summary>
    public static string Write(IReadOnlyList<MatrixRow> rows, IReadOnlyList<Role> roles)
    {
        var page = new StringBuilder("""
            # Who may open what

            Written from the routes of the running server: `LEGWORK_WRITE_DOCS=1 ./legwork test Access`. A test fails when a route is missing
            here, has gone, or admits another role than stands here: whoever opens a route to more roles changes this page, where a reviewer
            sees it. A role opens a route; what of it is shown depends on the place of the role and on the purpose
            (`Rules/access.yaml` of each module).

            ## With a permission


            """);
        page.Append("| route | permission |").AppendJoin(" |", roles.Select(role => " " + Words(role))).Append(" |\n|---|---|")
            .Append(string.Concat(roles.Select(_ => "---|"))).Append('\n');
        foreach (var row in rows.Where(row => row.Permission is not null))
        {
            page.Append($"| {row.Method} `{row.Path}` | {row.Permission!.Code} |")
                .AppendJoin(" |", roles.Select(role => row.Opens(role) ? " ●" : " ")).Append(" |\n");
        }
        page.Append("\n## Open to everyone\n\n| route | because |\n|---|---|\n");
        foreach (var row in rows.Where(row => row.Permission is null)) page.Append($"| {row.Method} `{row.Path}` | {row.PublicBecause} |\n");
        return page.ToString();
    }

    /// <summary>Lines of one page that the other lacks, marked + (runs, not agreed) and - (agreed, does not run).</summary>
    public static IReadOnlyList<string> Differences(string agreed, string running)
    {
        var (left, right) = (agreed.Split('\n').ToHashSet(), running.Split('\n').ToHashSet());
        return [.. right.Except(left).Select(line => "+ " + line), .. left.Except(right).Select(line => "- " + line)];
    }

    /// <summary>Permissions of one code that admit different roles: the wider one is a hole with a known name.</summary>
    public static IReadOnlyList<string> TwoFaced(IReadOnlyList<MatrixRow> rows) =>
        [.. rows.Where(row => row.Permission is not null).GroupBy(row => row.Permission!.Code)
            .Where(group => group.Select(row => string.Join(',', row.Permission!.Roles.Order()) + row.Permission.EveryRole).Distinct().Count() > 1)
            .Select(group => group.Key)];

    private static IEnumerable<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    private static string Words(Role role) => role.Word.Replace('_', ' ');
}
