using System.Runtime.InteropServices;
using Legwork.Cases.Contracts;

namespace Legwork.Insight.Figures;

/// <summary>
/// What is counted of one place: cases by how far they are, and whatever figures the modules give, in the order of <see cref="ToldFigures"/>.
/// </summary>
internal readonly struct PlaceFigures : IEquatable<PlaceFigures>
{
    /// <summary>The highest step of the map's colours: complete.</summary>
    public const int StepMost = 5;

    private const int OfCasesMany = 4;

    private readonly long[]? counts;

    private PlaceFigures(long[] counts) => this.counts = counts;

    /// <param name="current">Cases that are not over.</param>
    /// <param name="overdue">Those of <paramref name="current"/> past due and not paused.</param>
    /// <param name="closed">Closed after somebody else verified the answer.</param>
    /// <param name="withdrawn">Closed by themselves: later lists answered them.</param>
    public static PlaceFigures OfCases(long current, long overdue, long closed, long withdrawn) => new([current, overdue, closed, withdrawn]);

    public long Current => At(0);

    public long Overdue => At(1);

    public long Closed => At(2);

    public long Withdrawn => At(3);

    public IReadOnlyList<long> Counts => counts ?? [];

    public long Cases => Current + Over;

    public long Over => Closed + Withdrawn;

    /// <summary>Completion: the share of cases that are over, from 0 to 1. A place without any case is complete.</summary>
    public double Share => Cases == 0 ? 1 : (double)Over / Cases;

    /// <summary>Fifths of completion, 0 to 4; <see cref="StepMost"/> only when every case is over.</summary>
    public int Step => Current == 0 ? StepMost : (int)(Over * StepMost / Cases);

    public bool IsNothing => Equals(default);

    public static PlaceFigures operator +(PlaceFigures a, PlaceFigures b) => Sum([a, b]);

    public static PlaceFigures operator -(PlaceFigures a, PlaceFigures b)
    {
        var rest = new long[Math.Max(a.Counts.Count, b.Counts.Count)];
        for (var i = 0; i < rest.Length; i++) rest[i] = a.At(i) - b.At(i);
        return new PlaceFigures(rest);
    }

    /// <summary>All of them together, without a step in between for each.</summary>
    public static PlaceFigures Sum(IEnumerable<PlaceFigures> places)
    {
        long[] sum = [];
        foreach (var place in places)
        {
            var counts = place.counts ?? [];
            if (counts.Length > sum.Length) Array.Resize(ref sum, counts.Length);
            for (var i = 0; i < counts.Length; i++) sum[i] += counts[i];
        }
        return new PlaceFigures(sum);
    }

    /// <param name="index">Of the figure among those that are told by place.</param>
    public long Given(int index) => At(OfCasesMany + index);

    public bool Equals(PlaceFigures other)
    {
        for (var i = 0; i < Math.Max(Counts.Count, other.Counts.Count); i++)
            if (At(i) != other.At(i)) return false;
        return true;
    }

    public override bool Equals(object? other) => other is PlaceFigures figures && Equals(figures);

    public override int GetHashCode() => HashCode.Combine(Current, Overdue, Closed, Withdrawn);

    public override string ToString() => string.Join(' ', Counts);

    private long At(int index) => counts is not null && index < counts.Length ? counts[index] : 0;

    /// <summary>Adds up what is counted, a row after the other, without an array for each.</summary>
    /// <param name="given">How many figures the modules tell by place.</param>
    internal sealed class Tally(int given)
    {
        private readonly Dictionary<string, long[]> counts = new(StringComparer.Ordinal);

        public void Add(CaseCount count)
        {
            var (sum, cases) = (Of(count.Place), CasesByState.Of(count));
            sum[0] += cases.Current;
            sum[1] += cases.Overdue;
            sum[2] += cases.Closed;
            sum[3] += cases.Withdrawn;
        }

        public void Add(string place, int index, long count) => Of(place)[OfCasesMany + index] += count;

        public Dictionary<string, PlaceFigures> ByPlace() =>
            counts.ToDictionary(entry => entry.Key, entry => new PlaceFigures(entry.Value), StringComparer.Ordinal);

        private long[] Of(string place) => CollectionsMarshal.GetValueRefOrAddDefault(counts, place, out _) ??= new long[OfCasesMany + given];
    }
}
