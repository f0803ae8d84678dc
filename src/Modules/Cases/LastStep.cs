using System.Globalization;
using Legwork.Cases.Acts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;

namespace Legwork.Cases;

/// <summary>What was done last to a case, and the act that takes it back.</summary>
internal static class LastStep
{
    // A note changes nothing, and a piece of evidence comes with the answer that it is for.
    private static readonly HashSet<string> Beside = ["noted", "evidence_added"];

    public static HistoryLine? Of(IReadOnlyList<HistoryLine> history) => history.LastOrDefault(line => !Beside.Contains(line.Act));

    /// <returns>Refusal <c>cases.taken_back_not</c> where the last step is none that can be taken back.</returns>
    public static Outcome<CaseAct> TakenBack(Case @case, CaseKind kind, IReadOnlyList<HistoryLine> history, WorkingCalendar calendar) =>
        Of(history) switch
        {
            { Act: "verified" } last => new TakeBackVerification(last.Actor, last.At),
            { Act: "answered" or "called" or "visited" } last when StageBefore(last, @case, kind) is { } stage =>
                new TakeBack(new StepBefore(last.Act, last.Actor, last.At, MissesBefore(last, history, calendar), stage)),
            _ => Refusal.Of("cases.taken_back_not", "This cannot be taken back. Ask the supervisor."),
        };

    /// <summary>An answer may have led on to a later stage, and a last call on to the visit; null where the history does not tell whence.</summary>
    private static string? StageBefore(HistoryLine last, Case @case, CaseKind kind)
    {
        if (!last.Body.TryGetValue("stage", out var later) || later != @case.Stage) return last.ToState == "withdrawn" ? null : @case.Stage;
        var before = last.Act == "answered" ? kind.Answer(last.Body.GetValueOrDefault("answer", ""))?.Stages.Where(stage => stage != later).ToList()
            : kind.Stages.Where(stage => stage.Way == Way.Telephone).Select(stage => stage.Stage).ToList();
        return before is [var one] ? one : null;
    }

    /// <summary>The tries of all other steps that hold, counted again.</summary>
    private static Misses MissesBefore(HistoryLine last, IReadOnlyList<HistoryLine> history, WorkingCalendar calendar)
    {
        var tries = new List<HistoryLine>();
        foreach (var line in history.Where(line => line != last))
            if (line.Act is "visited" || (line.Act is "called" && line.Body.GetValueOrDefault("outcome") != Words.Of(CallOutcome.CallBack)))
                tries.Add(line);
            else if (line.Act == "taken_back" && line.Body.GetValueOrDefault("step") is "visited" or "called" && tries.Count > 0
                && tries[^1].Act == line.Body["step"])
                tries.RemoveAt(tries.Count - 1);
        return tries.Aggregate(Misses.None, (misses, line) =>
            line.Act == "visited" ? misses.Visit(calendar.DayOf(line.DoneAt)) : misses.Call(calendar.DayOf(line.DoneAt)));
    }

    /// <summary>When the next try is, as the step said; null where it said nothing.</summary>
    public static DateTimeOffset? NextOf(HistoryLine line) =>
        DateTimeOffset.TryParseExact(line.Body.GetValueOrDefault("next"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var next)
            ? next : null;
}
