using System.Net;
using System.Reflection;
using AngleSharp;
using AngleSharp.Dom;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Support;

/// <summary>Modules' pages on a real port, behind the real guard; whoever visits is handed in.</summary>
public sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, Actor> visitors = [];

    private PagesHost(Action<IServiceCollection> services, Assembly[] texts, Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        services(builder.Services);
        builder.Services.AddShell(texts).AddAuthentication().AddCookie("Cookies");
        builder.Services.AddAntiforgery(form => form.FormFieldName = "csrf");
        app = builder.Build();
        app.UseRouting();
        app.Use((http, next) =>
        {
            http.Items[SignedIn.Key] = visitors.GetValueOrDefault(http.Request.Headers["X-Visitor"].ToString());
            return next(http);
        });
        app.UseGuard();
        app.MapShell();
        map(app);
    }

    public IReadOnlyList<RouteEndpoint> Routes =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <param name="services">Adds the district and its modules.</param>
    /// <param name="texts">The modules whose texts the pages speak.</param>
    public static async Task<PagesHost> Open(Action<IServiceCollection> services, Assembly[] texts, Action<IEndpointRouteBuilder> map)
    {
        var host = new PagesHost(services, texts, map);
        await host.app.StartAsync();
        return host;
    }

    public HttpClient As(Actor actor, string language = "zh-CN")
    {
        visitors[actor.Account.ToString()] = actor;
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
        client.DefaultRequestHeaders.Add("X-Visitor", actor.Account.ToString());
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.Services.GetRequiredService<ReadLog>().DisposeAsync();
        await app.DisposeAsync();
    }
}

/// <summary>One person's browser.</summary>
public sealed class Visit(HttpClient client)
{
    public async Task<(HttpStatusCode Status, IDocument Page, string? Location)> Get(string path) =>
        await Read(await client.GetAsync(path, TestContext.Current.CancellationToken));

    /// <summary>Fills the form of a page and sends it, with its token unless told otherwise.</summary>
    public async Task<(HttpStatusCode Status, IDocument Page, string? Location)> Send(string pageWithForm, string action,
        Dictionary<string, string> said, bool withToken = true)
    {
        if (withToken) said["csrf"] = await Token(pageWithForm);
        return await Read(await client.PostAsync(action, new FormUrlEncodedContent(said), TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a file to an action, with the token of a page that may be another.</summary>
    public async Task<(HttpStatusCode Status, IDocument Page, string? Location)> SendFile(string pageWithForm, string action, string field,
        string name, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await Token(pageWithForm)), "csrf" },
            { new ByteArrayContent(content), field, name },
        };
        return await Read(await client.PostAsync(action, form, TestContext.Current.CancellationToken));
    }

    private async Task<string> Token(string page) =>
        (await Get(page)).Page.QuerySelector("main form[method=post] input[name=csrf]")?.GetAttribute("value")
            ?? throw new InvalidOperationException($"{page} has no form.");

    private static async Task<(HttpStatusCode, IDocument, string?)> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var page = await BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
            PrintedRecord.In(page).ShouldBeEmpty(answer.RequestMessage?.RequestUri?.PathAndQuery);
            return (answer.StatusCode, page, answer.Headers.Location?.ToString());
        }
    }
}
