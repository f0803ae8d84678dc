using Legwork.Cases.Contracts;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;

namespace Legwork.Insight.Figures;

/// <summary>Everything that the board of one place shows.</summary>
/// <param name="Place">Code of a city, district, street, community or grid.</param>
/// <param name="Parts">Streets of a district, communities of a street, grids of a community; the most complete first.</param>
/// <param name="Rest">What lies in the place and in none of its parts: cases without a grid yet, files without an address.</param>
/// <param name="Kinds">Every kind that has a finding or a case here, the most current cases first.</param>
/// <param name="Days">The last thirty days, today included.</param>
/// <param name="WeekFrom">Monday of this week.</param>
/// <param name="Grids">The grids that hold now, in order of their codes.</param>
/// <param name="Refused">Lists of the offices refused in the last thirty days; only on boards of a whole district, since a list is of no one street.</param>
/// <param name="At">When it was counted.</param>
internal sealed record Board(string Place, PlaceFigures All, IReadOnlyList<PartFigures> Parts, PlaceFigures Rest, IReadOnlyList<KindFigures> Kinds,
    IReadOnlyList<CaseDay> Days, DateOnly WeekFrom, IReadOnlyList<GridFigures> Grids, IReadOnlyList<RefusedList>? Refused, DateTimeOffset At)
{
    public long ClosedThisWeek => Days.Where(day => day.Day >= WeekFrom).Sum(day => day.Closed);

    public KindFigures KindsTogether => Kinds.Aggregate(new KindFigures("", 0, 0, 0, 0, 0, 0, 0), (sum, kind) => sum + kind);

    /// <summary>Grids of which every case is over.</summary>
    public int GridsComplete => Grids.Count(grid => grid.Figures.Step == PlaceFigures.StepMost);
}

/// <param name="Grids">How many grids hold in it now.</param>
internal sealed record PartFigures(string Code, int Grids, PlaceFigures Figures);

internal sealed record GridFigures(Grid Grid, PlaceFigures Figures);

/// <summary>One kind in one place. Findings stand in files, cases are the questions asked about them.</summary>
/// <param name="FindingsAnswered">Findings whose case was closed with a result.</param>
/// <param name="Waiting">Those of <paramref name="Current"/> that are answered and wait for someone else to verify them.</param>
internal sealed record KindFigures(string Kind, long FindingsOpen, long FindingsAnswered, long Current, long Waiting, long Overdue, long Closed, long Withdrawn)
{
    public static KindFigures operator +(KindFigures a, KindFigures b) => new(a.Kind, a.FindingsOpen + b.FindingsOpen, a.FindingsAnswered + b.FindingsAnswered,
        a.Current + b.Current, a.Waiting + b.Waiting, a.Overdue + b.Overdue, a.Closed + b.Closed, a.Withdrawn + b.Withdrawn);
}
