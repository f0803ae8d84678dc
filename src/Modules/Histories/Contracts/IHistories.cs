using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Histories.Contracts;

/// <summary>What a page does step by step, for a demonstration and for measuring.</summary>
public interface IHistories
{
    /// <summary>Tries a file and takes over what fits.</summary>
    /// <param name="source">The title of its list; empty where its name says it.</param>
    /// <returns>Refusals: <c>histories.*</c>, <c>registers.*</c> of layouts.</returns>
    Task<Outcome<TakenOver>> Take(string path, string source, Actor actor);

    /// <returns>Refusals: <c>histories.not_found</c>, <c>histories.state</c>.</returns>
    Task<Outcome<TakenOver>> Undo(long take, Actor actor);
}

/// <param name="State">Where it stands: <c>taken</c>, <c>undone</c>, or <c>refused</c> where the file is no such list.</param>
/// <param name="Rows">How many rows became what.</param>
public sealed record TakenOver(long Id, string State, IReadOnlyDictionary<string, long> Rows);
