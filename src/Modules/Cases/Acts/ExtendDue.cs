using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>A later due day with a reason and an approver; the first due time is kept and shown beside it.</summary>
internal sealed record ExtendDue(DateOnly Until, string Reason) : CaseAct
{
    public const int DaysMax = 180;

    public override string Code => "extended";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Unassigned, CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        if (Approval.Check(@case, setting) is { } own) return own;
        var due = setting.Calendar.CloseOf(Until);
        if (due <= @case.DueAt || due <= setting.Now) return Refusal.Of("cases.due_earlier", "An extension ends after the due day that holds now.");
        if (due > @case.FirstDueAt.AddDays(DaysMax))
            return Refusal.Of("cases.due_late", $"A case is extended by at most {DaysMax} days; park it instead.");
        return Step(@case, @case with { DueAt = due, Asked = null }, Reason.Trim(), [CaseEvents.Extended],
            ("from", @case.DueAt.ToString("O", CultureInfo.InvariantCulture)),
            ("to", due.ToString("O", CultureInfo.InvariantCulture)), Approval.Of(@case));
    }
}
