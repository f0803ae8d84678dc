using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Access;

/// <summary>
/// Finds the actor behind a request. The cookie carries only the account and its stamp; grants are read each time, so a person
/// who leaves or moves loses access with the next click.
/// </summary>
internal sealed class SignedIn(Accounts accounts)
{
    public static readonly object Key = new();

    public async Task<Actor?> Find(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var known)) return (Actor?)known;
        var ticket = await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var actor = ticket.Principal?.FindFirstValue("account") is { } id && ticket.Principal.FindFirstValue("stamp") is { } stamp
            ? accounts.Find(Guid.Parse(id), stamp) : null;
        // A cookie whose account has left is nobody's, for the form tokens too.
        http.User = actor is null ? new ClaimsPrincipal(new ClaimsIdentity()) : ticket.Principal!;
        http.Items[Key] = actor;
        return actor;
    }

    public static Task Begin(HttpContext http, AccountRow account) => http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new("account", account.Id.ToString()), new("stamp", account.Stamp), new(ClaimTypes.Name, account.SignIn)],
            CookieAuthenticationDefaults.AuthenticationScheme)));

    public static Task End(HttpContext http) => http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
}
