using System.Runtime.InteropServices;
using Legwork.Cases.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Modules;

namespace Legwork.Insight.Figures;

/// <summary>Everything that the board of one place shows.</summary>
/// <param name="Place">Code of a city, district, street, community or grid.</param>
/// <param name="Parts">Streets of a district, communities of a street, grids of a community; the most complete first.</param>
/// <param name="Rest">What lies in the place and in none of its parts: cases without a grid yet, files without an address.</param>
/// <param name="Kinds">Every kind that has a finding or a case here, the most current cases first.</param>
/// <param name="Days">The last seven days, today included.</param>
/// <param name="WeekFrom">Monday of this week.</param>
/// <param name="Grids">The grids that hold now, in order of their codes.</param>
/// <param name="Whole">What is of no one street; only on boards of a whole district, null on others.</param>
/// <param name="At">When it was counted.</param>
/// <param name="On">As known at the end of this earlier day; null is now.</param>
internal sealed record Board(string Place, PlaceFigures All, IReadOnlyList<PartFigures> Parts, PlaceFigures Rest, IReadOnlyList<KindFigures> Kinds,
    IReadOnlyList<CaseDay> Days, DateOnly WeekFrom, IReadOnlyList<GridFigures> Grids, IReadOnlyList<WholeFigure>? Whole,
    DateTimeOffset At, DateOnly? On)
{
    public long ClosedThisWeek => Days.Where(day => day.Day >= WeekFrom).Sum(day => day.Closed);

    public KindFigures KindsTogether => KindFigures.Together("", Kinds);

    /// <summary>Grids of which every case is over.</summary>
    public int GridsComplete => Grids.Count(grid => grid.Figures.Step == PlaceFigures.StepMost);
}

/// <param name="Grids">How many grids hold in it now.</param>
internal sealed record PartFigures(string Code, int Grids, PlaceFigures Figures);

internal sealed record GridFigures(Grid Grid, PlaceFigures Figures);

/// <param name="Lines">The latest first; empty where the figure lists none.</param>
internal sealed record WholeFigure(string Code, long Count, IReadOnlyList<FigureLine> Lines);

/// <summary>One kind in one place: the cases, which are questions, and what modules count by kind, such as the findings asked about.</summary>
/// <param name="Waiting">Those of <paramref name="Current"/> that are answered and wait for someone else to verify them.</param>
/// <param name="Given">In the order of <see cref="ToldFigures.ByKind"/>.</param>
internal sealed record KindFigures(string Kind, long Current, long Waiting, long Overdue, long Closed, long Withdrawn, IReadOnlyList<long> Given)
{
    public static KindFigures Together(string kind, IEnumerable<KindFigures> all)
    {
        var (sum, given) = (new KindFigures(kind, 0, 0, 0, 0, 0, []), Array.Empty<long>());
        foreach (var one in all)
        {
            sum = new KindFigures(kind, sum.Current + one.Current, sum.Waiting + one.Waiting, sum.Overdue + one.Overdue,
                sum.Closed + one.Closed, sum.Withdrawn + one.Withdrawn, []);
            if (one.Given.Count > given.Length) Array.Resize(ref given, one.Given.Count);
            for (var i = 0; i < one.Given.Count; i++) given[i] += one.Given[i];
        }
        return sum with { Given = given };
    }

    public long Of(int index) => index < Given.Count ? Given[index] : 0;
}

/// <summary>How far the cases of one count are.</summary>
internal readonly record struct CasesByState(long Current, long Waiting, long Overdue, long Closed, long Withdrawn)
{
    public static CasesByState Of(CaseCount count) => count.State switch
    {
        CaseStates.Closed => new(0, 0, 0, count.Cases, 0),
        CaseStates.Withdrawn => new(0, 0, 0, 0, count.Cases),
        CaseStates.Answered => new(count.Cases, count.Cases, count.Overdue, 0, 0),
        _ => new(count.Cases, 0, count.Overdue, 0, 0),
    };
}

/// <summary>Adds up by kind what is counted, a row after the other, without an object for each.</summary>
/// <param name="given">How many figures the modules tell by kind.</param>
internal sealed class KindTally(int given)
{
    private const int OfCasesMany = 5;

    private readonly Dictionary<string, long[]> counts = new(StringComparer.Ordinal);

    public void Add(CaseCount count)
    {
        var (sum, cases) = (Of(count.Kind), CasesByState.Of(count));
        sum[0] += cases.Current;
        sum[1] += cases.Waiting;
        sum[2] += cases.Overdue;
        sum[3] += cases.Closed;
        sum[4] += cases.Withdrawn;
    }

    public void Add(string kind, int index, long count) => Of(kind)[OfCasesMany + index] += count;

    public IEnumerable<KindFigures> Kinds() =>
        counts.Select(kind =>
            new KindFigures(kind.Key, kind.Value[0], kind.Value[1], kind.Value[2], kind.Value[3], kind.Value[4], kind.Value[OfCasesMany..]));

    private long[] Of(string kind) => CollectionsMarshal.GetValueRefOrAddDefault(counts, kind, out _) ??= new long[OfCasesMany + given];
}
