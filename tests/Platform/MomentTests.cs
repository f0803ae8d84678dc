using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

/// <summary>Readers go on with the moment that they have while only notes are written; nobody may miss what was acknowledged for it.</summary>
public class MomentTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_reads_after_a_unit_sees_it_and_whoever_reads_notes_sees_every_note(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var store = district.Store;
        for (var i = 0; i < 200; i++)
        {
            await store.Note(session => Add(session, $"note {i}"));
            (await store.ReadNotesAsync(Count, Cancel)).ShouldBe((2 * i) + 1);
            await store.ReadAsync(Count, Cancel);
            await store.Write(session => Add(session, $"unit {i}"));
            (await store.ReadAsync(Count, Cancel)).ShouldBe((2 * i) + 2);
            store.Read(session => session.Scalar<long>("select count(*) from platform_setting")).ShouldBe((2 * i) + 2);
        }
    }

    [Fact]
    public async Task A_note_lets_the_next_page_go_on_with_its_moment_for_a_second_and_any_other_unit_does_not()
    {
        using var file = new DistrictFile();
        var store = file.Store;
        (await store.ReadAsync(Count, Cancel)).ShouldBe(0);
        await store.Note(session => Add(session, "a look"));
        (await store.ReadAsync(Count, Cancel)).ShouldBe(0);
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        (await store.ReadAsync(Count, Cancel)).ShouldBe(1);

        await store.Note(session => Add(session, "a second look"));
        (await store.ReadAsync(Count, Cancel)).ShouldBe(1);
        await store.Write(session => Add(session, "a decision"));
        (await store.ReadAsync(Count, Cancel)).ShouldBe(3);

        await Should.ThrowAsync<InvalidOperationException>(store.Write<long>(_ => throw new InvalidOperationException("refused")));
        await store.Note(session => Add(session, "a third look"));
        (await store.ReadAsync(Count, Cancel)).ShouldBe(3, "a refused unit has changed nothing");
    }

    [Fact]
    public async Task A_reader_that_rests_lets_go_of_its_moment_so_that_the_log_can_begin_anew()
    {
        using var file = new DistrictFile();
        await file.Store.ReadAsync(Count, Cancel);
        await file.Store.Note(session => Add(session, "a look"));
        file.IsKeptOpen().ShouldBeTrue("the reader still shows its moment");
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        file.IsKeptOpen().ShouldBeFalse();
    }

    [Fact]
    public async Task Pages_at_once_never_miss_what_was_acknowledged_before_they_began()
    {
        using var district = TestStore.Open(Engine.Sqlite);
        var store = district.Store;
        long acknowledged = 0;
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                await store.Write(session => Add(session, $"unit {i}"));
                Interlocked.Increment(ref acknowledged);
            }
        }, Cancel);
        var pages = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!writer.IsCompleted)
            {
                var before = Interlocked.Read(ref acknowledged);
                (await store.ReadAsync(Count, Cancel)).ShouldBeGreaterThanOrEqualTo(before);
            }
        }, Cancel));
        await Task.WhenAll([writer, .. pages]);
    }

    private static int Add(Session session, string name) =>
        session.Execute("insert into platform_setting (name, value) values (@name, 'x')", new { name });

    private static async Task<long> Count(Session session) => await session.SingleAsync<long>("select count(*) from platform_setting");

    /// <summary>A file of its own, whose readers grow old when the test says so.</summary>
    private sealed class DistrictFile : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("legwork-moment");

        public DistrictFile()
        {
            Store = new SqliteStore(Path, Clock);
            Store.Write(session => session.Execute("create table platform_setting (name text primary key, value text)")).GetAwaiter().GetResult();
        }

        public TellingClock Clock { get; } = new();

        public Store Store { get; }

        private string Path => System.IO.Path.Combine(folder.FullName, "district.db");

        /// <summary>Whether anything keeps what was written ahead from being brought into the file whole and begun anew.</summary>
        public bool IsKeptOpen()
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path};Pooling=False");
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "pragma busy_timeout=0; pragma wal_checkpoint(truncate)";
            using var answer = checkpoint.ExecuteReader();
            do
            {
                if (answer.FieldCount == 3 && answer.Read()) return answer.GetInt64(0) != 0;
            }
            while (answer.NextResult());
            throw new InvalidOperationException("The pragma gave no row.");
        }

        public void Dispose()
        {
            Store.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private sealed class TellingClock : TimeProvider
    {
        private readonly List<TellingTimer> timers = [];
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new TellingTimer(() => callback(state));
            timers.Add(timer);
            return timer;
        }

        public void Advance(TimeSpan by)
        {
            ticks += by.Ticks;
            foreach (var timer in timers) timer.Ring();
        }
    }

    private sealed class TellingTimer(Action callback) : ITimer
    {
        public void Ring() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
