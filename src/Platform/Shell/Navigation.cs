using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Shell;

/// <summary>
/// A place in the main navigation, shown only to whom the permission is given. A module registers its own:
/// <c>services.AddSingleton(new NavItem("people.nav", "/people", Permissions.Search, 20))</c>.
/// </summary>
/// <param name="Text">Key of the text shown.</param>
/// <param name="Permission">The permission of the page behind it; null for everyone, signed in or not.</param>
/// <param name="Order">Lower stands first.</param>
/// <param name="Opens">The product opens with this page where it is installed on a telephone; else with the front page. Kept for the hours without
/// network, it is offered there too.</param>
public sealed record NavItem(string Text, string Href, Permission? Permission, int Order, bool Opens = false)
{
    /// <summary>Not of every day: it stands behind "more", so that the daily stays in one line.</summary>
    public bool Rare { get; init; }
}

/// <summary>A step of the way back: its words and, but for the page itself, its address.</summary>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>Who looks at the page, and the navigation as this person may see it.</summary>
internal sealed class Navigation(IEnumerable<NavItem> items, IHttpContextAccessor http)
{
    /// <summary>So many stand in the line before any is put behind "more".</summary>
    private const int InLine = 4;

    public Actor? Actor => http.HttpContext?.ActorOrNone();

    /// <summary>Whether it can be said that nobody is signed in; while the storage is away, whoever is cannot be named.</summary>
    public bool IsNobody => Actor is null && http.HttpContext?.User.Identity?.IsAuthenticated != true;

    /// <summary>The path and query of this page, for switches that return to it.</summary>
    public string Here => http.HttpContext is { } context ? context.Request.Path + context.Request.QueryString : "/";

    public IReadOnlyList<NavItem> Permitted =>
        [.. items.Where(i => i.Permission is null || Actor?.May(i.Permission) == true)
            .OrderBy(i => i.Order).ThenBy(i => i.Href, StringComparer.Ordinal)];

    /// <summary>What stands in the line: everything where it is short; else the daily, and the page that is shown.</summary>
    public IReadOnlyList<NavItem> Daily => [.. Permitted.Where(item => !IsTucked(item))];

    /// <summary>What stands behind "more".</summary>
    public IReadOnlyList<NavItem> Rarely => [.. Permitted.Where(IsTucked)];

    private bool IsTucked(NavItem item) => item.Rare && !IsHere(item) && Permitted.Count > InLine;

    /// <summary>True for the item whose page, or a page under it, is shown.</summary>
    public bool IsHere(NavItem item) => Holds(item) && !items.Any(other => other.Href.Length > item.Href.Length && Holds(other));

    private bool Holds(NavItem item) =>
        Here == item.Href || Here.StartsWith(item.Href + "?", StringComparison.Ordinal)
        || (item.Href != "/" && Here.StartsWith(item.Href + "/", StringComparison.Ordinal));
}
