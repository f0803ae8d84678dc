using System.Diagnostics;

namespace Legwork.Host.Processes;

/// <summary>A process of a trial, with what it says kept in a file; it can be killed as a machine dies, and started again.</summary>
internal sealed class Child(string name, string logFolder, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment = null)
    : IDisposable
{
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(10);

    private Process? process;

    /// <summary>Each line it says, while it is said.</summary>
    public Action<string>? Said { get; set; }

    public string Name => name;

    public string Log { get; } = Path.Combine(logFolder, $"{name}.log");

    public bool Lives => process is { HasExited: false };

    /// <summary>What it has used of the processors since it was started.</summary>
    public TimeSpan Processor
    {
        get
        {
            process?.Refresh();
            return process?.TotalProcessorTime ?? TimeSpan.Zero;
        }
    }

    /// <summary>Bytes of memory that it holds.</summary>
    public long Memory
    {
        get
        {
            process?.Refresh();
            return process?.WorkingSet64 ?? 0;
        }
    }

    /// <summary>How often it has this file open; 0 where the system does not tell.</summary>
    public int HandlesOf(string file)
    {
        if (process is null || !Directory.Exists($"/proc/{process.Id}/fd")) return 0;
        return Directory.EnumerateFiles($"/proc/{process.Id}/fd").Count(handle => Target(handle) == file);
    }

    private static string? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }

    public Child Start()
    {
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Skip(1)) start.ArgumentList.Add(word);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        process?.Dispose();
        process = Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} cannot be started.");
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return this;
    }

    /// <summary>SIGKILL: it has no chance to say goodbye.</summary>
    public void Kill()
    {
        if (process is not { HasExited: false } living) return;
        living.Kill();
        // With a limit: what it started may live on and hold its output open.
        living.WaitForExit(Gone);
    }

    /// <summary>The last lines it said, for the sentence that tells what went wrong.</summary>
    public string Tail(int lines = 8) => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(lines)) : "";

    public void Dispose()
    {
        Kill();
        process?.Dispose();
        process = null; // disposing twice does no harm
    }

    private void Keep(object sender, DataReceivedEventArgs said)
    {
        if (said.Data is null) return;
        lock (this) File.AppendAllText(Log, said.Data + "\n");
        Said?.Invoke(said.Data);
    }
}
