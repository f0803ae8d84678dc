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
public sealed record SearchSource(string Text, int Order, Permission Permission, Func<SearchAsk, Task<Outcome<SearchFound>>> Find);

/// <param name="Services">Of the request, so that a source speaks the reader's language.</param>
public sealed record SearchAsk(IServiceProvider Services, Actor Actor, string Question);

/// <param name="All">Where the whole result stands; null when it is here.</param>
public sealed record SearchFound(IReadOnlyList<SearchHit> Hits, string? All = null)
{
    public static readonly SearchFound Nothing = new([]);
}

/// <param name="Detail">What tells it from others of its name.</param>
public sealed record SearchHit(string Text, string Href, string Detail = "");
