using Legwork.Platform;
using Legwork.Platform.Shell;
using Legwork.Schedules;

namespace Legwork.Immunization.Pages;

/// <summary>
/// What a nurse is told after a dose was written down: whether it counts, and where it does not, why and when it is to be repeated; what can
/// still be given today; and the way back while it is today's.
/// </summary>
internal static class KeptDose
{
    public static WhatWasDone? Of(RecordModel model, Wording wording, T t)
    {
        var view = model.View;
        if (model.Kept is not { } id) return null;
        if (view.Told.FirstOrDefault(row => row.Replaces == id) is { Withdrawn: not 0 } back)
            return new WhatWasDone(t["immunization.kept.back", wording.Vaccine(view.Rules.Book, back.Vaccine), back.On], [], null, null, null,
                NextChild(t));
        if (view.Doses.FirstOrDefault(dose => dose.Dose.Id == id) is not { } kept) return null;
        var counts = kept.Said.All(said => said.Verdict.Status == DoseStatus.Valid);
        var isToday = Calendar.DayOf(kept.Dose.LearnedAt) == view.Today;
        return new WhatWasDone(t["immunization.kept", wording.Vaccine(view.Rules.Book, kept.Dose.Vaccine), kept.Dose.On],
            !view.KnowsBirth ? [t["immunization.no_birth.kept"]]
                : kept.Said.Count == 0 ? [t["immunization.no_programme"]] : [.. kept.Said.SelectMany(said =>
                Said(view, kept.Place, said.Answer, said.Verdict, wording))],
            !view.KnowsBirth ? null : counts ? Later(view, wording, t) : Again(view, kept, wording, t) ?? Later(view, wording, t),
            isToday ? new Undo($"{model.Address}/doses/{id}/withdraw", [("why", t["immunization.kept.slip"])]) : null,
            isToday ? null : t["immunization.kept.stands"], Today(view, model.Address, wording, t) ?? NextChild(t))
        { Tone = counts ? Tone.Good : Tone.Warn };
    }

    public static Crumb NextChild(T t) => new(t["immunization.kept.next_child"], "/immunization");

    private static IEnumerable<string> Said(RecordView view, int place, SeriesAnswer answer, DoseAnswer verdict, Wording wording)
    {
        yield return wording.Verdict(view, answer, verdict);
        if (verdict.Status == DoseStatus.Valid) yield break;
        foreach (var (sentence, _, _) in wording.Reasons(view, answer, place)) yield return sentence;
    }

    /// <summary>When what did not count is to be given again.</summary>
    private static string? Again(RecordView view, DoseStanding kept, Wording wording, T t) => kept.Said
        .Where(said => said.Verdict.Status == DoseStatus.NotValid)
        .Select(said => view.Programmes.FirstOrDefault(one => one.Programme.Id == said.Programme.Id))
        .Where(one => one is { Next: not null, Answer: not null })
        .Select(one => t["immunization.kept.again", wording.Row(view.Rules.Book, one!.Next!.Value.Row.Id), one.Answer!.Earliest]).FirstOrDefault();

    private static string Later(RecordView view, Wording wording, T t)
    {
        var now = Now(view).Select(one => wording.In(one.Programme.Name)).ToList();
        if (now.Count > 0) return t["immunization.kept.now", string.Join(t["immunization.comma"], now)];
        var later = view.Programmes.Where(one => one.Next is not null).MinBy(one => one.Answer!.Earliest);
        return later is null ? t["immunization.due.none"]
            : t["immunization.kept.later", wording.Row(view.Rules.Book, later.Next!.Value.Row.Id), later.Answer!.Earliest];
    }

    private static Crumb? Today(RecordView view, string address, Wording wording, T t) =>
        Now(view).SelectMany(one => one.Answer!.RecommendedVaccines.Take(1)).FirstOrDefault() is { } vaccine
            ? new Crumb(t["immunization.record.this", wording.Vaccine(view.Rules.Book, vaccine)], $"{address}/doses/new?vaccine={vaccine}") : null;

    private static IEnumerable<ProgrammeStanding> Now(RecordView view) =>
        view.Programmes.Where(one => one.Next is not null && one.State is DueState.Due or DueState.Overdue);
}
