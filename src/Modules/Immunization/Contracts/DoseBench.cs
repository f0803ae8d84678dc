using System.Diagnostics;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;

namespace Legwork.Immunization.Contracts;

/// <summary>What a run measured, in milliseconds from when a dose was due to when it was durable.</summary>
public sealed record DoseFigures(int Recorded, double P50, double P95, double P99, double Worst);

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
        var writing = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        while (!done.IsCompleted)
        {
            var due = TimeSpan.FromSeconds((double)writing.Count / perSecond);
            if (due - watch.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            writing.Add(Task.Run(async () =>
            {
                var person = PersonId.New();
                var written = await record.Write(nurse, person, [person], told);
                return written.Ok ? (watch.Elapsed - due).TotalMilliseconds : throw new InvalidOperationException(written.Refusal!.Message);
            }));
        }
        var took = (await Task.WhenAll(writing)).Order().ToArray();
        double At(double share) => took.Length == 0 ? double.NaN : took[Math.Min(took.Length - 1, (int)(share * took.Length))];
        return new DoseFigures(took.Length, At(0.5), At(0.95), At(0.99), At(1));
    }
}
