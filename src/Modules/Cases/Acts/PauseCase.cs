using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>
/// 挂账: what cannot be solved now is parked with a reason and the clock stands still. It takes a second person: whoever asked for
/// it does not grant it, and whoever handled the case does not park it.
/// </summary>
internal sealed record PauseCase(string Reason) : CaseAct
{
    public override string Code => "paused";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        if (Approval.Check(@case, setting) is { } own) return own;
        return Step(@case, @case with { State = CaseState.Paused, PausedAt = setting.Now, Asked = null }, Reason.Trim(),
            [CaseEvents.Paused], Approval.Of(@case));
    }
}

/// <summary>A pause or an extension is granted by someone who neither asked for it nor handled the case.</summary>
internal static class Approval
{
    public static Refusal? Check(Case @case, Setting setting) =>
        (@case.Asked is { } asked && setting.Worker.Is(asked.By)) || @case.Handlers.Any(handler => setting.Worker.Is(handler.Account))
            ? Refusal.Of("cases.own_request", "Someone else decides on a pause or an extension of a case you handled.") : null;

    public static (string, string) Of(Case @case) => ("asked_by", @case.Asked is { } asked ? asked.By.ToString() : "");
}
