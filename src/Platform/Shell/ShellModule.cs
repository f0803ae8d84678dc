using System.Reflection;
using System.Text.Json.Serialization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Legwork.Platform.Shell;

/// <summary>The page shell: texts in three languages, styles and scripts, the layout and its switches.</summary>
public static class ShellModule
{
    public const string TypeCookieName = "type";

    /// <param name="texts">The assemblies that carry <c>Texts/*.yaml</c>; the platform's own is added.</param>
    public static IServiceCollection AddShell(this IServiceCollection services, params Assembly[] texts)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<Assets>();
        services.AddSingleton(p => new Texts([typeof(ShellModule).Assembly, .. texts],
            missingThrows: p.GetService<IHostEnvironment>()?.IsProduction() != true, p.GetServices<ICalledWords>()));
        services.AddScoped(p => new T(p.GetRequiredService<Texts>(), Language.Of(p.GetRequiredService<IHttpContextAccessor>().HttpContext)));
        services.AddScoped<Navigation>();
        services.AddSingleton<IRefusalPage, RefusalPage>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>
    /// Styles and scripts, the installable page's manifest, its service worker, the two switches, and the answer to an address that
    /// is none. Mapped behind <see cref="Guard.UseGuard"/>, which checks the token of every form.
    /// </summary>
    public static IEndpointRouteBuilder MapShell(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").Public("Says nothing of anybody, and the sign-in page needs it too.");
        group.MapGet("/assets/{name}", (HttpContext context, Assets assets, string name) => assets.Serve(context, name));
        group.MapGet("/sw.js", (HttpContext context, Assets assets) => assets.Serve(context, "sw.js"));
        group.MapGet("/offline", () => new RazorComponentResult<OfflinePage>());
        group.MapGet("/manifest.webmanifest", WebManifest).AnswersJson<Installed>(
            "What a telephone is told when the pages are installed on it.", "application/manifest+json");
        group.MapPost("/language", ChooseLanguage).DisableAntiforgery();
        group.MapPost("/type", ChooseType).DisableAntiforgery();
        group.MapFallback((HttpContext http) => TakesOtherContent(http.Request)
            ? Refusals.Write(http, StatusCodes.Status415UnsupportedMediaType, Refusal.Of("host.unreadable", "What lies under /api takes JSON."))
            : Refusals.Write(http, StatusCodes.Status404NotFound, Refusal.Of("shell.not_found", "The address is wrong, or the page has moved.")));
        return routes;
    }

    /// <summary>A route that takes JSON is passed over for any other content, and this one stands behind it.</summary>
    private static bool TakesOtherContent(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !request.HasJsonContentType();

    /// <summary>Remembers from here whether the request wrote anything, for what <see cref="StorageAway"/> says of it.</summary>
    public static void RequestBegins() => WrittenHere.Begin();

    /// <summary>Answers a request that the storage could not: what happened to what was sent, and the form again with what was typed.</summary>
    public static Task StorageAway(HttpContext http, StorageAwayException failure) => StorageAwayPage.Write(http, failure);

    /// <summary>Answers a request that was not begun since too many run and wait: the same page, and nothing typed is lost.</summary>
    public static Task Busy(HttpContext http) => StorageAwayPage.Busy(http);

    /// <summary>A path on this server and nothing else: no scheme, no host, no <c>//</c> or <c>/\</c> that browsers take for one.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);

    /// <summary>Where a form's sender came from, fit for the Location header: what is not ASCII is escaped, and what is
    /// not local is the start page.</summary>
    public static string WayBack(string? url) =>
        IsLocal(url)
            ? string.Concat(url!.EnumerateRunes()
                .Select(rune => rune.Value is > ' ' and < 0x7f ? rune.ToString() : Uri.EscapeDataString(rune.ToString()))) : "/";

    private static RedirectHttpResult ChooseLanguage(HttpContext context, [FromForm] string? language, [FromForm] string? returnUrl)
    {
        if (Language.Find(language) is { } chosen) Keep(context, Language.CookieName, chosen.Tag);
        return Back(returnUrl);
    }

    private static RedirectHttpResult ChooseType(HttpContext context, [FromForm] string? size, [FromForm] string? returnUrl)
    {
        Keep(context, TypeCookieName, size == "large" ? "large" : "normal");
        return Back(returnUrl);
    }

    private static RedirectHttpResult Back(string? returnUrl) => TypedResults.LocalRedirect(WayBack(returnUrl));

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
    });

    private static IResult WebManifest(HttpContext http, T t, IEnumerable<NavItem> items) => Results.Json(new Installed(
        Mark(http, t) + t["shell.product.full"], Mark(http, t) + t["shell.product"], t.Language.Tag,
        items.LastOrDefault(item => item.Opens)?.Href ?? "/", "/", "standalone", "#fbf8f2", "#7b1e1b",
        [
            new("/assets/icon.svg", "any", "image/svg+xml"),
            new("/assets/icon-192.png", "192x192", "image/png", "any maskable"),
            new("/assets/icon-512.png", "512x512", "image/png", "any maskable"),
        ]), contentType: "application/manifest+json");

    /// <summary>As W3C's Web Application Manifest names it.</summary>
    private sealed record Installed(string Name, [property: JsonPropertyName("short_name")] string ShortName, string Lang,
        [property: JsonPropertyName("start_url")] string StartUrl, string Scope, string Display,
        [property: JsonPropertyName("background_color")] string BackgroundColor, [property: JsonPropertyName("theme_color")] string ThemeColor,
        IReadOnlyList<InstalledIcon> Icons);

    private sealed record InstalledIcon(string Src, string Sizes, string Type,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Purpose = null);

    private static string Mark(HttpContext http, T t) =>
        http.RequestServices.GetService<AccessRules>()?.Practice == true ? t["practice.mark"] : "";
}
