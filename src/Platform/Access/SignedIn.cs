using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Access;

/// <summary>
/// Finds the actor behind a request. The cookie carries only the account, its stamp and the sign-in; whether that holds and what is
/// granted is read each time, so a person who signs out, leaves or moves loses access with the next click.
/// </summary>
internal sealed class SignedIn
{
    public static readonly object Key = new();
    private static readonly object Row = new();

    public async Task<Actor?> Find(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var known)) return (Actor?)known;
        var cookie = await Cookie.Of(http);
        var found = cookie is null or { IsLeft: true } ? null
            : await http.RequestServices.GetRequiredService<Sessions>().Find(cookie.Session, cookie.Account, cookie.Stamp, http.RequestAborted);
        // A cookie whose account has left is nobody's, for the form tokens too.
        http.User = found is null ? new ClaimsPrincipal(new ClaimsIdentity()) : cookie!.In(found.Actor.For?.Account);
        http.Items[Row] = found;
        http.Items[Key] = found?.Actor;
        return found?.Actor;
    }

    /// <summary>The sign-in behind a guarded request; null where there is none.</summary>
    public static HeldSession? SessionOf(HttpContext http) => (HeldSession?)http.Items[Row];

    /// <returns>The new sign-in.</returns>
    public static async Task<Guid> Begin(HttpContext http, AccountRow account, string way = Way.Password, string? sid = null,
        DateTimeOffset? shownAt = null)
    {
        // Whoever signs in anew leaves no older sign-in of this browser behind.
        await EndSession(http);
        var session = await http.RequestServices.GetRequiredService<Sessions>().Begin(account.Id, way, sid, shownAt,
            Device.Of(http.Request));
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Cookie.For(account, session, way));
        return session;
    }

    /// <summary>Ends the sign-in. The cookie that stays signs nobody in: it only tells whose form comes in from another tab, so that what was typed
    /// there is kept for them.</summary>
    public static async Task End(HttpContext http)
    {
        await EndSession(http);
        if (await Cookie.Of(http) is { } cookie) await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, cookie.Left());
        else await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    private static async Task EndSession(HttpContext http)
    {
        if (await Cookie.Of(http) is { IsLeft: false } cookie) await http.RequestServices.GetRequiredService<Sessions>().End(cookie.Session);
    }
}

/// <summary>What a cookie of this server says, whether or not its sign-in still holds.</summary>
internal sealed record Cookie(Guid Account, string Stamp, Guid Session, ClaimsPrincipal Principal)
{
    /// <summary>Whether the sign-in began by the office, which may be asked again without a word.</summary>
    public bool ByOffice => Principal.HasClaim("way", Way.Office);

    /// <summary>Whether the person signed out in this browser: no session stands behind it.</summary>
    public bool IsLeft => Session == Guid.Empty;

    public static async Task<Cookie?> Of(HttpContext http)
    {
        var principal = (await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal;
        return Guid.TryParse(principal?.FindFirstValue("account"), out var account)
            && Guid.TryParse(principal.FindFirstValue("session"), out var session) && principal.FindFirstValue("stamp") is { } stamp
            ? new Cookie(account, stamp, session, principal) : null;
    }

    public ClaimsPrincipal Left() => new(new ClaimsIdentity(
        [.. Principal.Claims.Where(claim => claim.Type is not ("session" or "way")), new Claim("session", Guid.Empty.ToString())],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>The form tokens of a page drawn in one name are no good in another: nothing is done in the wrong one by a page left open.</summary>
    public ClaimsPrincipal In(Guid? standsFor) => standsFor is not { } absent ? Principal : new ClaimsPrincipal(new ClaimsIdentity(
        [
            .. Principal.Claims.Where(claim => claim.Type != ClaimTypes.NameIdentifier),
            new Claim(ClaimTypes.NameIdentifier, $"{Principal.FindFirstValue(ClaimTypes.NameIdentifier)}/{absent}"),
        ], CookieAuthenticationDefaults.AuthenticationScheme));

    // The form tokens are bound to the name identifier: to the account and its password, so that a page left open is good for whoever
    // signs in to the same account again.
    public static ClaimsPrincipal For(AccountRow account, Guid session, string way) => new(new ClaimsIdentity(
        [
            new("account", account.Id.ToString()), new("stamp", account.Stamp), new("session", session.ToString()),
            new("way", way),
            new(ClaimTypes.NameIdentifier, $"{account.Id}/{account.Stamp}"), new(ClaimTypes.Name, account.SignIn),
        ], CookieAuthenticationDefaults.AuthenticationScheme));
}
