using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

internal enum CallOutcome
{
    NoAnswer = 1,
    Busy = 2,
    CallBack = 3,
    WrongNumber = 4,
}

/// <summary>
/// A call that brought no answer. After the stage's last try, or when the number is wrong, the case goes on to the visit.
/// </summary>
/// <param name="NextAt">When to try again; null leaves it to the rules.</param>
internal sealed record RecordCall(CallOutcome Outcome, DateTimeOffset? NextAt, string Note) : CaseAct
{
    public override string Code => "called";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckNote(Note) is { } refusal) return refusal;
        if (setting.Kind.WayOf(@case.Stage) == Way.Door)
            return Refusal.Of("cases.stage", "The calls are over: this case is to be visited.");
        if (CheckStage(@case, setting) is { } wrongRole) return wrongRole;
        if (NextTry.Check(NextAt, @case, setting) is { } wrongTime) return wrongTime;

        // Asking to be called back is contact; it does not count towards "nobody is reached".
        var misses = Outcome == CallOutcome.CallBack ? @case.Misses : @case.Misses.Call(setting.Calendar.DayOf(setting.Now));
        var rule = setting.Kind.Rule(@case.Stage);
        var goesOn = rule.Way == Way.Telephone && (Outcome == CallOutcome.WrongNumber || misses.Calls >= rule.AttemptsMax)
            ? setting.Kind.After(@case.Stage, @case.Reachable) : null;
        var after = @case.HandledBy(setting.Worker) with
        {
            Misses = misses,
            Stage = goesOn ?? @case.Stage,
            NextAt = goesOn is null ? NextAt ?? NextTry.ByRule(setting, rule.Between) : null,
        };
        return Step(@case, after, Note, [CaseEvents.Called], ("outcome", Words.Of(Outcome)),
            ("next", after.NextAt?.ToString("O", CultureInfo.InvariantCulture) ?? ""), ("stage", goesOn ?? ""));
    }
}

/// <summary>When the next try is: in the future and before the case is due, else as far off as the rules say.</summary>
internal static class NextTry
{
    public static Refusal? Check(DateTimeOffset? next, Case @case, Setting setting)
    {
        if (next is not { } at) return null;
        if (at <= setting.Now) return Refusal.Of("cases.next_past", "The next try lies in the past.");
        var latest = @case.DueAt > setting.Now ? @case.DueAt : setting.Now.AddDays(7);
        return at > latest
            ? Refusal.Of("cases.next_late", "The next try would come after the case is due; ask the supervisor for an extension instead.") : null;
    }

    /// <summary>The start of the day on which the rules' interval ends.</summary>
    public static DateTimeOffset ByRule(Setting setting, TimeLimit between) =>
        setting.Calendar.StartOf(setting.Calendar.DayOf(setting.Calendar.Due(setting.Now, between)));
}
