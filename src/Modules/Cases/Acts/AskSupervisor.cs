using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>Whoever works on a case asks for a pause, more time or another grid; a supervisor decides. The clock runs on meanwhile.</summary>
internal sealed record AskSupervisor(Request What, string Reason) : CaseAct
{
    public override string Code => "asked";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        if (@case.Asked is not null) return Refusal.Of("cases.asked_already", "The supervisor has not decided the last request yet.");
        var after = @case with { Asked = new Asked(What, setting.Worker.Account, Reason.Trim()) };
        return Step(@case, after, Reason.Trim(), [CaseEvents.Noted], ("what", Words.Of(What)));
    }
}
