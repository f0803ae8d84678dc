using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>A supervisor does not grant what was asked, and says why.</summary>
internal sealed record DeclineRequest(string Reason) : CaseAct
{
    public override string Code => "declined";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        if (@case.Asked is null) return Refusal.Of("cases.nothing_asked", "Nothing was asked.");
        return Step(@case, @case with { Asked = null }, Reason.Trim(), [CaseEvents.Noted], ("what", Words.Of(@case.Asked.What)));
    }
}
