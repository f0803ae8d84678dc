using Legwork.Clinics.Booking;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Clinics.Pages;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Clinics;

/// <summary>
/// Clinics with their hours, vaccines and fridges, and what the schedule allows a child
/// → places, lines, consents and the needle's clauses by dated rules →
/// a parent books, a nurse calls and gives, a doctor decides, a keeper answers for the stock
/// → the hall's board, the child's record, the parent's phone.
/// </summary>
public sealed class ClinicsModule : IModule
{
    public string Name => "clinics";

    public void Add(IServiceCollection services) => services
        .AddSingleton<Clinics>()
        .AddSingleton(new DistrictFile("clinics of the district", (facts, folder) => ClinicBook.Load(folder, facts)))
        .AddSingleton<BookVisits>()
        .AddSingleton<OfferPlaces>()
        .AddSingleton<MyVisits>()
        .AddSingleton<KeepConsent>()
        .AddSingleton<VisitDesk>()
        .AddSingleton<ComeWithout>()
        .AddSingleton<CallNext>()
        .AddSingleton<MorningBook>()
        .AddSingleton<HallBoard>()
        .AddSingleton<Platform.Cluster.Duty>(HallBoard.Duty)
        .AddSingleton<GiveDose>()
        .AddSingleton<GoBeyond>()
        .AddSingleton<StockDesk>()
        .AddSingleton<FridgeWatch>()
        .AddSingleton<EveningWork>()
        .AddWhileServing("the evening work of clinics", TimeSpan.FromMinutes(10), (services, over) =>
            services.GetRequiredService<EveningWork>().Run(over))
        .AddSingleton(ClinicChapter.Chapter)
        .AddSingleton(new NavItem("clinics.nav", "/clinics", ClinicsPermissions.Counter, 5))
        .AddSingleton(new NavItem("clinics.hall", "/hall", ClinicsPermissions.HallOnly, 6))
        .AddSingleton(new NavItem("clinics.stock", "/stock", ClinicsPermissions.Stock, 7))
        .AddSingleton(new NavItem("clinics.me", "/me/clinic", ClinicsPermissions.Book, 15));

    /// <summary>The morning under <c>/clinics</c>, a parent's bookings under <c>/me/clinic</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        ClinicRoutes.Map(routes);
        VisitRoutes.Map(routes);
        TableRoutes.Map(routes);
        StockRoutes.Map(routes);
        BookRoutes.Map(routes);
    }
}
