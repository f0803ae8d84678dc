namespace Legwork.Insight.Figures;

/// <summary>What is counted of one place: files of people who live there, and cases by how far they are.</summary>
/// <param name="Clear">Those of <paramref name="Files"/> without an open finding: nothing is left to ask.</param>
/// <param name="Current">Cases that are not over.</param>
/// <param name="Overdue">Those of <paramref name="Current"/> past due and not paused.</param>
/// <param name="Closed">Closed after somebody else verified the answer.</param>
/// <param name="Withdrawn">Closed by themselves: later lists answered them.</param>
internal readonly record struct PlaceFigures(long Files, long Clear, long Current, long Overdue, long Closed, long Withdrawn)
{
    /// <summary>The highest step of the map's colours: complete.</summary>
    public const int StepMost = 5;

    public long Cases => Current + Over;

    public long Over => Closed + Withdrawn;

    /// <summary>Completion: the share of cases that are over, from 0 to 1. A place without any case is complete.</summary>
    public double Share => Cases == 0 ? 1 : (double)Over / Cases;

    /// <summary>Fifths of completion, 0 to 4; <see cref="StepMost"/> only when every case is over.</summary>
    public int Step => Current == 0 ? StepMost : (int)(Over * StepMost / Cases);

    public static PlaceFigures operator +(PlaceFigures a, PlaceFigures b) => new(a.Files + b.Files, a.Clear + b.Clear, a.Current + b.Current,
        a.Overdue + b.Overdue, a.Closed + b.Closed, a.Withdrawn + b.Withdrawn);

    public static PlaceFigures operator -(PlaceFigures a, PlaceFigures b) => new(a.Files - b.Files, a.Clear - b.Clear, a.Current - b.Current,
        a.Overdue - b.Overdue, a.Closed - b.Closed, a.Withdrawn - b.Withdrawn);
}
