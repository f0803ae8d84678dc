using System.Diagnostics;
using System.Reflection;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>One measured run.</summary>
/// <param name="PerSecond">Transitions acknowledged a second, each with its state, history line and outbox event durable.</param>
/// <param name="CpuMicroseconds">Processor time of this process for one transition, workers included: what a busy machine does not blur.</param>
/// <param name="Synchronous">What the storage itself says of its durability: <c>2</c> is SQLite's FULL, <c>on</c> PostgreSQL's.</param>
/// <param name="Complete">Every acknowledged transition was found afterwards: version, history and events agree.</param>
public sealed record CaseBenchRun(Engine Engine, int Workers, long Transitions, double PerSecond, double P50, double P99, double Worst,
    double CpuMicroseconds, string Synchronous, bool Complete);

/// <summary>
/// Transitions a second through the same door that pages use: permission and scope checked, decided on a reader, written in one unit.
/// Each worker takes cases of its own through a whole life: visited twice, asked about, paused, resumed, answered, verified.
/// </summary>
public static class CaseBench
{
    /// <summary>A plain SQL writer with state, history and outbox on PostgreSQL 15, measured with 32 workers on the same class of machine.</summary>
    public const int PeerPerSecond = 3430;

    private const string Grid = "110101006001-G01";

    public static IReadOnlyList<(string Module, Assembly Assembly)> Modules { get; } =
        [("platform", typeof(Store).Assembly), ("cases", typeof(CasesModule).Assembly)];

    /// <param name="where">An empty storage: the path of a SQLite file to be, or a PostgreSQL connection string.</param>
    /// <param name="rulesFolder">The folder <c>rules</c>.</param>
    /// <param name="calendar">A district's <c>calendar.yaml</c>.</param>
    public static async Task<CaseBenchRun> Run(string where, string rulesFolder, string calendar, int workers = 32, double seconds = 10)
    {
        using var store = Store.Open(where);
        Migrations.Apply(store, Modules, TimeProvider.System);
        var rules = CaseRules.Load(Path.Combine(rulesFolder, "cases"), results: null);
        var days = WorkingCalendar.Load(calendar);
        var key = new MasterKey(new byte[32]);
        var desk = new CaseDesk(store, new Outbox([], TimeProvider.System), rules, days, new NumberVault(key), new EvidenceVault(key), new PlaceNames(), TimeProvider.System);
        var cases = new CasesOfOthers(store, desk, rules, days, TimeProvider.System);

        await Life(store, desk, cases, "warm-up", long.MaxValue, []);
        var latencies = Enumerable.Range(0, workers).Select(_ => new List<long>(1 << 16)).ToArray();
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetTimestamp() < end; i++) await Life(store, desk, cases, $"{worker}-{i}", end, latencies[worker]);
        })));
        watch.Stop();
        cpu = Environment.CpuUsage.TotalTime - cpu;

        var all = latencies.SelectMany(list => list).Order().ToArray();
        double At(double share) => all.Length == 0 ? 0 : all[(int)Math.Min(all.Length - 1, all.Length * share)] * 1000.0 / Stopwatch.Frequency;
        return new CaseBenchRun(store.Engine, workers, all.Length, all.Length / watch.Elapsed.TotalSeconds, At(0.5), At(0.99), At(1),
            cpu.TotalMicroseconds / Math.Max(1, all.Length), Synchronous(store), IsComplete(store, all.Length));
    }

    /// <summary>A table with the peer's figure beside ours.</summary>
    public static IEnumerable<string> Table(IEnumerable<CaseBenchRun> runs)
    {
        yield return "case transitions, durable, with state + history + outbox each";
        yield return $"{"engine",-10} {"workers",7} {"per second",11} {"p50 ms",8} {"p99 ms",8} {"worst ms",9} {"cpu µs",7} {"synchronous",12} {"complete",9} {"peer",7}";
        foreach (var run in runs)
            yield return FormattableString.Invariant(
                $"{run.Engine,-10} {run.Workers,7} {run.PerSecond,11:N0} {run.P50,8:N1} {run.P99,8:N1} {run.Worst,9:N1} {run.CpuMicroseconds,7:N0} ")
                + FormattableString.Invariant($"{run.Synchronous,12} {(run.Complete ? "yes" : "NO"),9} {PeerPerSecond,7:N0}");
        yield return "peer: plain SQL on PostgreSQL 15, 32 workers, same statements";
    }

    private static async Task Life(Store store, CaseDesk desk, ICases cases, string name, long end, List<long> latencies)
    {
        var asked = new OpenCase("empty_registration", "bench/" + name, "bench", Grid, "", "", Reachable: false);
        var opened = await store.Write(session => cases.Open(session, asked));
        var (id, version) = (opened.Value.Id, 1L);
        foreach (var (actor, act) in Acts)
        {
            if (Stopwatch.GetTimestamp() >= end) return;
            var from = Stopwatch.GetTimestamp();
            var done = await desk.Do(actor, id, version, act);
            latencies.Add(Stopwatch.GetTimestamp() - from);
            if (!done.Ok) throw new InvalidOperationException($"{act.Code}: {done.Refusal}");
            version = done.Value.Version;
        }
    }

    private static readonly Actor Worker = Person(1, Role.GridWorker, Grid);
    private static readonly Actor Supervisor = Person(2, Role.Supervisor, "110101006");

    private static readonly (Actor, CaseAct)[] Acts =
    [
        (Worker, new RecordVisit(VisitOutcome.NotHome, null, "")),
        (Worker, new RecordVisit(VisitOutcome.NotHome, null, "")),
        (Worker, new AskSupervisor(Request.Pause, "the house is being rebuilt")),
        (Supervisor, new PauseCase("the house is being rebuilt")),
        (Supervisor, new ResumeCase("the house stands")),
        (Worker, new GiveAnswer("lives_here", new Dictionary<string, string>(), "")),
        (Supervisor, new VerifyAnswer("")),
    ];

    private static Actor Person(byte number, Role role, string scope) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), $"bench {number}", $"bench{number}",
        [new Grant(role, new Scope(scope), DateOnly.MinValue, null)]);

    private static string Synchronous(Store store) => store.Engine == Engine.Sqlite
        ? store.Write(session => session.Scalar<string>("pragma synchronous")!).GetAwaiter().GetResult()
        : store.Read(session => session.Scalar<string>("show synchronous_commit")!);

    private static bool IsComplete(Store store, long transitions) => store.Read(session =>
        session.Scalar<long>("select count(*) from cases_history where seq > 1") == transitions + Acts.Length
        && session.Scalar<long>("select count(*) from cases_case c where version <> (select count(*) from cases_history h where h.case_id = c.id)") == 0
        // A verification tells two events, everything else one.
        && session.Scalar<long>("select count(*) from platform_event")
            == session.Scalar<long>("select count(*) + sum(case when act = 'verified' then 1 else 0 end) from cases_history"));
}
