using System.Diagnostics;
using System.Globalization;
using Legwork.Demo;
using Legwork.Host.Processes;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Soak;

/// <summary>One thing that went wrong on purpose, and how long it took until somebody, and until everybody, had written again.</summary>
/// <param name="Load">Processes that wanted a processor in the last minute.</param>
internal sealed record Trial(string What, string Whom, TimeSpan First, TimeSpan All, double Load);

/// <param name="Answers">How often visitors got each kind of answer.</param>
internal sealed record FailoverVerdict(IReadOnlyList<Trial> Trials, int Writes, int Unknown, int Looks,
    IReadOnlyDictionary<string, int> Answers, IReadOnlyList<string> Faults);

/// <summary>
/// People work on cases through HAProxy at two nodes over three PostgreSQL while the primary, a node and etcd's leader are killed, a
/// node's line to the storage is cut and now and then all of etcd is gone. Nothing acknowledged is lost or doubled, and everybody writes again
/// within half a minute.
/// </summary>
internal sealed class FailoverTrials(string folder, int seed)
{
    public static readonly TimeSpan WritableMax = TimeSpan.FromSeconds(30);
    private const int Visitors = 6, Cases = 12, People = 400;
    private static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(3);
    private static readonly (TimeSpan First, TimeSpan All) Never = (GiveUp, GiveUp);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    // Twice as long as a primary keeps its office without etcd (ttl), if it does not ask the others.
    private static readonly TimeSpan WithoutEtcd = TimeSpan.FromSeconds(40);
    private const string AllOfEtcd = "all of etcd";
    private const int AllOfEtcdEvery = 4;
    public static readonly IReadOnlyList<string> Kinds = ["primary", "node", "etcd's leader", "line", AllOfEtcd];
    private static readonly string[] Languages = ["zh-CN", "bo", "en"];

    private readonly List<Trial> trials = [];
    private readonly List<Child> nodes = [];
    private readonly List<CutLine> lines = [];
    private string Keys => Path.Combine(folder, "keys");

    /// <param name="only">One of the kinds of loss; empty is each in turn.</param>
    public async Task<FailoverVerdict> Run(int times, string only, Action<string> progress, Action<Trial> done)
    {
        using var cluster = new FailoverCluster(Path.Combine(folder, "cluster"));
        try
        {
            progress("starting three etcd, three PostgreSQL, HAProxy");
            await cluster.Start();
            progress("making a district");
            var storage = FailoverCluster.Storage(cluster.PrimaryPort);
            var cases = await MakeDistrict(storage);
            for (var i = 0; i < 2; i++) AddNode(i, cluster);
            await UntilReady(cluster);
            using var over = new CancellationTokenSource();
            var visitors = Enumerable.Range(0, Visitors)
                .Select(i => new CaseVisitor($"soak-{i}", Languages[i % 3], cluster.Pages, cases, seed + i)).ToList();
            foreach (var visitor in visitors) await visitor.SignIn();
            var work = visitors.ConvertAll(visitor => Task.Run(() => visitor.Work(over.Token)));
            for (var time = 0; time < times; time++)
                foreach (var what in Kinds.Where(kind => only.Length > 0 ? kind == only : kind != AllOfEtcd || time % AllOfEtcdEvery == 0))
                {
                    progress($"{time + 1} of {times}: {what}");
                    await OneTrial(what, time, cluster, visitors);
                    done(trials[^1]);
                }
            await over.CancelAsync();
            await Task.WhenAll(work);
            return Judge(storage, cases, visitors);
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
            foreach (var line in lines) await line.DisposeAsync();
        }
    }

    private async Task OneTrial(string what, int time, FailoverCluster cluster, List<CaseVisitor> visitors)
    {
        await cluster.Whole();
        await UntilReady(cluster);
        if (await UntilAllWrote(visitors, Stopwatch.GetTimestamp()) == Never)
            throw new InvalidOperationException($"Nothing is lost, and not everybody could write for {GiveUp.TotalMinutes:0} minutes.");
        await Task.Delay(Calm);
        var which = time % 2;
        var whom = what switch
        {
            "primary" => await cluster.KillPrimary(),
            "etcd's leader" => await cluster.KillLeaderOfEtcd(),
            AllOfEtcd => cluster.KillAllOfEtcd(),
            "node" => Kill(nodes[which]),
            _ => Cut(which),
        };
        var (first, all) = await UntilAllWrote(visitors, Stopwatch.GetTimestamp());
        if (what == AllOfEtcd)
        {
            await Task.Delay(WithoutEtcd);
            var later = (await UntilAllWrote(visitors, Stopwatch.GetTimestamp())).All;
            if (later > all) all = later;
        }
        trials.Add(new Trial(what, whom, first, all, Load()));
        lines[which].Mend();
        if (!nodes[which].Lives) nodes[which].Start();
    }

    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Kill(Child node)
    {
        node.Kill();
        return node.Name;
    }

    private string Cut(int which)
    {
        lines[which].Cut();
        return $"{nodes[which].Name} to storage";
    }

    /// <summary>Waits until every visitor has had a write acknowledged that began after the moment, or gives up.</summary>
    private static async Task<(TimeSpan First, TimeSpan All)> UntilAllWrote(List<CaseVisitor> visitors, long moment)
    {
        while (true)
        {
            var ends = visitors.ConvertAll(visitor =>
                visitor.Acknowledged.Where(write => write.Begun > moment).Select(write => (long?)write.Ended).FirstOrDefault());
            if (ends.TrueForAll(end => end is not null))
                return (Stopwatch.GetElapsedTime(moment, ends.Min()!.Value), Stopwatch.GetElapsedTime(moment, ends.Max()!.Value));
            if (Stopwatch.GetElapsedTime(moment) > GiveUp) return Never;
            await Task.Delay(50);
        }
    }

    private async Task<List<SoakCase>> MakeDistrict(string storage)
    {
        var options = new DistrictOptions { Data = DataOf("first"), Keys = Keys, Storage = storage, Node = "first", Demonstration = true };
        var registers = Path.Combine(folder, "registers");
        DemoDistrict.Write(registers, Path.Combine(folder, "truth"), new DemoOptions { Insured = People, Grids = 24, Seed = 7 });
        await using var district = District.Open(options);
        var taken = await district.GetRequiredService<IRegisters>().TakeFolder(registers, Actor.System);
        if (!taken.AllTaken) throw new InvalidOperationException("The demonstration's own files were refused.");
        var supervisors = Enumerable.Range(0, Visitors)
            .Select(i => new DemonstrationSignIn($"soak-{i}", $"督导 {i}", Role.Supervisor, options.DistrictCode));
        await district.GetRequiredService<DemonstrationAccounts>().Make([.. supervisors]);
        return FailoverAudit.Cases(district.GetRequiredService<Store>(), Cases);
    }

    private void AddNode(int i, FailoverCluster cluster)
    {
        var line = new CutLine(cluster.PrimaryPort);
        lines.Add(line);
        var name = i == 0 ? "one" : "two";
        var program = Path.ChangeExtension(typeof(FailoverTrials).Assembly.Location, ".dll");
        string[] words = ["dotnet", program, "serve", "--data", DataOf(name), "--node", name,
            "--storage", FailoverCluster.Storage(line.Port), "--listen", $"http://127.0.0.1:{cluster.NodePorts[i]}"];
        nodes.Add(new Child($"node-{name}", cluster.Logs, words, new Dictionary<string, string>
        {
            ["LEGWORK_SET_Keys"] = Keys,
            ["LEGWORK_SET_Demonstration"] = "true",
            ["LEGWORK_SET_Copies"] = FailoverCluster.Storage(cluster.CopiesPort),
            ["LEGWORK_SET_Cluster"] = $"127.0.0.1:{cluster.ClusterPorts[i]}",
        }).Start());
    }

    private string HeadsOf(string node) => Path.Combine(DataOf(node), "heads");

    private string DataOf(string node) => Path.Combine(folder, $"data-{node}");

    private async Task UntilReady(FailoverCluster cluster)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var began = Stopwatch.GetTimestamp();
        foreach (var (node, port) in nodes.Zip(cluster.NodePorts))
            while (!await Ready(http, port))
            {
                if (Stopwatch.GetElapsedTime(began) > GiveUp) throw new InvalidOperationException($"{node.Name} does not get ready:\n{node.Tail()}");
                if (!node.Lives) node.Start(); // as systemd does with one that found no storage when it began
                await Task.Delay(250);
            }
    }

    private static async Task<bool> Ready(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{port}/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private FailoverVerdict Judge(string storage, List<SoakCase> cases, List<CaseVisitor> visitors)
    {
        var operations = visitors.SelectMany(visitor => visitor.Operations).ToList();
        var looks = visitors.SelectMany(visitor => visitor.Looks).ToList();
        using var store = Store.Open(storage);
        var faults = History.Faults(operations, cases.ToDictionary(@case => @case.Register, @case => @case.Version))
            .Concat(FailoverAudit.Faults(store, LogVerdict.PublicKeyIn(Keys), [HeadsOf("one"), HeadsOf("two")], cases, operations, looks))
            .Concat(visitors.SelectMany(visitor => visitor.Faults).Distinct())
            .Concat(trials.Where(trial => trial.All > WritableMax).Select(trial =>
                $"{trial.What} ({trial.Whom}): everybody wrote again after {trial.All.TotalSeconds:0.0} s, not within {WritableMax.TotalSeconds:0}"))
            .ToList();
        var writes = operations.Where(operation => operation.Asked == Asked.Write).ToList();
        foreach (var visitor in visitors) visitor.Dispose();
        var answers = visitors.SelectMany(visitor => visitor.Answers).GroupBy(answer => answer.Key, answer => answer.Value)
            .OrderBy(answer => answer.Key, StringComparer.Ordinal).ToDictionary(answer => answer.Key, answer => answer.Sum());
        return new FailoverVerdict(trials, writes.Count(write => write.Told == Told.Done), writes.Count(write => write.Told == Told.Unknown),
            looks.Sum(look => look.Shown), answers, faults);
    }
}
