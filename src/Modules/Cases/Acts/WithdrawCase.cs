using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>Later data answered the question: nobody needs to be asked any more. Only the owner of the finding does this.</summary>
internal sealed record WithdrawCase(string Reason) : CaseAct
{
    public override string Code => "withdrawn";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Unassigned, CaseState.Open, CaseState.Paused, CaseState.Answered);

    protected override Outcome<Step> Decide(Case @case, Setting setting) => CheckReason(Reason) is { } refusal ? refusal
        : Step(@case, @case with { State = CaseState.Withdrawn, ClosedAt = setting.Now, NextAt = null, PausedAt = null, Asked = null },
            Reason.Trim(), [CaseEvents.Withdrawn]);
}
