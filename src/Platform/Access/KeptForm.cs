using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Access;

/// <summary>
/// What somebody typed into a form whose sign-in was over when it was sent: kept, sealed, for the same account and nobody else, until it
/// has signed in again and stands before the same form.
/// </summary>
/// <param name="Page">The page on which the form stood.</param>
/// <param name="Action">Where it is sent.</param>
internal sealed record KeptForm(Guid Account, string Page, string Action, Dictionary<string, string[]> Fields)
{
    /// <summary>The largest body that is read for somebody whose sign-in does not hold.</summary>
    public const long BodyBytesMax = 64 << 10;

    private const int SealedLengthMax = 40_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    private static readonly string[] Secret = ["password", "old", "fresh", "again"];

    /// <summary>Passwords do not go back into a page.</summary>
    public static bool HasSecrets(IFormCollection form) => form.Keys.Any(Secret.Contains);

    /// <summary>Whether the body may be read before it is known who sends it; from here on no more of it is.</summary>
    public static bool Bound(HttpContext http)
    {
        if (http.Features.Get<IFormFeature>()?.Form is not null) return true;
        if (http.Request.ContentLength > BodyBytesMax) return false;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit) return http.Request.ContentLength is not null;
        limit.MaxRequestBodySize = BodyBytesMax;
        return true;
    }

    /// <summary>Reads and seals a form that came after its sign-in's end.</summary>
    /// <returns>Null when there is nothing to keep: no cookie of this server, another's token, too much, or a password.</returns>
    public static async Task<string?> Of(HttpContext http)
    {
        if (!http.Request.HasFormContentType || await Cookie.Of(http) is not { } cookie || !Bound(http)) return null;
        var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        var nobody = http.User;
        try
        {
            http.User = cookie.Principal; // whose the form's own token is
            if (!await antiforgery.IsRequestValidAsync(http)) return null;
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (HasSecrets(form)) return null;
            var kept = new KeptForm(cookie.Account, PageOf(http) ?? http.Request.Path, http.Request.Path + http.Request.QueryString,
                form.Where(field => field.Key != "csrf").ToDictionary(field => field.Key,
                    field => field.Value.Select(value => value ?? "").ToArray()));
            var text = Sealing(http).Protect(JsonSerializer.Serialize(kept), KeptFor);
            return text.Length <= SealedLengthMax ? text : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            return null;
        }
        finally
        {
            http.User = nobody;
        }
    }

    /// <returns>Null when it is not this server's, too old, or another account's.</returns>
    public static KeptForm? Open(HttpContext http, string? text, Guid account)
    {
        if (text is null or { Length: > SealedLengthMax }) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<KeptForm>(Sealing(http).Unprotect(text));
            return kept?.Account == account ? kept : null;
        }
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The form kept for whoever is signed in.</summary>
    public static KeptForm? Waiting(HttpContext http) =>
        SignedIn.SessionOf(http)?.Kept is { } text && http.ActorOrNone() is { } actor ? Open(http, text, actor.Account) : null;

    /// <summary>The page on which a form stood that was posted, if it was one of this server's.</summary>
    public static string? PageOf(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var from)
        && from.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase) ? from.PathAndQuery : null;

    private static ITimeLimitedDataProtector Sealing(HttpContext http) =>
        http.RequestServices.GetDataProtectionProvider().CreateProtector("legwork.kept-form").ToTimeLimitedDataProtector();
}
