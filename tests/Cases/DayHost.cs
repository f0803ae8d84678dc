using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Legwork.Journeys.Tests.Chromium))]

namespace Legwork.Cases.Tests;

/// <summary>
/// The page of the day on a real port, guarded and under the site's content policy, over an invented day. <c>/enter</c> signs a grid worker
/// in without a password.
/// </summary>
public sealed class DayHost : IAsyncLifetime
{
    private readonly TestStore store = TestStore.Open(Engine.Sqlite);
    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>False cuts every connection, as a valley does.</summary>
    public bool Reachable { get; set; } = true;

    internal DayDesk Day { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Services.AddShell(typeof(CasesModule).Assembly);
        builder.Services.AddSingleton(store.Store).AddSingleton<Accounts>().AddSingleton<SignedIn>();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Sessions>().AddSingleton(new AccessRules("540102", Demonstration: false));
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAntiforgery(form => (form.HeaderName, form.FormFieldName) = ("X-CSRF-TOKEN", "csrf"));
        builder.Services.AddSingleton(new NavItem("cases.day.nav", "/day", DayDesk.Permission, 1, Opens: true));
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Use(Arrive);
        app.UseRouting();
        app.UseGuard();
        app.MapShell();
        app.MapGet("/left", () => Results.Text("left")).Public("Where one is after the sign-out.");
        app.MapGet("/sign-in", () => Results.Text("sign in")).Public("Stands for the sign-in page.");
        app.MapGet("/enter", Enter).Public("Stands for a sign-in with a password.");
        app.MapPost("/sign-out", (Delegate)Leave).Public("Stands for the sign-out.");
        Day.Map(app);
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        store.Dispose();
    }

    private Task Arrive(HttpContext http, RequestDelegate next)
    {
        if (!Reachable)
        {
            http.Abort();
            return Task.CompletedTask;
        }
        http.Response.Headers.ContentSecurityPolicy = Site.Policy;
        http.Response.Headers.CacheControl = "no-store";
        return next(http);
    }

    private static async Task<IResult> Enter(HttpContext http, Accounts accounts, Store store)
    {
        var name = "worker" + Guid.NewGuid().ToString("N")[..8];
        await store.Write(session =>
        {
            var id = accounts.Create(session, name, "扎西", "a long password").Value;
            accounts.Give(session, id, new Role("GridWorker"), "540102", new DateOnly(2020, 1, 1), null, id);
        });
        await SignedIn.Begin(http, (await accounts.SignIn(name, "a long password")).Value);
        return Results.Redirect("/day");
    }

    private static async Task<IResult> Leave(HttpContext http)
    {
        await SignedIn.End(http);
        return Results.Redirect("/left");
    }
}
