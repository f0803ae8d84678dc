using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>A grid was split, merged or redrawn: what is not over follows its dwelling to the new grid, in whatever state.</summary>
internal sealed record MoveWithGrid(string To) : CaseAct
{
    public override string Code => "grid_changed";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Unassigned, CaseState.Open, CaseState.Paused, CaseState.Answered);

    protected override Outcome<Step> Decide(Case @case, Setting setting) => To == @case.Place
        ? Refusal.Of("cases.nothing_new", "The case is there already.")
        : Step(@case, @case with { Place = To, AssignedTo = Guid.Empty }, "", [CaseEvents.HandedOver], ("from", @case.Place), ("to", To));
}
