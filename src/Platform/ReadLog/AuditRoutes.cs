using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog.Pages;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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
        var names = http.RequestServices.GetService<IFileNames>();
        var asked = Cut(person)?.Trim() ?? "";
        IReadOnlyList<PersonId>? who = asked.Length == 0 ? null : Guid.TryParse(asked, out var id) ? [new PersonId(id)]
            : names is null ? [] : await names.Called(asked, http.RequestAborted);
        var question = new ReadQuestion(who, Cut(actor), Cut(purpose), Cut(reference), Day(from), Day(until));
        var at = Math.Clamp(page ?? 1, 1, 10_000);
        // Auditing is a look too: at some persons' reads, or at everybody's.
        var seen = who is { Count: > 0 }
            ? await reading.Of(http.Actor(), ReadLogPermissions.Audit, "audit", who, Shown)
            : await reading.OfAll(http.Actor(), ReadLogPermissions.Audit, "audit", rules.District, Shown);
        if (seen.Refusal is { } refusal) return refusal.ToResult();
        var found = await reads.Find(question, http.RequestAborted, (at - 1) * ReadsPerPage, ReadsPerPage);
        var subjects = await reads.Subjects(found.Reads, http.RequestAborted);
        var called = names is null ? [] : await names.Of([.. subjects.SelectMany(file => file).Concat(who ?? []).Distinct()], http.RequestAborted);
        return ModelPage.Drawn<ReadsPageView>(new ReadsModel(found, question, asked, at, http.Actor().May(ReadLogPermissions.Hold, rules.District),
            subjects, called.Where(file => seen.Value.Of(file.IsChild).Allowed("name")).ToDictionary(file => file.File, file => file.Name)));
    }

    private static readonly string[] Shown = ["read_log", "name"];

    private static string? Cut(string? text) => text is { Length: > 100 } ? text[..100] : text;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200
            ? day : null;
}
