using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>
/// A supervisor passes a case to a place that may lie outside his scope: to the grid where the person lives, or to a street whose
/// own supervisor then assigns it. A grid worker returns a case instead; units do not pass cases on among themselves.
/// </summary>
internal sealed record HandOverCase(string To, string Reason) : CaseAct
{
    public override string Code => "handed_over";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Unassigned, CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (Refusal.All(Place.IsCode(To) ? null : Refusal.Of("cases.place", "Hand over to a grid, community or street by its code."),
            CheckReason(Reason)) is { } refusal) return refusal;
        if (To == @case.Place) return Refusal.Of("cases.nothing_new", "The case is there already.");
        return Step(@case, Moved(@case, To), Reason.Trim(), [CaseEvents.HandedOver], ("from", @case.Place), ("to", To));
    }

    /// <summary>The case at another place: with the grid, or waiting for a supervisor there to choose one.</summary>
    internal static Case Moved(Case @case, string to) => @case with
    {
        Place = to,
        State = Place.IsGrid(to) ? CaseState.Open : CaseState.Unassigned,
        AssignedTo = Guid.Empty,
        NextAt = null,
        Asked = null,
        // Misses elsewhere say nothing about this door.
        Misses = Misses.None,
    };
}
