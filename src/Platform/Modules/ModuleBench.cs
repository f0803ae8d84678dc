using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Modules;

/// <summary>A measurement that a module brings; <c>legwork bench NAME</c> runs it.</summary>
public sealed record ModuleBench(string Name, string Sentence, Func<BenchPlace, Task<IReadOnlyList<Measured>>> Run);

/// <param name="Peer">What another program does at the same task, or null where none was measured.</param>
/// <param name="PeerName">Which program, and where its figure comes from.</param>
public sealed record Measured(string What, double Ours, string Unit, double? Peer = null, string PeerName = "");

/// <summary>Where a bench works: an empty folder, thrown away afterwards, and how much it is to do.</summary>
/// <param name="Storage">Connection string of an empty PostgreSQL database; empty is SQLite in the folder.</param>
/// <param name="Data">The folder in which public data for benches may lie.</param>
public sealed record BenchPlace(string Folder, string Storage, int Seconds, int Rows, string Rules, string District, string Data)
{
    /// <summary>GB/T 2260 code of the district.</summary>
    public string Code => Path.GetFileName(Path.TrimEndingDirectorySeparator(District));

    /// <summary>Opens a district in the folder, with every module.</summary>
    public required Func<ServiceProvider> Open { get; init; }

    /// <summary>The same at another time than the machine's.</summary>
    public required Func<TimeProvider, ServiceProvider> OpenAt { get; init; }

    /// <summary>Writes the lists of so many invented people and says in which folder they lie.</summary>
    public required Func<int, string> Invent { get; init; }
}
