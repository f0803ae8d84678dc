using System.Collections.Concurrent;
using System.Reflection;
using Legwork.Platform.Storage;
using Npgsql;

namespace Legwork.Support;

/// <summary>
/// A storage of one engine with the migrations of the given modules and a folder beside it, both gone when disposed. Every storage test
/// runs on both engines: <c>[Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]</c>.
/// </summary>
public sealed class TestStore : IDisposable
{
    private static readonly ConcurrentDictionary<string, SharedStart> Migrated = new();

    private readonly DirectoryInfo folder;
    private readonly string? database;
    private readonly Lazy<Store> store;

    private TestStore(DirectoryInfo folder, string? database)
    {
        this.folder = folder;
        this.database = database;
        Where = database is null
            ? In("district.db")
            : new NpgsqlConnectionStringBuilder(TestRun.Postgres()) { Database = database, MaxPoolSize = 16 }.ToString();
        store = new(() => Store.Open(Where));
    }

    /// <summary>Opened when first asked for: a server that is tested opens its own.</summary>
    public Store Store => store.Value;

    public Engine Engine => database is null ? Engine.Sqlite : Engine.Postgres;

    /// <summary>What <see cref="Store.Open"/> takes to open the same storage again.</summary>
    public string Where { get; }

    /// <summary>Tables of the platform and of these modules, and no row.</summary>
    public static TestStore Open(Engine engine, params (string Module, Assembly Assembly)[] modules) =>
        Migrated.GetOrAdd(string.Join(' ', modules.Select(module => module.Module)), _ => new SharedStart(Bare, bare => Migrate(bare, modules)))
            .Copy(engine).GetAwaiter().GetResult();

    /// <summary>A storage without any table.</summary>
    public static TestStore Bare(Engine engine) =>
        new(Directory.CreateTempSubdirectory("legwork-test-"), engine == Engine.Postgres ? Create() : null);

    /// <summary>Something in the folder that goes with the storage: its keys, its heads, lists to be taken.</summary>
    public string In(string name) => Path.Combine(folder.FullName, name);

    public void Dispose()
    {
        Close();
        folder.Delete(recursive: true);
        if (database is not null) Administer($"drop database if exists {database} with (force)");
    }

    internal void Close()
    {
        if (store.IsValueCreated) Store.Dispose();
    }

    /// <summary>The same rows and files in a place of their own; this storage must be closed.</summary>
    internal TestStore Copy()
    {
        var copy = Directory.CreateTempSubdirectory("legwork-test-");
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var to = new FileInfo(Path.Combine(copy.FullName, Path.GetRelativePath(folder.FullName, file.FullName)));
            to.Directory!.Create();
            file.CopyTo(to.FullName);
        }
        return new TestStore(copy, database is null ? null : Create($"template {database}"));
    }

    private static Task Migrate(TestStore bare, (string Module, Assembly Assembly)[] modules)
    {
        Migration.Apply(bare.Store, [("platform", typeof(Store).Assembly), .. modules], TimeProvider.System);
        return Task.CompletedTask;
    }

    private static string Create(string like = "")
    {
        var database = "legwork_" + Guid.NewGuid().ToString("N");
        Administer($"create database {database} {like}");
        return database;
    }

    private static void Administer(string sql)
    {
        using var connection = new NpgsqlConnection(TestRun.Postgres());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
