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
        var ids = TellDone.Ids(form["cases"]);
        Refusal? refusal = ids.Count == 0 ? Refusal.Of("cases.not_found", "There is no such case.") : null;
        foreach (var id in ids)
        {
            var taken = await One(http.Actor(), id, http.RequestAborted);
            refusal ??= taken;
        }
        if (refusal is not null) return refusal.ToResult();
        var back = form.Back ?? "/";
        var and = back.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Results.LocalRedirect(ShellModule.WayBack($"{back}{and}done={string.Join(',', ids)}"));
    }

    private async Task<Refusal?> One(Actor actor, CaseId id, CancellationToken cancel)
    {
        var (@case, history) = await store.ReadAsync(
            async session => (await CaseRows.FindAsync(session, id), await HistoryRows.OfAsync(session, id)), cancel);
        if (@case is null) return Refusal.Of("cases.not_found", "There is no such case.");
        var act = LastStep.TakenBack(@case, rules[@case.Kind], history, calendar);
        return act.Ok ? (await desk.Do(actor, id, @case.Version, act.Value)).Refusal : act.Refusal;
    }
}

/// <summary>Whether several answers may be verified with one press.</summary>
internal sealed class VerifyTogether(Store store, CaseRules rules)
{
    /// <returns>Refusal <c>cases.verify_unlike</c> where they are not all one answer to one question, or one that is looked at alone.</returns>
    public Task<Refusal?> Refused(IReadOnlyList<ChosenCase> chosen, CancellationToken cancel) => store.ReadAsync<Refusal?>(async session =>
    {
        var answers = new HashSet<(string, string)>();
        foreach (var one in chosen)
        {
            if (await CaseRows.FindAsync(session, one.Id) is not { } @case) continue;
            if (!VerifyList.Together(rules[@case.Kind], @case.Answer)) return Unlike;
            answers.Add((@case.Kind, @case.Answer));
        }
        return answers.Count > 1 ? Unlike : null;
    }, cancel);

    private static Refusal Unlike => Refusal.Of("cases.verify_unlike",
        "Only alike answers without evidence are verified together; verify these one by one.");
}
