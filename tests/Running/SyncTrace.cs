namespace Legwork.Running.Tests;

/// <summary>
/// Reads what strace wrote of a single writer: between the last write to the write-ahead log and the line that acknowledges it, the
/// kernel must have answered a sync of that file.
/// </summary>
internal sealed class SyncTrace
{
    private readonly Dictionary<string, string> begun = [];
    private readonly List<string> early = [];
    private bool unsynced;
    private bool synced;
    private int acknowledged;
    private int syncs;

    public static (int Acknowledged, int Syncs, IReadOnlyList<string> Early) Judge(IEnumerable<string> lines)
    {
        var trace = new SyncTrace();
        foreach (var line in lines) trace.Read(line);
        return (trace.acknowledged, trace.syncs, trace.early);
    }

    private void Read(string line)
    {
        var process = line[..Math.Max(0, line.IndexOf(' '))];
        var call = line[process.Length..].TrimStart();
        if (call.StartsWith("<...", StringComparison.Ordinal))
        {
            // A call that another thread's calls interrupted ends here; what it was about stood where it began.
            if (begun.Remove(process, out var beginning)) Ended(beginning, call);
        }
        else if (call.EndsWith("<unfinished ...>", StringComparison.Ordinal))
        {
            begun[process] = call;
            Begun(call);
        }
        else
        {
            Begun(call);
            Ended(call, call);
        }
    }

    private void Begun(string call)
    {
        if (call.StartsWith("pwrite64(", StringComparison.Ordinal) && call.Contains("district.db-wal>", StringComparison.Ordinal)) unsynced = true;
        if (!IsAcknowledgement(call)) return;
        acknowledged++;
        if (unsynced || !synced) early.Add(call);
        synced = false;
    }

    private void Ended(string beginning, string end)
    {
        if (!beginning.StartsWith("fdatasync(", StringComparison.Ordinal) && !beginning.StartsWith("fsync(", StringComparison.Ordinal)) return;
        if (!beginning.Contains("district.db-wal>", StringComparison.Ordinal) || !end.EndsWith("= 0", StringComparison.Ordinal)) return;
        (unsynced, synced) = (false, true);
        syncs++;
    }

    // the console writes through a copy of descriptor 1
    private static bool IsAcknowledgement(string call) => call.StartsWith("write(", StringComparison.Ordinal)
        && (call.Contains("\"setting soak/", StringComparison.Ordinal) || call.Contains("\"read soak/", StringComparison.Ordinal)
            || call.Contains("\"opened soak/", StringComparison.Ordinal) || call.Contains("\"withdrawn soak/", StringComparison.Ordinal)
            || call.Contains("\"told soak/", StringComparison.Ordinal));
}
