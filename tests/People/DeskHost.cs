using Legwork.Platform.Access;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Tests;

/// <summary>The pages of a small district.</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    private readonly PagesHost pages;

    private DeskHost(SmallDistrict district, PagesHost pages) => (District, this.pages) = (district, pages);

    public SmallDistrict District { get; }

    /// <summary>The routes of this module that a browser may ask for without parameters or with a file's id.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => pages.Routes;

    public static async Task<DeskHost> Open() => await Open(await SmallDistrict.Open(Platform.Storage.Engine.Sqlite));

    public static async Task<DeskHost> Open(SmallDistrict district) => new(district, await PagesHost.Open(to => district.AddTo(to),
        [typeof(Legwork.Places.PlacesModule).Assembly, typeof(Legwork.Cases.CasesModule).Assembly, typeof(PeopleModule).Assembly,
            typeof(Legwork.Messages.MessagesModule).Assembly],
        routes => new PeopleModule().Map(routes)));

    public Visit As(Actor actor, string language = "zh-CN") => new(pages.As(actor, language));

    public async ValueTask DisposeAsync()
    {
        await pages.DisposeAsync();
        await District.DisposeAsync();
    }
}
