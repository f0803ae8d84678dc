using System.Diagnostics;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;

namespace Legwork.Immunization.Contracts;

/// <summary>What a run measured, in milliseconds from when a dose was due to when it was durable.</summary>
/// <param name="Slow">What the slowest hundredth of the doses waited for, on average.</param>
public sealed record DoseFigures(int Recorded, double P50, double P95, double P99, double Worst, DoseWait Slow);

/// <param name="All">From when the dose was due to when it was durable.</param>
/// <param name="Late">Until it was begun: nobody ran it, for want of a processor or because memory was being collected.</param>
/// <param name="Paused">How long the process stood still meanwhile to collect memory, before the dose was begun or after.</param>
public sealed record DoseWait(double All, double Late, double Paused);

/// <summary>
/// A clinic's morning in an open loop: doses come at their times whether or not earlier ones are written, so waiting counts. Each is the unit
/// that <see cref="RecordDose"/> writes, for invented persons: whom it is for was looked up before, on a reader.
/// </summary>
public sealed class DoseBench
{
    private readonly RecordDose record;
    private readonly TimeProvider clock;

    internal DoseBench(RecordDose record, TimeProvider clock) => (this.record, this.clock) = (record, clock);

    /// <summary>Records doses until something else is done.</summary>
    public async Task<DoseFigures> Until(Task done, int perSecond = 20)
    {
        var nurse = new Actor(Guid.CreateVersion7(), "bench", "bench", []);
        var told = new DoseTold(clock.Today(), "hepb", "LOT", "left_arm", "bench", "", "given_here", "");
        var writing = new List<Task<DoseWait>>();
        var watch = Stopwatch.StartNew();
        while (!done.IsCompleted)
        {
            var due = TimeSpan.FromSeconds((double)writing.Count / perSecond);
            var pausedBefore = GC.GetTotalPauseDuration();
            if (due - watch.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            writing.Add(Task.Run(async () =>
            {
                var late = watch.Elapsed - due;
                var person = PersonId.New();
                var written = await record.Write(nurse, person, [person], told);
                if (!written.Ok) throw new InvalidOperationException(written.Refusal!.Message);
                return new DoseWait((watch.Elapsed - due).TotalMilliseconds, late.TotalMilliseconds,
                    (GC.GetTotalPauseDuration() - pausedBefore).TotalMilliseconds);
            }));
        }
        var waits = (await Task.WhenAll(writing)).OrderBy(wait => wait.All).ToArray();
        double At(double share) => waits.Length == 0 ? double.NaN : waits[Math.Min(waits.Length - 1, (int)(share * waits.Length))].All;
        var slow = waits.AsSpan((int)(0.99 * waits.Length)).ToArray();
        double OfSlow(Func<DoseWait, double> part) => slow.Select(part).DefaultIfEmpty(double.NaN).Average();
        return new DoseFigures(waits.Length, At(0.5), At(0.95), At(0.99), At(1),
            new DoseWait(OfSlow(wait => wait.All), OfSlow(wait => wait.Late), OfSlow(wait => wait.Paused)));
    }
}
