using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Legwork.Journeys.Tests.Chromium))]

namespace Legwork.Shell.Tests;

/// <summary>
/// The shell on a real port, guarded and under the site's content policy, with the style guide as its page.
/// </summary>
public sealed class ShellHost : IAsyncLifetime
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly TestStore store = TestStore.Open(Engine.Sqlite);
    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public LiveBoard Board { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Services.AddShell(typeof(ShellHost).Assembly);
        builder.Services.AddSingleton(store.Store).AddSingleton<Accounts>().AddSingleton<SignedIn>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAntiforgery(form => (form.HeaderName, form.FormFieldName) = ("X-CSRF-TOKEN", "csrf"));
        builder.Services.AddSingleton(new NavItem("guide.nav", "/guide", null, 1));
        builder.Services.AddSingleton(new NavItem("guide.day", "/day", new Permission("guide.day", new Role("GridWorker")), 2));
        builder.Services.AddSingleton(new NavItem("guide.closed", "/closed", new Permission("guide.closed", Role.Auditor), 3));
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Use(Arrive);
        app.UseRouting();
        app.UseGuard();
        app.MapShell();
        app.MapGet("/guide", (string? typed) => new RazorComponentResult<StyleGuide>(new { Typed = typed })).Public("A style guide.");
        app.MapPost("/guide/reveal", () => new RazorComponentResult<Masked>(
            new { Id = "n1", Value = "540102********0018", Revealed = "540102199003070018" })).Public("Stands for a logged look.");
        Board.Map(app);
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>A browser's client: keeps cookies, follows nothing, asks for pages.</summary>
    public HttpClient Client(string? acceptLanguage = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (acceptLanguage is not null) client.DefaultRequestHeaders.Add("Accept-Language", acceptLanguage);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        store.Dispose();
    }

    private static Task Arrive(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        return next(http);
    }
}
