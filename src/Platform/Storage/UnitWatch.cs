using System.Diagnostics;

namespace Legwork.Platform.Storage;

/// <summary>
/// The budget of the one writer: who writes much does so in units of <see cref="RowsMax"/> rows and <see cref="Max"/>, so that a nurse's dose
/// waits behind one of them at the most. Each unit's time and rows are told to <c>/metrics</c>, and those over budget by name.
/// </summary>
internal readonly struct UnitWatch
{
    public const int RowsMax = 2000;
    public static readonly TimeSpan Max = TimeSpan.FromMilliseconds(50);

    private static double longest;

    private readonly long from;

    private UnitWatch(long from) => this.from = from;

    public static UnitWatch Start() => new(Stopwatch.GetTimestamp());

    public bool IsOver => Stopwatch.GetElapsedTime(from) > Max;

    /// <param name="by">Path of the source file that asked for the unit; its name is told.</param>
    public void Stop(string by, long rows)
    {
        var took = Stopwatch.GetElapsedTime(from);
        Meters.UnitTime.Record(took.TotalSeconds);
        Meters.UnitRows.Record(rows);
        for (var known = Volatile.Read(ref longest); took.TotalSeconds > known;)
        {
            var seen = Interlocked.CompareExchange(ref longest, took.TotalSeconds, known);
            if (seen == known) Meters.LongestUnit.Record(took.TotalSeconds);
            known = seen;
        }
        if (took > Max || rows > RowsMax)
            Meters.UnitsOverBudget.Add(1, new KeyValuePair<string, object?>("unit", Path.GetFileNameWithoutExtension(by)));
    }
}
