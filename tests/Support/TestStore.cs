using System.Reflection;
using Legwork.Platform.Storage;
using Npgsql;

namespace Legwork.Support;

/// <summary>
/// An empty storage of one engine with the migrations of the given modules, gone when disposed. Every storage test runs on both:
/// <c>[Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]</c>. PostgreSQL comes from
/// <c>LEGWORK_TEST_PG</c>, which <c>./legwork test</c> sets; without it those tests are skipped with a sentence.
/// </summary>
public sealed class TestStore : IDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("LEGWORK_TEST_PG");

    private readonly string? folder;
    private readonly string? database;

    private TestStore(Store store, string where, string? folder, string? database)
    {
        Store = store;
        Where = where;
        this.folder = folder;
        this.database = database;
    }

    public Store Store { get; }

    /// <summary>What <see cref="Store.Open"/> takes to open the same storage again.</summary>
    public string Where { get; }

    public static TestStore Open(Engine engine, params (string Module, Assembly Assembly)[] modules)
    {
        var opened = Bare(engine);
        Migrations.Apply(opened.Store, [("platform", typeof(Store).Assembly), .. modules], TimeProvider.System);
        return opened;
    }

    /// <summary>A storage without any table.</summary>
    public static TestStore Bare(Engine engine) => engine == Engine.Sqlite ? OpenSqlite() : OpenPostgres();

    public void Dispose()
    {
        Store.Dispose();
        if (folder is not null) Directory.Delete(folder, recursive: true);
        if (database is null) return;
        NpgsqlConnection.ClearAllPools();
        Administer($"drop database if exists {database} with (force)");
    }

    private static TestStore OpenSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-test-").FullName;
        var path = Path.Combine(folder, "district.db");
        return new TestStore(Store.Open(path), path, folder, null);
    }

    private static TestStore OpenPostgres()
    {
        if (Server is null)
            Assert.Skip("PostgreSQL is not running for tests: ./legwork test starts one, or set LEGWORK_TEST_PG to a connection string that may create databases.");
        var database = "legwork_" + Guid.NewGuid().ToString("N");
        Administer($"create database {database}");
        var where = new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 16 }.ToString();
        return new TestStore(Store.Open(where), where, null, database);
    }

    private static void Administer(string sql)
    {
        using var connection = new NpgsqlConnection(Server);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
