using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Legwork.Cases.Pages;

/// <summary>The way back from the page after a decision: takes back what the reader did last to these cases, each as its history tells it.</summary>
internal sealed class TakeBacks(Store store, CaseDesk desk, CaseRules rules, WorkingCalendar calendar)
{
    public async Task<IResult> Take(HttpContext http)
    {
        var form = await CaseForm.Read(http.Request, calendar.Offset);
        var asked = Together.Read(form["cases"]).Done;
        if (asked.Count == 0) return NotFound.ToResult();
        // Whoever leaves the page in the middle has asked for all of them.
        var taken = await Together.Each(asked, id => id, id => One(http.Actor(), id));
        if (asked.Count == 1 && taken.Not is [var alone]) return alone.Why.ToResult();
        var back = form.Back ?? "/";
        var and = back.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Results.LocalRedirect(ShellModule.WayBack($"{back}{and}done={taken}"));
    }

    private async Task<Refusal?> One(Actor actor, CaseId id)
    {
        var (@case, history) = await store.ReadAsync(
            async session => (await CaseRows.FindAsync(session, id), await HistoryRows.OfAsync(session, id)), CancellationToken.None);
        if (@case is null) return NotFound;
        var act = LastStep.TakenBack(@case, rules[@case.Kind], history, calendar);
        return act.Ok ? (await desk.Do(actor, id, @case.Version, act.Value)).Refusal : act.Refusal;
    }

    private static Refusal NotFound => Refusal.Of("cases.not_found", "There is no such case.");
}
