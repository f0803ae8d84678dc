using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Shell;

/// <summary>
/// A place in the main navigation, shown only to whom the policy lets through. A module registers its own:
/// <c>services.AddSingleton(new NavItem("people.nav", "/people", "people.search", 20))</c>.
/// </summary>
/// <param name="Text">Key of the text shown.</param>
/// <param name="Policy">Name of an authorization policy; null for everyone, signed in or not.</param>
/// <param name="Order">Lower stands first.</param>
public sealed record NavItem(string Text, string Href, string? Policy, int Order);

/// <summary>A step of the way back: its words and, but for the page itself, its address.</summary>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>The navigation as this person may see it.</summary>
public sealed class Navigation(IEnumerable<NavItem> items, IHttpContextAccessor http, IServiceProvider services)
{
    public async Task<IReadOnlyList<NavItem>> PermittedAsync()
    {
        var permitted = new List<NavItem>();
        foreach (var item in items.OrderBy(i => i.Order).ThenBy(i => i.Href, StringComparer.Ordinal))
        {
            if (item.Policy is null || await AllowsAsync(item.Policy)) permitted.Add(item);
        }
        return permitted;
    }

    // A policy without an authorization service, or a page rendered outside a request, shows nothing: deny by default.
    private async Task<bool> AllowsAsync(string policy) =>
        http.HttpContext is { } context
        && services.GetService(typeof(IAuthorizationService)) is IAuthorizationService authorization
        && (await authorization.AuthorizeAsync(context.User, null, policy)).Succeeded;
}
