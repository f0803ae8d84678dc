using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

internal enum VisitOutcome
{
    NotHome = 1,
    NoSuchDoor = 2,
}

/// <summary>
/// A visit that found nobody. Tries on enough different days become evidence that nobody is reached (contact_attempts in the rules).
/// </summary>
internal sealed record RecordVisit(VisitOutcome Outcome, DateTimeOffset? NextAt, string Note) : CaseAct
{
    public override string Code => "visited";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckNote(Note) is { } refusal) return refusal;
        if (setting.Kind.WayOf(@case.Stage) != Way.Door)
            return Refusal.Of("cases.call_first", "Data come first, then the call, then the visit: this case is not to be visited yet.");
        if (CheckStage(@case, setting) is { } wrongRole) return wrongRole;
        if (NextTry.Check(NextAt, @case, setting) is { } wrongTime) return wrongTime;

        var misses = @case.Misses.Visit(setting.Calendar.DayOf(setting.Now));
        var rule = setting.Kind.Rule(@case.Stage);
        var next = NextAt ?? (misses.Visits >= rule.AttemptsMax ? null : NextTry.ByRule(setting, rule.Between));
        var after = @case.HandledBy(setting.Worker) with { Misses = misses, NextAt = next };
        return Step(@case, after, Note, [CaseEvents.Visited], ("outcome", Words.Of(Outcome)),
            ("next", next?.ToString("O", CultureInfo.InvariantCulture) ?? ""));
    }
}
