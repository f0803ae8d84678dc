using System.Diagnostics;
using Legwork.Messages.Contracts;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Soak;

/// <param name="Faults">What was acknowledged and is not there once, and what the log says of itself; empty is a proof passed.</param>
internal sealed record KillVerdict(int Kills, long Acknowledged, long Entries, IReadOnlyList<string> Faults);

/// <summary>
/// Starts a writing process, kills it with SIGKILL at a random moment, opens the storage again and looks for everything that was
/// acknowledged. Nothing else may have the storage open meanwhile, so that recovery is what a real restart would do.
/// </summary>
internal sealed class KillTrials(DistrictOptions options, int seed)
{
    private const int Workers = 8;
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(2);

    // Each start is so much later than the one before that the lease of the killed process has run out.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(2);

    private readonly Random random = new(seed);
    private TimeSpan ahead = SoakModule.ToNoon();
    private readonly List<(string What, string Name)> all = [];

    public async Task<KillVerdict> Run(int kills, int busyMillisecondsMax, Action<int>? progress = null)
    {
        long entries = 0;
        var faults = new List<string>();
        using var hooks = await HookTrial.Begin(options, ahead);
        for (var trial = 0; trial < kills && faults.Count == 0; trial++)
        {
            var acknowledged = await KillOne(trial, random.Next(1, busyMillisecondsMax));
            all.AddRange(acknowledged);
            (entries, var wrong) = Look(trial == kills - 1 ? all : acknowledged);
            wrong.AddRange(await LookAtMessages(hooks, trial == kills - 1 ? all : acknowledged));
            faults.AddRange(wrong.Select(fault => $"kill {trial}: {fault}"));
            progress?.Invoke(trial + 1);
        }
        return new KillVerdict(kills, all.Count, entries, faults);
    }

    /// <summary>How this program is started again as its own child.</summary>
    public static ProcessStartInfo Child(DistrictOptions options, params IEnumerable<string> words)
    {
        var program = Path.ChangeExtension(typeof(KillTrials).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[program, "soak-writer", "--data", options.Data, "--storage", options.Storage, "--node", "soak", .. words])
            start.ArgumentList.Add(word);
        return start;
    }

    private async Task<List<(string What, string Name)>> KillOne(int trial, int busyMilliseconds)
    {
        using var child = Process.Start(Child(options, "--run", $"{seed}-{trial}", "--workers", $"{Workers}", "--turns", "1000000",
            "--ahead", Invariant((ahead += Later).TotalSeconds)))!;
        try
        {
            var complaints = child.StandardError.ReadToEndAsync();
            if (await child.StandardOutput.ReadLineAsync().WaitAsync(StartMax) is null)
                throw new InvalidOperationException($"The writer did not start: {await complaints}");
            await Task.Delay(busyMilliseconds);
            child.Kill();
            var lines = (await child.StandardOutput.ReadToEndAsync()).Split('\n');
            await child.WaitForExitAsync();
            // What stands after the last line break was cut by the kill and is no acknowledgement.
            return [.. lines[..^1].Select(line => (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]))];
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }
    }

    private (long Entries, List<string> Faults) Look(List<(string What, string Name)> acknowledged)
    {
        using var store = Store.Open(options.StorageWhere);
        var faults = new List<string>();
        Migration.Apply(store, options.Modules.Assemblies, TimeProvider.System);
        var found = store.Snapshot(session => new Dictionary<string, Dictionary<string, long>>
        {
            ["setting"] = Count(session, "select name as name, count(*) as times from platform_setting where name like 'soak/%' group by name"),
            ["read"] = Count(session, "select detail as name, count(*) as times from readlog_entry where act = 'soak.read' group by detail"),
            ["opened"] = History(session, "opened"),
            ["withdrawn"] = History(session, "withdrawn"),
        });
        foreach (var (what, name) in acknowledged.Where(one => one.What != "told"))
            if (found[what].GetValueOrDefault(name) is var times and not 1)
                faults.Add($"'{what} {name}' was acknowledged and is there {times} times.");
        var verdict = LogVerdict.On(store, LogVerdict.PublicKeyIn(options.KeysFolder), [options.HeadsFolder]);
        faults.AddRange(verdict.Faults);
        return (verdict.Entries, faults);
    }

    /// <summary>What is left is handed over; then everything told lies in one file once and nothing twice, and the receiver outside has
    /// each event.</summary>
    private async Task<List<string>> LookAtMessages(HookTrial hooks, List<(string What, string Name)> acknowledged)
    {
        await using var district = SoakModule.Open(options, ahead += Later);
        var messages = district.GetRequiredService<IMessages>();
        await messages.HandOver(CancellationToken.None);
        var handed = Directory.CreateDirectory(Path.Combine(options.Data, SoakModule.Outgoing)).GetFiles("*.csv")
            .SelectMany(file => File.ReadLines(file.FullName).Skip(1))
            .CountBy(line => line[..line.IndexOf(',')]).ToDictionary(one => one.Key, one => one.Value);
        var told = district.GetRequiredService<Store>().Read(session => session.Query<Told>("select id, about from messages_message"))
            .ToDictionary(one => one.About, one => $"{one.Id}");
        return [.. handed.Where(one => one.Value > 1).Select(one => $"the message {one.Key} was handed over {one.Value} times"),
            .. acknowledged.Where(one => one.What == "told" && !handed.ContainsKey(told.GetValueOrDefault(one.Name, "")))
                .Select(one => $"'told {one.Name}' was acknowledged and was not handed over."),
            .. await hooks.Look(district, acknowledged)];
    }

    private static string Invariant(double seconds) => seconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Told(Guid Id, string About);

    private static Dictionary<string, long> Count(Session session, string sql) =>
        session.Query<Found>(sql).ToDictionary(found => found.Name, found => found.Times);

    private static Dictionary<string, long> History(Session session, string act) => session.Query<Found>("""
        select c.subject as name, count(*) as times from cases_case c join cases_history h on h.case_id = c.id
        where c.subject like 'soak/%' and h.act = @act group by c.subject
        """, new { act }).ToDictionary(found => found.Name, found => found.Times);

    private sealed record Found(string Name, long Times);
}
