using System.Net;
using System.Text.RegularExpressions;
using Legwork.Cases.Contracts;
using Legwork.Places;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Legwork.Cases.Tests;

/// <summary>The pages of Cases on a real port, guarded, over one office; <c>/enter?as=worker</c> signs an invented person in.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly WebApplication app;

    private Site(Office office, WebApplication app)
    {
        Office = office;
        this.app = app;
    }

    public Office Office { get; }

    public FakeSubjects Subjects { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public IEnumerable<RouteEndpoint> Routes =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public static async Task<Site> Open()
    {
        var office = new Office(Engine.Sqlite);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Services.AddShell(typeof(CasesModule).Assembly, typeof(PlacesModule).Assembly);
        builder.Services.AddSingleton<TimeProvider>(office.Clock).AddSingleton(office.Store).AddSingleton<Accounts>().AddSingleton<SignedIn>();
        builder.Services.AddSingleton<Sessions>().AddSingleton(new AccessRules("540102", Demonstration: false));
        builder.Services.AddSingleton(_ => PlaceNames.Load(Repository.In("districts", "540102", "district.yaml"), new SomeLists()));
        builder.Services.AddModules(new ModuleList(new CasesModule()));
        builder.Services.Replace(ServiceDescriptor.Singleton(Tests.Office.TheRules)).Replace(ServiceDescriptor.Singleton(Tests.Office.TheCalendar));
        builder.Services.Replace(ServiceDescriptor.Singleton(office.Desk))
            .Replace(ServiceDescriptor.Singleton(office.Vault)).AddSingleton(office.Numbers);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAntiforgery(form => (form.HeaderName, form.FormFieldName) = ("X-CSRF-TOKEN", "csrf"));
        Site? site = null;
        builder.Services.AddSingleton(new SubjectOwner("people/person/", _ => site!.Subjects));
        var app = builder.Build();
        site = new Site(office, app);
        app.Urls.Add("http://127.0.0.1:0");
        app.Use((http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return next(http);
        });
        app.UseRouting();
        app.UseGuard();
        app.MapShell();
        app.MapModules();
        app.MapGet("/enter", (HttpContext http, Accounts accounts, string @as, string scope) => Enter(http, accounts, office.Store, new Role(@as),
            scope)).Public("Stands for a sign-in with a password.");
        await app.StartAsync();
        site.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return site;
    }

    /// <summary>A browser without script, signed in.</summary>
    public async Task<Visitor> Enter(Role role, string scope)
    {
        var visitor = new Visitor(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address });
        (await visitor.Http.GetAsync($"/enter?as={role}&scope={scope}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Office.Dispose();
    }

    private static async Task<IResult> Enter(HttpContext http, Accounts accounts, Store store, Role role, string scope)
    {
        var name = $"{role}-{scope}".ToLowerInvariant();
        await store.Write(session =>
        {
            if (Accounts.FindBySignIn(session, name) is not null) return;
            accounts.Give(session, accounts.Create(session, name, name, "only-for-tests-1").Value, role, scope,
                new DateOnly(2020, 1, 1), null, Guid.Empty);
        });
        await SignedIn.Begin(http, (await accounts.SignIn(name, "only-for-tests-1")).Value);
        return Results.Redirect("/");
    }
}

/// <summary>What the district's lists call some of its places.</summary>
internal sealed class SomeLists : IPlaceLists
{
    public Task Refresh(CancellationToken cancel) => Task.CompletedTask;

    public string? NameOf(string code) => code switch { "540102006001" => "德吉社区", "540102006001-G03" => "德吉社区 第三网格", _ => null };
}

/// <summary>Someone at a browser: reads pages, follows forms with their hidden fields.</summary>
internal sealed partial class Visitor(HttpClient http)
{
    public HttpClient Http { get; } = http;

    /// <summary>The last page shown.</summary>
    public string Page { get; private set; } = "";

    public async Task<HttpStatusCode> Get(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html");
        return await Show(await Http.SendAsync(request));
    }

    /// <summary>Posts the form of the last page with this action, its hidden fields and these besides.</summary>
    public async Task<HttpStatusCode> Post(string action, params (string Name, string Value)[] fields) => await Post(action, [], fields);

    public async Task<HttpStatusCode> Post(string action, (string Name, byte[] Bytes)[] files, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in Hidden(action).Concat(fields)) form.Add(new StringContent(value), name);
        foreach (var (name, bytes) in files) form.Add(new ByteArrayContent(bytes), name, name + ".jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = form };
        request.Headers.Add("Accept", "text/html");
        return await Show(await Http.SendAsync(request));
    }

    public string? Location { get; private set; }

    public string Token => TokenField().Match(Page).Groups[1].Value;

    private async Task<HttpStatusCode> Show(HttpResponseMessage response)
    {
        Page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Location = response.Headers.Location?.ToString();
        return response.StatusCode;
    }

    private IEnumerable<(string Name, string Value)> Hidden(string action)
    {
        var at = Page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0, $"The page has no form for {action}.");
        var form = Page[at..Page.IndexOf("</form>", at, StringComparison.Ordinal)];
        return HiddenField().Matches(form).Select(field => (field.Groups[1].Value, field.Groups[2].Value));
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)" ?/?>""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""<meta name="csrf-token" content="([^"]*)""")]
    private static partial Regex TokenField();
}
