using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>A closed case turns out wrong: it is worked on again, with a new clock and everyone who handled it remembered.</summary>
internal sealed record ReopenCase(string Reason) : CaseAct
{
    public override string Code => "reopened";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Closed);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckReason(Reason) is { } refusal) return refusal;
        var due = setting.Calendar.Due(setting.Now, setting.Kind.Limit);
        var after = @case.WithoutAnswer() with
        {
            State = Place.IsGrid(@case.Place) ? CaseState.Open : CaseState.Unassigned,
            ClosedAt = null,
            NextAt = null,
            DueAt = due,
            FirstDueAt = due,
        };
        return Step(@case, after, Reason.Trim(), [CaseEvents.Reopened], ("answer", @case.Answer), ("result", @case.Result));
    }
}
