using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>The clock runs again with the time that was left when the case was parked.</summary>
internal sealed record ResumeCase(string Reason) : CaseAct
{
    public override string Code => "resumed";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Paused);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        var due = setting.Calendar.DueAfterPause(@case.DueAt, @case.PausedAt!.Value, setting.Now, setting.Kind.Limit.Unit);
        return Step(@case, @case with { State = CaseState.Open, PausedAt = null, NextAt = null, DueAt = due }, Reason.Trim(), [CaseEvents.Resumed],
            ("due", due.ToString("O", CultureInfo.InvariantCulture)));
    }
}
