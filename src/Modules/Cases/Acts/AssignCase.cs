using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>A supervisor gives a case to a grid of his scope, and to one worker by name if he likes.</summary>
/// <param name="Grid">The grid that acts.</param>
/// <param name="Worker">The account; the empty id: whoever has the grid.</param>
internal sealed record AssignCase(string Grid, Guid Worker) : CaseAct
{
    public override string Code => "assigned";

    public override CaseRight Right => CaseRight.Steer;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Unassigned, CaseState.Open);

    public override string? Towards => Grid;

    internal static readonly Refusal NoGrid =
        Refusal.Of("cases.place", "Assign to a grid by its code: the community's twelve digits and -G03, for example.");

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (!Place.IsCode(Grid) || !Place.IsGrid(Grid))
            return NoGrid;
        if (@case.State == CaseState.Open && @case.Place == Grid && @case.AssignedTo == Worker)
            return Refusal.Of("cases.nothing_new", "The case is with this grid already.");
        var after = @case with { State = CaseState.Open, Place = Grid, AssignedTo = Worker, Asked = null };
        return Step(@case, after, "", [CaseEvents.Assigned], ("from", @case.Place), ("to", Grid),
            ("worker", Worker == Guid.Empty ? "" : Worker.ToString()));
    }
}
