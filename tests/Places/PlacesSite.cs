using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Shell;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Places.Tests;

/// <summary>The module's routes on a real port, guarded, over the small district; whoever is set as <see cref="Someone"/> is signed in.</summary>
internal sealed class PlacesSite : IAsyncDisposable
{
    private readonly OpenDistrict district;
    private readonly WebApplication app;
    private readonly HttpClient browser;

    private PlacesSite(OpenDistrict district, WebApplication app)
    {
        this.district = district;
        this.app = app;
        browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    public Actor? Someone { get; set; }

    public OpenDistrict District => district;

    public IPlaces Places => district.Places;

    public static async Task<PlacesSite> Open()
    {
        var district = await OpenDistrict.Small(Engine.Sqlite);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(district.Store).AddSingleton(new PlatformPlaces("", "", "", "", Chengguan.District, "a"))
            .AddSingleton(district.Get<TimeProvider>())
            .AddSingleton<Outbox>().AddSingleton<Accounts>().AddSingleton<FollowPlace>().AddSingleton<SignedIn>()
            .AddSingleton(provider => PlaceNames.Load(Path.Combine(Legwork.Support.Repository.Root, "districts", Chengguan.District, "district.yaml"),
                provider.GetRequiredService<IPlaceLists>())).AddModules(new ModuleList(new PlacesModule())).AddShell(typeof(PlacesModule).Assembly);
        builder.Services.AddAntiforgery(form => (form.HeaderName, form.FormFieldName) = ("X-CSRF-TOKEN", "csrf"));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        PlacesSite? site = null;
        app.Use((http, next) =>
        {
            http.Items[SignedIn.Key] = site!.Someone;
            return next(http);
        });
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception fault)
            {
                http.Response.StatusCode = 500;
                await http.Response.WriteAsync(fault.ToString());
            }
        });
        app.UseRouting();
        app.UseGuard();
        app.MapShell();
        app.MapModules();
        Guard.Unguarded(((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)).ShouldBeEmpty();
        await app.StartAsync();
        return site = new PlacesSite(district, app);
    }

    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> Get(string address)
    {
        using var answer = await browser.GetAsync(address);
        return await Read(answer);
    }

    public async Task<string> GetText(string address) => await browser.GetStringAsync(address);

    /// <summary>Fills in the form that is posted to an address and sends it; redirects are followed.</summary>
    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> Send(IHtmlDocument page, string action,
        params (string Name, string Value)[] filled)
    {
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Where(form => form.GetAttribute("action") == action).WithField(filled);
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>()
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(filled.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await browser.PostAsync(action, new FormUrlEncodedContent(fields));
        return await Read(answer);
    }

    public async Task<HttpStatusCode> PostWithoutToken(string address)
    {
        using var answer = await browser.PostAsync(address, new FormUrlEncodedContent([KeyValuePair.Create("answer", "set_aside")]));
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode, IHtmlDocument)> Read(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, body);
        return (answer.StatusCode, new HtmlParser().ParseDocument(body));
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await app.DisposeAsync();
        district.Dispose();
    }
}

internal static class Forms
{
    /// <summary>Of several forms with one action, the one that has a control of the first field's name.</summary>
    public static IHtmlFormElement WithField(this IEnumerable<IHtmlFormElement> forms, (string Name, string Value)[] filled) =>
        forms.First(form => filled.Length == 0 || form.QuerySelector($"[name='{filled[0].Name}']") is not null);
}
