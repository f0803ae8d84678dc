using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Access;

/// <summary>By which name people reach this server: as it was set, and never as a request says, which anybody can make say anything.</summary>
internal sealed class PublicSite(AccessRules rules)
{
    /// <summary>The name that passkeys are bound to; null where none is set, or only a number.</summary>
    public string? Domain => rules.Address is { } address ? address.HostNameType == UriHostNameType.Dns ? address.IdnHost : null
        : rules.OnlyHere ? "localhost" : null;

    /// <summary>Whether a page of this origin is one of this server's.</summary>
    public bool IsOurs(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (rules.Address is { } address ? from.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority)
            : rules.OnlyHere && from.Host == "localhost");

    /// <summary>Where the office sends people back to; on a machine that only itself can reach, by whichever of its own names it was asked.</summary>
    public string? Root(HttpContext http) => rules.Address?.GetLeftPart(UriPartial.Authority)
        ?? (rules.OnlyHere && Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}", UriKind.Absolute, out var here) && here.IsLoopback
            ? here.GetLeftPart(UriPartial.Authority) : null);
}
