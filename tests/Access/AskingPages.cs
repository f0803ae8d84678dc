using System.Globalization;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Legwork.Access.Tests;

/// <summary>
/// Pages about one thing that ask before something is done with it: a GET and its act at the same address. Such a page tells of the thing,
/// so it is refused to whom the act is refused.
/// </summary>
internal static class AskingPages
{
    public static IEnumerable<MatrixRow> Among(IReadOnlyList<MatrixRow> rows) => rows.Where(page => page.Method == "GET"
        && page.Path.Contains('{') && rows.Any(act => act.Method == "POST" && act.Path == page.Path));

    /// <summary>Where the page is shown, or its act done.</summary>
    public static async Task<IReadOnlyList<string>> Open(Visitor visitor, IEnumerable<string> addresses)
    {
        var (open, token) = (new List<string>(), await visitor.Token("/"));
        foreach (var address in addresses)
        {
            using var page = await visitor.Get(address);
            if ((int)page.StatusCode < 400) open.Add($"{address} is shown");
            using var act = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("csrf", token)]) };
            using var done = await visitor.Send(act);
            if ((int)done.StatusCode < 400) open.Add($"{address} is done");
        }
        return open;
    }

    /// <summary>About something that nobody has; <paramref name="file"/> where a part of a file is asked for.</summary>
    public static string OfNothing(MatrixRow page, Guid file) => At(page, name => name switch
    {
        "id" when page.Path.StartsWith("/people/{id:guid}/", StringComparison.Ordinal) && page.Path.IndexOf('{') != page.Path.LastIndexOf('{') =>
            file.ToString(),
        "id" when page.Path.Contains("{id:guid}", StringComparison.Ordinal) => "0190f3a4-0000-7000-8000-000000000000",
        _ => "987654321",
    });

    /// <summary>About something that is there and lies outside the street: a list of the district, its auditor, someone who lives elsewhere, with
    /// an act and a statement on the file.</summary>
    public static async Task<Func<MatrixRow, string>> Outside(Store store, string street)
    {
        var told = await store.Write(session =>
        {
            var at = new { street, at = 0L, nobody = Guid.Empty };
            var (file, lineage) = session.Query<Member>("""
                select f.id as file, m.lineage from people_file f join people_member m on m.file = f.id where f.state = 'open'
                    and substr(f.lives, 1, 9) not in ('', @street) and substr(f.registered, 1, 9) not in ('', @street) order by f.id limit 1
                """, at).Select(row => (row.File, row.Lineage)).Single();
            var act = session.Scalar<long>("""
                insert into people_act (kind, at, account, actor, reason) values ('split', @at, @nobody, '', 'planted') returning id
                """, at);
            session.Execute("insert into people_move (act, lineage, from_file, to_file) values (@act, @lineage, null, @file)",
                new { act, lineage, file });
            var statement = session.Scalar<long>("""
                insert into people_statement (lineage, field, value, source, evidence, account, learned_at, true_from)
                values (@lineage, 'phone', '0891', 'clerk', 'visit', @nobody, 0, '') returning id
                """, new { lineage, at.nobody });
            return new Dictionary<string, string>
            {
                ["/imports/"] = Text(session.Scalar<long>("select max(id) from people_import where state = 'taken'")),
                ["/staff/"] = session.Scalar<string>("select id from access_account where sign_in = 'auditor'")!,
                ["/people/"] = file.ToString(),
                ["/places/unresolved/"] = Text(session.Scalar<long?>("""
                    select min(id) from places_unresolved where substr(place, 1, 9) not in ('', @street)
                    """, at) ?? 987654321),
                ["grant"] = Text(session.Scalar<long>(
                    "select g.id from access_grant g join access_account a on a.id = g.account where a.sign_in = 'auditor'")),
                ["act"] = Text(act),
                ["statement"] = Text(statement),
            };
        });
        return page => At(page, name => told.GetValueOrDefault(name)
            ?? (name == "id" ? told.FirstOrDefault(thing => page.Path.StartsWith(thing.Key, StringComparison.Ordinal)).Value : null)
            ?? (page.Path.Contains($"{{{name}:guid}}", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : "1"));
    }

    private static string At(MatrixRow page, Func<string, string> value) => "/" + string.Join('/', RoutePatternFactory.Parse(page.Path).PathSegments
        .Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => value(parameter.Name),
            _ => "",
        }))));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Member(Guid File, long Lineage);
}
