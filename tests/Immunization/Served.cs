using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using Legwork.People;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Immunization.Tests;

/// <summary>The pages of <see cref="ChildrensDistrict"/> on a real port, behind the real guard; whoever visits is handed in.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, Actor> visitors = [];

    private Served(ChildrensDistrict district)
    {
        District = district;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        district.AddTo(builder.Services).AddShell(typeof(Legwork.Places.PlacesModule).Assembly, typeof(Legwork.Cases.CasesModule).Assembly, typeof(PeopleModule).Assembly, typeof(ImmunizationModule).Assembly)
            .AddAuthentication().AddCookie("Cookies");
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
        app.MapPeople();
        app.MapImmunization();
    }

    public ChildrensDistrict District { get; }

    public static async Task<Served> Open()
    {
        var served = new Served(await ChildrensDistrict.Open(Engine.Sqlite));
        await served.app.StartAsync();
        return served;
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

    public static async Task<(HttpStatusCode Status, IDocument Page)> Get(HttpClient client, string path) => await Read(await client.GetAsync(path, TestContext.Current.CancellationToken));

    /// <summary>Sends the form of a page with its token.</summary>
    public static async Task<(HttpStatusCode Status, IDocument Page)> Send(HttpClient client, string pageWithForm, string action, Dictionary<string, string> said)
    {
        said["csrf"] = (await Get(client, pageWithForm)).Page.QuerySelector("main form[method=post] input[name=csrf]")?.GetAttribute("value") ?? throw new InvalidOperationException($"{pageWithForm} has no form.");
        return await Read(await client.PostAsync(action, new FormUrlEncodedContent(said), TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await app.Services.GetRequiredService<ReadLog>().DisposeAsync();
        await app.DisposeAsync();
        await District.DisposeAsync();
    }

    private static async Task<(HttpStatusCode, IDocument)> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (answer.StatusCode, await BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken));
        }
    }
}
