using System.Diagnostics;
using System.Reflection;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>One measured run.</summary>
/// <param name="PerSecond">Transitions acknowledged a second, each with its state, history line and outbox event durable.</param>
/// <param name="CpuMicroseconds">Processor time of this process for one transition, workers included: what a busy machine does not blur.</param>
/// <param name="Synchronous">What the storage itself says of its durability: <c>2</c> is SQLite's FULL, <c>on</c> PostgreSQL's.</param>
/// <param name="PlainPerSecond">The same of a plain writer of the same rows, measured in turns with ours: see <see cref="PlainCaseBench"/>.</param>
/// <param name="Complete">Every acknowledged transition was found afterwards: version, history and events agree.</param>
public sealed record CaseBenchRun(Engine Engine, int Workers, long Transitions, double PerSecond, double P50, double P99, double Worst,
    double CpuMicroseconds, double PlainPerSecond, double PlainP50, double PlainP99, double PlainWorst, string Synchronous, bool Complete);

/// <summary>
/// Transitions a second through the same door that pages use: permission and scope checked, decided on a reader, written in one unit.
/// Each worker takes cases of its own through a whole life: visited twice, asked about, paused, resumed, answered, verified.
/// </summary>
public static class CaseBench
{
    // In turns, so that a disk or a neighbour that slows down slows both.
    private const int Turns = 4;

    private const string Grid = "110101006001-G01";

    public static IReadOnlyList<(string Module, Assembly Assembly)> Modules { get; } =
        [("platform", typeof(Store).Assembly), ("cases", typeof(CasesModule).Assembly)];

    /// <param name="where">An empty storage: the path of a SQLite file to be, or a PostgreSQL connection string.</param>
    /// <param name="rulesFolder">The folder <c>rules</c>.</param>
    /// <param name="calendar">A district's <c>calendar.yaml</c>.</param>
    public static async Task<CaseBenchRun> Run(string where, string rulesFolder, string calendar, int workers = 32, double seconds = 10)
    {
        using var store = Store.Open(where);
        Migration.Apply(store, Modules, TimeProvider.System);
        var rules = CaseRules.Load(Path.Combine(rulesFolder, "cases"), results: null);
        var days = WorkingCalendar.Load(calendar);
        var key = new MasterKey(new byte[32]);
        var outbox = new Outbox(Listeners, TimeProvider.System);
        var desk = new CaseDesk(store, outbox, rules, days, new NumberVault(key), new EvidenceVault(key), new PlaceNames(), TimeProvider.System);
        var cases = new CasesOfOthers(store, desk, rules, days, TimeProvider.System);

        await Life(store, desk, cases, "warm-up", long.MaxValue, []);
        await using var plain = PlainCaseBench.Open(where, store.Engine, workers);
        await plain.Life(long.MaxValue, []);
        var (ours, theirs, number) = (new Stretch(workers), new Stretch(workers), 0);
        for (var turn = 0; turn < Turns; turn++)
        {
            await ours.Run(seconds / Turns, (end, latencies) => Life(store, desk, cases, $"{Interlocked.Increment(ref number)}", end, latencies));
            await theirs.Run(seconds / Turns, plain.Life);
        }
        return new CaseBenchRun(store.Engine, workers, ours.Transitions,
            ours.PerSecond, ours.At(0.5), ours.At(0.99), ours.At(1), ours.CpuMicroseconds,
            theirs.PerSecond, theirs.At(0.5), theirs.At(0.99), theirs.At(1), Synchronous(store), IsComplete(store, ours.Transitions));
    }

    /// <summary>A table with the peer's figure beside ours.</summary>
    public static IEnumerable<string> Table(IEnumerable<CaseBenchRun> runs)
    {
        yield return "case transitions, durable, with state + history + event + delivery each; plain is a plain SQL writer of the same rows";
        yield return $"{"engine",-10} {"writer",-6} {"workers",7} {"per second",11} {"p50 ms",8} {"p99 ms",8} {"worst ms",9} "
            + $"{"cpu µs",7} {"synchronous",12} {"complete",9}";
        foreach (var run in runs)
        {
            yield return FormattableString.Invariant(
                $"{run.Engine,-10} {"ours",-6} {run.Workers,7} {run.PerSecond,11:N0} {run.P50,8:N1} {run.P99,8:N1} {run.Worst,9:N1} ")
                + FormattableString.Invariant($"{run.CpuMicroseconds,7:N0} {run.Synchronous,12} {(run.Complete ? "yes" : "NO"),9}");
            yield return FormattableString.Invariant(
                $"{run.Engine,-10} {"plain",-6} {run.Workers,7} {run.PlainPerSecond,11:N0} {run.PlainP50,8:N1} ")
                + FormattableString.Invariant($"{run.PlainP99,8:N1} {run.PlainWorst,9:N1}");
        }
    }

    private static async Task Life(Store store, CaseDesk desk, ICases cases, string name, long end, List<long> latencies)
    {
        var asked = new OpenCase("empty_registration", "bench/" + name, "bench", Grid, "", "", Reachable: false);
        var opened = await store.Write(session => cases.Open(session, asked));
        var (id, version) = (opened.Value.Id, 1L);
        foreach (var (actor, act) in Acts)
        {
            var from = Stopwatch.GetTimestamp();
            var done = await desk.Do(actor, id, version, act);
            latencies.Add(Stopwatch.GetTimestamp() - from);
            if (!done.Ok) throw new InvalidOperationException($"{act.Code}: {done.Refusal}");
            version = done.Value.Version;
            if (Stopwatch.GetTimestamp() >= end) return;
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

    // People listens to every result of a case; the bench has one listener that never hears, as nothing relays here.
    private static readonly Platform.Outbox.EventHandler[] Listeners = [.. ((string[])[CaseEvents.Opened, CaseEvents.Visited, CaseEvents.Noted,
        CaseEvents.Paused, CaseEvents.Resumed, CaseEvents.Answered, CaseEvents.Verified, CaseEvents.Closed])
        .Select(kind => new Platform.Outbox.EventHandler("bench." + kind, kind, (_, _) => { }))];

    private static Actor Person(byte number, Role role, string scope) =>
        new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), $"bench {number}", $"bench{number}",
        [new Grant(role, new Scope(scope), DateOnly.MinValue, null)]);

    private static string Synchronous(Store store) => store.Engine == Engine.Sqlite
        ? store.Write(session => session.Scalar<string>("pragma synchronous")!).GetAwaiter().GetResult()
        : store.Read(session => session.Scalar<string>("show synchronous_commit")!);

    private static bool IsComplete(Store store, long transitions) => store.Read(session =>
        session.Scalar<long>("""
            select count(*) from cases_history h join cases_case c on c.id = h.case_id where seq > 1 and c.origin = 'bench'
            """) == transitions + Acts.Length
        && session.Scalar<long>("select count(*) from cases_case c where version <> (select count(*) from cases_history h "
            + "where h.case_id = c.id)") == 0
        // A verification tells two events, everything else one, and each event has one listener.
        && session.Scalar<long>("select count(*) from platform_event")
            == session.Scalar<long>("select count(*) + sum(case when act = 'verified' then 1 else 0 end) from cases_history")
        && session.Scalar<long>("select count(*) from platform_event e join platform_delivery d on d.event = e.id")
            == session.Scalar<long>("select count(*) from platform_event"));

    /// <summary>What one writer did in its turns.</summary>
    private sealed class Stretch(int workers)
    {
        private readonly List<long>[] latencies = [.. Enumerable.Range(0, workers).Select(_ => new List<long>(1 << 16))];
        private long[]? sorted;
        private TimeSpan took;
        private TimeSpan cpu;

        public long Transitions => latencies.Sum(list => (long)list.Count);

        public double PerSecond => Transitions / took.TotalSeconds;

        public double CpuMicroseconds => cpu.TotalMicroseconds / Math.Max(1, Transitions);

        public async Task Run(double seconds, Func<long, List<long>, Task> life)
        {
            var from = Environment.CpuUsage.TotalTime;
            var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(latencies.Select(list => Task.Run(async () =>
            {
                // Also a worker whose thread came late does something: a run never measures nothing.
                do await life(end, list);
                while (Stopwatch.GetTimestamp() < end);
            })));
            took += watch.Elapsed;
            cpu += Environment.CpuUsage.TotalTime - from;
        }

        /// <summary>Milliseconds within which this share of the transitions was acknowledged.</summary>
        public double At(double share)
        {
            sorted ??= [.. latencies.SelectMany(list => list).Order()];
            return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)] * 1000.0 / Stopwatch.Frequency;
        }
    }
}
