using Legwork.Host;
using Legwork.Host.Commands;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>An empty place for a district: a folder, and on PostgreSQL a database of its own. Gone when disposed.</summary>
internal sealed class Place : IDisposable
{
    private readonly TestStore place;

    public Place(Engine engine, string node = "one")
        : this(TestStore.Bare(engine), node)
    {
    }

    public Place(TestStore place, string node = "one")
    {
        this.place = place;
        Options = new DistrictOptions { Data = In("data"), Storage = Storage, Node = node, Listen = "http://127.0.0.1:0", Demonstration = true };
    }

    public string Folder => In("");

    /// <summary>Empty is SQLite in the data folder.</summary>
    public string Storage => place.Engine == Engine.Postgres ? place.Where : "";

    public DistrictOptions Options { get; }

    public string In(string name) => place.In(name);

    /// <summary>Rows of every table.</summary>
    public Dictionary<string, long> Counts()
    {
        using var store = Store.Open(Options.StorageWhere);
        return store.Snapshot(session => Host.Backup.TableShape.All(session)
            .ToDictionary(table => table.Name, table => session.Scalar<long>($"select count(*) from {table.Name}")));
    }

    /// <summary>A command as the launcher would run it here.</summary>
    public Task<int> Command(string name, params string[] words) =>
        LegworkCommand.Run([name, .. words, "--data", Options.Data, "--storage", Storage, "--node", Options.Node], Options.Modules);

    public ServiceProvider Open() => District.Open(Options);

    public void Dispose() => place.Dispose();
}
