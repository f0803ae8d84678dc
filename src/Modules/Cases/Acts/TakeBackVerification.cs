using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>
/// Verified by a slip: whoever verified takes it back on the same day. The answer waits again with the clock it had, and the owner of the
/// subject takes out of the file what the closing had put there (<see cref="CaseEvents.Reopened"/>).
/// </summary>
/// <param name="By">Who verified.</param>
internal sealed record TakeBackVerification(Guid By, DateTimeOffset At) : CaseAct
{
    public override string Code => "verification_taken_back";

    public override CaseRight Right => CaseRight.Verify;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Closed);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (TakeBack.OwnOfToday(By, At, setting) is { } refusal) return refusal;
        return Step(@case, @case with { State = CaseState.Answered, ClosedAt = null }, "", [CaseEvents.Reopened], ("answer", @case.Answer));
    }
}
