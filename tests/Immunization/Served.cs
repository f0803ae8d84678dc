using System.Net;
using AngleSharp.Dom;
using Legwork.People;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Tests;

/// <summary>The pages of <see cref="ChildrensDistrict"/>.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly PagesHost pages;

    private Served(ChildrensDistrict district, PagesHost pages) => (District, this.pages) = (district, pages);

    public ChildrensDistrict District { get; }

    public static async Task<Served> Open(Action<IServiceCollection>? more = null)
    {
        var district = await ChildrensDistrict.Open(Engine.Sqlite);
        return new Served(district, await PagesHost.Open(to =>
            {
                district.AddTo(to);
                more?.Invoke(to);
            },
            [typeof(Legwork.Places.PlacesModule).Assembly, typeof(Legwork.Cases.CasesModule).Assembly,
                typeof(PeopleModule).Assembly, typeof(ImmunizationModule).Assembly],
            routes => routes.MapModules()));
    }

    public HttpClient As(Actor actor, string language = "zh-CN") => pages.As(actor, language);

    public static async Task<(HttpStatusCode Status, IDocument Page)> Get(HttpClient client, string path)
    {
        var (status, page, _) = await new Visit(client).Get(path);
        return (status, page);
    }

    /// <summary>Sends the form of a page with its token.</summary>
    public static async Task<(HttpStatusCode Status, IDocument Page)> Send(HttpClient client, string pageWithForm,
        string action, Dictionary<string, string> said)
    {
        var (status, page, _) = await new Visit(client).Send(pageWithForm, action, said);
        return (status, page);
    }

    public async ValueTask DisposeAsync()
    {
        await pages.DisposeAsync();
        await District.DisposeAsync();
    }
}
