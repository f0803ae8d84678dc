using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>Someone else confirms the answer, and with that the case closes: the only way for an answer to take hold.</summary>
internal sealed record VerifyAnswer(string Note) : CaseAct
{
    public override string Code => "verified";

    public override CaseRight Right => CaseRight.Verify;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Answered);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckNote(Note) is { } refusal) return refusal;
        if (Verification.Check(@case, setting) is { } refused) return refused;
        return Step(@case, @case with { State = CaseState.Closed, ClosedAt = setting.Now }, Note, [CaseEvents.Verified, CaseEvents.Closed],
            ("answer", @case.Answer), ("result", @case.Result));
    }
}

internal static class Verification
{
    /// <summary>
    /// The unit that handled a case cannot verify it, nor can anyone who handled it for another unit (supervision and handling are
    /// two axes, CJ/T 292 §3); and the answer's rule names the roles that may.
    /// </summary>
    public static Refusal? Check(Case @case, Setting setting)
    {
        if (@case.Handlers.Any(handler => setting.Worker.Is(handler.Account) || handler.Unit == setting.Worker.Unit))
            return Refusal.Of("cases.own_work", "The unit that handled a case cannot verify it.");
        // An answer that the rules no longer know is verified by whoever steers.
        var verifies = setting.Kind.Answer(@case.Answer) is { } rule ? rule.VerifiedBy.Contains(setting.Worker.Role)
            : setting.Kind.Access.Roles(CaseRight.Steer).Contains(setting.Worker.Role);
        return verifies ? null : Refusal.Of("cases.verifier", "This answer is verified by a supervisor.");
    }
}
