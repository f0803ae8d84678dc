using System.CommandLine;
using Legwork.Platform.Modules;

namespace Legwork.Host.Commands;

/// <summary>What every command takes, <c>--data</c> and its like, and the district that they name.</summary>
internal sealed class DistrictDoor(ModuleList modules) : IDistrictDoor
{
    private readonly Option<string?> data = Everywhere("--data", "DIR", "Where the district's data lie (default: data).");
    private readonly Option<string?> config = Everywhere("--config", "FILE", "Settings (default: legwork.json beside the data).")
        .Looked(CommandOptions.NoFile);
    private readonly Option<string?> storage = Everywhere("--storage", "S", "PostgreSQL connection string; without it SQLite in --data.");
    private readonly Option<string?> node = Everywhere("--node", "NAME", "This node's name, where several serve one district.");

    public ModuleList Modules => modules;

    public string Rules => new DistrictOptions(modules).RulesFolder;

    public IEnumerable<Option> Everywhere() => [data, config, storage, node];

    /// <summary>The connection string of the command line alone; empty when there is none.</summary>
    public string StorageOf(ParseResult line) => line.GetValue(storage) ?? "";

    public DistrictOptions Options(ParseResult line)
    {
        var options = DistrictOptions.Read(line.GetValue(data), line.GetValue(config), modules);
        if (line.GetValue(storage) is { } where) options.Storage = where;
        if (line.GetValue(node) is { } name) options.Node = name;
        return options;
    }

    public async Task<int> Open(ParseResult line, Func<IServiceProvider, Task<int>> work)
    {
        await using var district = District.Open(Options(line));
        return await work(district);
    }

    public async Task<int> OpenExisting(ParseResult line, Func<IServiceProvider, Task<int>> work)
    {
        await using var district = District.OpenExisting(Options(line));
        return await work(district);
    }

    private static Option<string?> Everywhere(string name, string value, string sentence) =>
        new(name) { HelpName = value, Description = sentence, Recursive = true };
}
