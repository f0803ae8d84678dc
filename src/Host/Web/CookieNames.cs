using Microsoft.Extensions.Primitives;

namespace Legwork.Host.Web;

/// <summary>
/// Behind TLS a cookie is called <c>__Host-…</c>: a browser takes it from this very host over TLS alone, so that no neighbouring host of the
/// same domain can put one in its place. Whatever comes without the name is none of ours. The rest of the server knows the plain names.
/// </summary>
internal static class CookieNames
{
    private const string Own = "__Host-", OwnPath = "__Secure-";

    /// <summary>What a framework sets for one path only, which the stricter name does not admit: the way to a directory and back.</summary>
    private const string OfFramework = ".AspNetCore.";

    public static void UseLockedCookies(this WebApplication app) => app.Use((http, next) =>
    {
        if (!http.Request.IsHttps) return next(http);
        var headers = http.Request.Headers;
        if (headers.Cookie.Count > 0) headers.Cookie = Believed(headers.Cookie);
        http.Response.OnStarting(() =>
        {
            var set = http.Response.Headers.SetCookie;
            if (set.Count > 0) http.Response.Headers.SetCookie = new StringValues([.. set.Select(cookie => Locked(cookie!))]);
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>The cookies that only this host can have set, under the names by which the server knows them.</summary>
    public static string Believed(StringValues sent) => string.Join("; ", sent.SelectMany(line => line!.Split(';', StringSplitOptions.TrimEntries))
        .Select(cookie => cookie.StartsWith(Own, StringComparison.Ordinal) ? cookie[Own.Length..]
            : cookie.StartsWith(OwnPath + OfFramework, StringComparison.Ordinal) ? cookie[OwnPath.Length..] : "")
        .Where(cookie => cookie.Length > 0));

    public static string Locked(string cookie)
    {
        var words = cookie.Split(';', StringSplitOptions.TrimEntries);
        bool Says(string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);
        return !Says("secure") ? cookie : Says("path=/") ? Own + cookie : OwnPath + cookie;
    }
}
