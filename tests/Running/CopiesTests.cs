using Legwork.Host.Soak;
using Legwork.Platform.Storage;
using Npgsql;

namespace Legwork.Running.Tests;

/// <summary>Reading what may be a second old. The copy is a stand-in that says for itself how far it has got.</summary>
public class CopiesTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_that_falls_silent_costs_its_patience_once_and_the_primary_answers_meanwhile()
    {
        using var primary = TestStore.Open(Engine.Postgres);
        await using var line = new CutLine(new NpgsqlConnectionStringBuilder(primary.Where).Port);
        var copies = new NpgsqlConnectionStringBuilder(primary.Where)
        {
            Port = line.Port,
            Timeout = 1,
            CommandTimeout = 1,
            CancellationTimeout = -1,
        };
        using var store = new PostgresStore(primary.Where, copies.ToString(), new StoodStill());
        line.Cut();
        var asked = 0;
        for (var look = 0; look < 3; look++)
            (await store.ReadRecentAsync(session =>
            {
                asked++;
                return session.SingleAsync<long>("select 7");
            }, Over)).ShouldBe(7);
        asked.ShouldBe(3, "each look is answered once, by the primary");
        // The driver may knock twice in one try; a try each look would be three at the least.
        line.Accepted.ShouldBeInRange(1, 2, "who was silent is left alone for a while");
    }

    [Fact]
    public async Task A_copy_is_read_while_it_has_kept_up_and_the_primary_whenever_it_has_not()
    {
        using var primary = TestStore.Open(Engine.Postgres);
        using var copy = TestStore.Open(Engine.Postgres);
        await primary.Store.Write(session => session.Execute("insert into platform_setting (name, value) values ('who', 'primary')"));
        await copy.Store.Write(session => session.Execute("""
            insert into platform_setting (name, value) values ('who', 'copy');
            create schema standin;
            create table standin.reached (lsn pg_lsn);
            insert into standin.reached values ('FFFFFFFF/0');
            create function standin.pg_last_wal_replay_lsn() returns pg_lsn language sql as 'select lsn from standin.reached'
            """));
        var copies = new NpgsqlConnectionStringBuilder(copy.Where) { SearchPath = "standin,pg_catalog,public" };
        using var store = Store.Open(primary.Where, copies.ToString());

        (await Who(recent: true)).ShouldBe("copy");
        (await Who(recent: false)).ShouldBe("primary", "what is decided upon is never read from a copy");
        await Reach("'0/1'");
        (await Who(recent: true)).ShouldBe("primary", "the copy is behind");
        await Reach("null");
        (await Who(recent: true)).ShouldBe("primary", "it is no copy any more");
        await Reach("'FFFFFFFF/0'");
        (await Who(recent: true)).ShouldBe("copy");
        await Should.ThrowAsync<PostgresException>(
            () => store.ReadRecentAsync(session => session.SingleAsync<long>("select nothing from nowhere"), Over));
        await primary.Store.Write(session => session.Execute($"""
            alter database {copies.Database} with allow_connections false;
            select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{copies.Database}'
            """));
        (await Who(recent: true)).ShouldBe("primary", "it is gone");

        Task<string?> Who(bool recent)
        {
            Func<Session, Task<string?>> unit = session => session.FirstAsync<string>("select value from platform_setting where name = 'who'");
            return recent ? store.ReadRecentAsync(unit, Over) : store.ReadAsync(unit, Over);
        }

        Task Reach(string lsn) => copy.Store.Write(session => session.Execute($"update standin.reached set lsn = {lsn}"));
    }

    /// <summary>However long a look takes on a busy machine, no time passes.</summary>
    private sealed class StoodStill : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
