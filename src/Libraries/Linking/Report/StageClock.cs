using System.Diagnostics;

namespace Legwork.Linking;

/// <summary>Where the time of a linking went: wall and processor seconds of one stage.</summary>
public readonly record struct StageTime(string Stage, double Seconds, double CpuSeconds);

/// <summary>A clock that is read between stages; two system calls a stage, so it always runs.</summary>
internal sealed class StageClock
{
    private readonly List<StageTime> stages = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private double wall;
    private double cpu = Cpu();

    public IReadOnlyList<StageTime> Stages => stages;

    /// <summary>Ends a stage: what has passed since the last one ended is its time.</summary>
    public void End(string stage)
    {
        var (wallNow, cpuNow) = (watch.Elapsed.TotalSeconds, Cpu());
        stages.Add(new StageTime(stage, wallNow - wall, cpuNow - cpu));
        (wall, cpu) = (wallNow, cpuNow);
    }

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
