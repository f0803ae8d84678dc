using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>The answer does not convince: back to work (返工, counted). The clock was running all the time.</summary>
internal sealed record SendBack(string Reason) : CaseAct
{
    public override string Code => "sent_back";

    public override CaseRight Right => CaseRight.Verify;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Answered);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        if (Verification.Check(@case, setting) is { } refused) return refused;
        var after = @case.WithoutAnswer() with { State = CaseState.Open, Reworks = @case.Reworks + 1, NextAt = null };
        return Step(@case, after, Reason.Trim(), [CaseEvents.SentBack], ("answer", @case.Answer),
            ("reworks", after.Reworks.ToString(CultureInfo.InvariantCulture)));
    }
}
