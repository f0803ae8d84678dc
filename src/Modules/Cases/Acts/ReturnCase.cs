using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>"Not mine": back to the supervisor with a reason. A unit never passes a case on to another by itself.</summary>
internal sealed record ReturnCase(string Reason) : CaseAct
{
    public override string Code => "returned";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting) => CheckReason(Reason) is { } refusal ? refusal
        : Step(@case, @case with { State = CaseState.Unassigned, AssignedTo = Guid.Empty, NextAt = null, Asked = null }, Reason.Trim(),
            [CaseEvents.Returned]);
}
