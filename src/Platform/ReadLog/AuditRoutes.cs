using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog.Pages;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Platform.ReadLog;

/// <summary>The auditor's list of reads, and the figures that are open to everyone.</summary>
internal static class AuditRoutes
{
    public const int ReadsPerPage = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reads", List).Requires(ReadLogPermissions.Audit);
        routes.MapGet("/transparency", async (Transparency transparency, CancellationToken cancel) =>
                ModelPage.Drawn<TransparencyPage>(await transparency.Figures(cancel)))
            .Public("Counts of reads and of holds, and no person.");
    }

    private static async Task<IResult> List(HttpContext http, Reads reads, Reading reading, AccessRules rules,
        string? person, string? actor, string? purpose, string? reference, string? from, string? until, int? page)
    {
        if (!http.Actor().May(ReadLogPermissions.Audit, rules.District))
            return Refusal.Of("access.out_of_scope", "This lies outside your own area.").ToResult();
        var who = Guid.TryParse(person, out var id) ? new PersonId(id) : (PersonId?)null;
        var question = new ReadQuestion(who, Cut(actor), Cut(purpose), Cut(reference), Day(from), Day(until));
        var at = Math.Clamp(page ?? 1, 1, 10_000);
        // Auditing is a look too: at one person's reads, or at everybody's.
        var seen = who is { } one
            ? await reading.Of(http.Actor(), ReadLogPermissions.Audit, "audit", [one], ["read_log"])
            : await reading.OfAll(http.Actor(), ReadLogPermissions.Audit, "audit", rules.District, ["read_log"]);
        return seen.Refusal is { } refusal ? refusal.ToResult()
            : ModelPage.Drawn<ReadsPageView>(new ReadsModel(
                await reads.Find(question, http.RequestAborted, (at - 1) * ReadsPerPage, ReadsPerPage), question, at,
                http.Actor().May(ReadLogPermissions.Hold, rules.District)));
    }

    private static string? Cut(string? text) => text is { Length: > 100 } ? text[..100] : text;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200
            ? day : null;
}
