using Legwork.Cases.Acts;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Cases.Pages;

/// <summary>The queue of whoever verifies and steers, where an answer is verified in its row, and several alike at once.</summary>
internal static class QueueRoutes
{
    public static void Map(IEndpointRouteBuilder routes, CaseAccess access)
    {
        routes.MapGet("/queue", (HttpContext http, QueueShown shown, string? tab, string? alike, string? kind, int? page,
            string? done) => shown.Draw(http, tab ?? "", alike ?? "", page ?? 1, done, null, kind ?? "")).Requires(access[CaseRight.Queue]);
        routes.MapPost("/queue/verify", Verify).Requires(access[CaseRight.Verify]);
    }

    private static async Task<IResult> Verify(HttpContext http, CaseDesk desk, QueueShown shown, VerifyTogether together)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var alike = FormText.Cut(form["alike"].ToString(), 120);
        var chosen = (form["only"].Count > 0 ? form["only"] : form["case"]).Select(ChosenCase.Read).OfType<ChosenCase>()
            .DistinctBy(one => one.Id).Take(Together.CasesMax).ToList();
        var refusal = chosen.Count == 0 ? Refusal.Of("cases.verify_none", "Tick the answers that you verify, or verify one in its row.")
            : chosen.Count == 1 ? null : await together.Refused(chosen, http.RequestAborted);
        if (refusal is not null) return await shown.Draw(http, "verify", alike, 1, null, refusal);
        var verified = await Together.Each(chosen, one => one.Id,
            async one => (await desk.Do(http.Actor(), one.Id, one.Version, new VerifyAnswer(""))).Refusal);
        return chosen.Count == 1 && verified.Not is [var alone] ? await shown.Draw(http, "verify", alike, 1, null, alone.Why)
            : Results.LocalRedirect($"{VerifyView.Address(alike)}&done={verified}");
    }
}

/// <summary>A case of a list at the version that was shown.</summary>
internal sealed record ChosenCase(CaseId Id, long Version)
{
    public static ChosenCase? Read(string? written) =>
        written?.Split(':') is [var id, var version] && Guid.TryParse(id, out var guid)
        && long.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? new ChosenCase(new CaseId(guid), at) : null;
}

/// <summary>The queue as a page, also where something was refused.</summary>
internal sealed class QueueShown(CaseLists lists, VerifyList verify, TellDone tell, CaseRules rules, WorkingCalendar calendar,
    TimeProvider clock, T t)
{
    public async Task<IResult> Draw(HttpContext http, string tab, string alike, int page, string? done, Refusal? refusal,
        string kind = "")
    {
        var actor = http.Actor();
        var waiting = lists.Verifying(actor, tab, t);
        var answers = waiting is null ? null : await verify.Of(actor, waiting, alike, page, t, http.RequestAborted);
        var first = answers?.Rows.FirstOrDefault(row => !row.OwnWork);
        var next = answers is null ? null : first is null ? new Crumb(t["done.next.none"], "/") : new Crumb(t["done.next", first.Name], first.Href);
        return new RazorComponentResult<QueuePage>(new
        {
            View = await lists.Queue(actor, tab, kind, page, t, http.RequestAborted),
            Verify = answers,
            Today = calendar.DayOf(clock.GetUtcNow()),
            Done = await tell.Of(actor, done, VerifyView.Address(answers?.Alike ?? ""), next, t, http.RequestAborted),
            Steers = actor.May(rules.Access[CaseRight.Steer]),
            Errors = refusal is null ? null : FormErrors.Of(t, "main", refusal),
        })
        { StatusCode = refusal is null ? StatusCodes.Status200OK : Refusals.StatusOf(refusal) };
    }
}
