using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Pages;

/// <summary>
/// What the reader's last act on some cases has done, as their histories tell it: the page after a decision says it, offers the way back while
/// there is one, and says where there is none.
/// </summary>
internal sealed class TellDone(Store store, CaseRules rules, WorkingCalendar calendar, Subjects subjects, TimeProvider clock)
{
    /// <param name="together">As the address carries them; see <see cref="Together"/>.</param>
    /// <param name="back">The page that shows it, which comes again after it was taken back.</param>
    /// <returns>Null where this reader has done nothing to them today, and nothing was refused.</returns>
    public async Task<WhatWasDone?> Of(Actor actor, string? together, string back, Crumb? next, T t, CancellationToken cancel)
    {
        var asked = Together.Read(together);
        if (asked.IsEmpty) return null;
        var now = clock.GetUtcNow();
        var today = calendar.DayOf(now);
        var (done, not) = await store.ReadAsync(async session => (await Load(session, actor, asked.Done, now),
            await Load(session, actor, [.. asked.Not.Select(one => one.Id)], now)), cancel);
        var told = done.Where(one => IsMine(one, actor, today)).ToList();
        var kept = asked.Not.Count == 0 ? null
            : new WhatWasDone(t["cases.done.not", asked.Not.Count], await Reasons(actor, asked.Not, not, t, cancel), null, null, null, null);
        if (told.Count == 0)
            return kept is null ? null
                : new WhatWasDone(kept.What, kept.Of, null, UndoOf([.. not.Where(one => IsMine(one, actor, today))], back), null, next)
                { Tone = Tone.Warn };
        var (@case, history) = told[0];
        var last = LastStep.Of(history)!;
        // What is taken back needs no way back, but what could not be is offered it again.
        var undo = UndoOf(told, back) ?? UndoOf([.. not.Where(one => IsMine(one, actor, today))], back);
        return new WhatWasDone(t[$"cases.done.{Code(last, @case)}", told.Count], await Lines(actor, told, t, cancel), Then(@case, last, t), undo,
            undo is not null || last.Act is "taken_back" or "verification_taken_back" ? null : t["cases.done.stands"], next)
        { Tone = kept is null ? Tone.Good : Tone.Warn, NotDone = kept };
    }

    /// <summary>The way back, where there is one from all of them.</summary>
    private Undo? UndoOf(IReadOnlyList<(Case Case, List<HistoryLine> History)> told, string back) =>
        told.Count > 0 && told.All(one => LastStep.TakenBack(one.Case, rules[one.Case.Kind], one.History, calendar).Ok)
            ? new Undo("/cases/take-back", [("cases", string.Join(',', told.Select(one => one.Case.Id))), ("back", back)]) : null;

    /// <summary>Each with why it was not done; whom the reader may not see has no name here.</summary>
    private async Task<IReadOnlyList<string>> Reasons(Actor actor, IReadOnlyList<(CaseId Id, Refusal Why)> not,
        IReadOnlyList<(Case Case, List<HistoryLine> History)> seen, T t, CancellationToken cancel)
    {
        var lines = seen.Select(one => one.Case.Id).Zip(await Lines(actor, seen, t, cancel)).ToDictionary();
        return [.. not.Select(one => t["cases.done.line", lines.GetValueOrDefault(one.Id) ?? t["cases.done.unseen"],
            t.Has("refusal." + one.Why.Code) ? t[one.Why] : t["cases.done.no_reason"]])];
    }

    private async Task<List<(Case Case, List<HistoryLine> History)>> Load(Session session, Actor actor, IReadOnlyList<CaseId> ids, DateTimeOffset now)
    {
        var found = new List<(Case, List<HistoryLine>)>();
        foreach (var id in ids)
            if (await CaseRows.FindAsync(session, id) is { } @case
                && CaseScope.WorkersFor(session, actor, CaseRight.View, rules[@case.Kind], @case, now).Count > 0)
                found.Add((@case, await HistoryRows.OfAsync(session, id)));
        return found;
    }

    private bool IsMine((Case Case, List<HistoryLine> History) one, Actor actor, DateOnly today) =>
        LastStep.Of(one.History) is { } last && last.Actor == actor.Account && calendar.DayOf(last.At) == today;

    /// <summary>What is said of it: an answer that led on to a later stage is not waiting for anybody to verify it.</summary>
    private static string Code(HistoryLine last, Case @case) => last.Act switch
    {
        "answered" => @case.State == CaseState.Answered ? "answered" : "led_on",
        "verified" or "sent_back" or "called" or "visited" or "taken_back" or "verification_taken_back" => last.Act,
        _ => "other",
    };

    private string? Then(Case @case, HistoryLine last, T t) => Code(last, @case) switch
    {
        "answered" => t["cases.done.answered.then", calendar.DayOf(@case.DueAt)],
        "led_on" => t["cases.done.led_on.then", rules[@case.Kind].Rule(@case.Stage).Name.In(t.Language.Tag), calendar.DayOf(@case.DueAt)],
        "verified" => t["cases.done.verified.then"],
        "sent_back" => t["cases.done.sent_back.then", calendar.DayOf(@case.DueAt)],
        "called" or "visited" when LastStep.NextOf(last) is { } next => t["cases.done.next_try", calendar.DayOf(next)],
        "called" or "visited" => t["cases.done.next_stage", calendar.DayOf(@case.DueAt)],
        "taken_back" => t["cases.done.taken_back.then"],
        "verification_taken_back" => t["cases.done.verification_taken_back.then"],
        _ => null,
    };

    /// <summary>Whom it was about, and what was answered.</summary>
    private async Task<IReadOnlyList<string>> Lines(Actor actor, IReadOnlyList<(Case Case, List<HistoryLine> History)> told, T t,
        CancellationToken cancel)
    {
        var described = new Dictionary<string, SubjectLines>(StringComparer.Ordinal);
        foreach (var look in told.GroupBy(one => (rules[one.Case.Kind].Access, rules[one.Case.Kind].Purposes.Desk)))
            foreach (var (subject, lines) in await subjects.Describe(actor, look.Key.Access[CaseRight.View], look.Key.Desk,
                [.. look.Select(one => one.Case.Subject).Distinct()], cancel)) described[subject] = lines;
        return [.. told.Select(one =>
        {
            var kind = rules[one.Case.Kind];
            var subject = described.GetValueOrDefault(one.Case.Subject);
            var last = LastStep.Of(one.History)!;
            var answer = kind.Answer(last.Body.GetValueOrDefault("answer", one.Case.Answer)) is { } rule
                ? CaseWords.Fill(rule.Text, one.Case, subject, t)
                : last.Body.GetValueOrDefault("outcome") is { Length: > 0 } outcome ? t[$"cases.outcome.{outcome}"] : kind.Name.In(t.Language.Tag);
            return t["cases.done.line", subject?.Name is { Length: > 0 } name ? name : kind.Name.In(t.Language.Tag), answer];
        })];
    }
}
