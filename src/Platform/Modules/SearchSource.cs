using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Platform.Modules;

/// <summary>
/// What one module finds for the one search box. Whoever it finds is in the log of reads before it answers, under a purpose that the actor
/// may claim, as on the module's own pages.
/// </summary>
/// <param name="Text">Key of the heading over its hits.</param>
/// <param name="Order">Lower stands first.</param>
/// <param name="Permission">Whom it answers.</param>
/// <param name="Find">Takes the services of the request, so that a source speaks the reader's language, who asks, and the question.</param>
public sealed record SearchSource(string Text, int Order, Permission Permission,
    Func<IServiceProvider, Actor, string, Task<Outcome<SearchFound>>> Find);

/// <param name="All">Where the whole result stands; null when it is here.</param>
public sealed record SearchFound(IReadOnlyList<SearchHit> Hits, string? All = null)
{
    public static readonly SearchFound Nothing = new([]);
}

/// <param name="Detail">What tells it from others of its name.</param>
public sealed record SearchHit(string Text, string Href, string Detail = "");
