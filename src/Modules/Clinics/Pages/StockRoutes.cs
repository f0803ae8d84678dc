using System.Globalization;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Clinics.Pages;

/// <summary>Vaccines and fridges of a clinic.</summary>
internal static class StockRoutes
{
    private static readonly string[] Tellings = ["received", "wasted", "moved", "arrived", "decided", "recalled"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stock", (HttpContext http, Clinics clinics) => ModelPage.Drawn<ClinicsPage>(
            new ClinicsModel(clinics.Of(http.Actor(), ClinicsPermissions.LookAtStock), "/stock"))).Requires(ClinicsPermissions.LookAtStock);
        var stock = routes.MapGroup("/clinics/{code}/stock").DisableAntiforgery();
        stock.MapGet("", (HttpContext http, string code, string? done) => Show(http, code, null, null, Tellings.Contains(done) ? done : null))
            .Requires(ClinicsPermissions.LookAtStock);
        stock.MapPost("/receive", Receive).Requires(ClinicsPermissions.Stock);
        stock.MapPost("/waste", (HttpContext http, StockDesk desk, string code) => Unit(http, code, "wasted", form =>
            desk.Waste(http.Actor(), form["unit"].ToString(), FormText.Cut(form["reason"].ToString(), 501)), "waste-"))
            .Requires(ClinicsPermissions.LookAtStock);
        stock.MapPost("/move", (HttpContext http, StockDesk desk, string code) => Unit(http, code, "moved", form =>
            desk.Move(http.Actor(), form["unit"].ToString(), form["to"].ToString().Split('/')[0], form["to"].ToString().Split('/')[^1])))
            .Requires(ClinicsPermissions.Stock);
        stock.MapPost("/arrive", (HttpContext http, StockDesk desk, string code) => Unit(http, code, "arrived", form =>
            desk.Arrive(http.Actor(), form["unit"].ToString()))).Requires(ClinicsPermissions.Stock);
        stock.MapPost("/fridges/{fridge}", Decide).Requires(ClinicsPermissions.Stock);
        stock.MapPost("/recall", Recall).Requires(ClinicsPermissions.Stock);
    }

    private static async Task<IResult> Show(HttpContext http, string code, IFormCollection? form, FormErrors? errors, string? done, int status = 200)
    {
        var (services, cancel) = (http.RequestServices, http.RequestAborted);
        var (clinics, clock) = (services.GetRequiredService<Clinics>(), services.GetRequiredService<TimeProvider>());
        var found = ClinicRoutes.Of(http, clinics, ClinicsPermissions.LookAtStock, code);
        if (!found.Ok) return found.Refusal!.ToResult();
        var clinic = found.Value;
        var (levels, lots, fridges) = await services.GetRequiredService<Store>().ReadAsync(async session => (await LevelRow.Of(session, code),
            await session.QueryAsync<LotLine>("""
                select u.product, u.lot, l.expires, u.fridge, u.state, count(*) as vials, cast(sum(u.doses) as bigint) as doses,
                    case when l.recalled_at is null then 0 else 1 end as recalled
                from clinics_unit u join clinics_lot l on l.product = u.product and l.lot = u.lot
                where u.clinic = @code and u.state in ('stock', 'opened', 'quarantine', 'away')
                group by u.product, u.lot, l.expires, u.fridge, u.state, l.recalled_at order by l.expires, u.product, u.lot
                """, new { code }),
            await FridgeRow.OfAsync(session, code)), cancel);
        return ModelPage.Drawn<StockPage>(new StockModel(clinic, levels, lots, fridges, clinics.Rules,
            services.GetRequiredService<IDoseBook>().Vaccines(clock.Today()), http.Actor().May(ClinicsPermissions.Stock, clinic.Street),
            [.. clinics.All.SelectMany(one => one.Fridges.Select(fridge => (one, fridge)))], clock.GetUtcNow(), clock.Today(),
            form?.ToDictionary(field => field.Key, field => field.Value.ToString()) ?? [], errors, done), status);
    }

    private static async Task<IResult> Receive(HttpContext http, StockDesk desk, string code)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var asked = new ReceiptAsked(code, form["fridge"].ToString(), form["product"].ToString(), FormText.Cut(form["lot"].ToString(), 61),
            DateOnly.TryParseExact(form["expires"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var expires) ? expires : null,
            FormText.Cut(form["maker"].ToString(), 60),
            int.TryParse(form["doses"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var doses) ? doses : 0,
            form["codes"].ToString().Split(['\n', '\r', ',', '，', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return await Answer(http, code, form, "received", (await desk.Receive(http.Actor(), asked)).Refusal);
    }

    private static async Task<IResult> Unit<TDone>(HttpContext http, string code, string done, Func<IFormCollection, Task<Outcome<TDone>>> act,
        string prefix = "unit-")
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return await Answer(http, code, form, done, (await act(form)).Refusal, prefix);
    }

    private static async Task<IResult> Decide(HttpContext http, FridgeWatch watch, string code, string fridge)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var decided = await watch.Decide(http.Actor(), code, fridge, form["what"] == "release", FormText.Cut(form["reason"].ToString(), 501));
        return await Answer(http, code, form, "decided", decided.Refusal, $"fridge-{fridge}-");
    }

    private static async Task<IResult> Recall(HttpContext http, StockDesk desk, AccessRules access, string code)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var done = await desk.Recall(http.Actor(), access.District, form["product"].ToString(), FormText.Cut(form["lot"].ToString(), 60),
            FormText.Cut(form["reason"].ToString(), 501));
        return await Answer(http, code, form, "recalled", done.Refusal, "recall-");
    }

    private static async Task<IResult> Answer(HttpContext http, string code, IFormCollection form, string done, Refusal? refusal, string prefix = "")
    {
        if (refusal is null) return Results.LocalRedirect($"/clinics/{code}/stock?done={done}");
        if (refusal.Code is "clinics.unknown" or "clinics.out_of_scope") return refusal.ToResult();
        return await Show(http, code, form, FormErrors.Of(http.RequestServices.GetRequiredService<T>(), FieldOf,
            refusal, prefix), null, Refusals.StatusOf(refusal));
    }

    private static string FieldOf(string code) => code switch
    {
        "clinics.product_unknown" => "product",
        "clinics.lot_unknown" or "clinics.recalled" => "lot",
        "clinics.expires_past" or "clinics.lot_differs" => "expires",
        "clinics.code_wrong" or "clinics.code_twice" or "clinics.code_known" => "codes",
        "clinics.code" or "clinics.unit_unknown" or "clinics.unit_gone" or "clinics.unit_stale"
            or "clinics.not_away" or "clinics.opened_stays" => "unit",
        "clinics.reason" or "clinics.reason_long" or "clinics.still_out" or "clinics.not_quarantined" => "reason",
        _ => code["clinics.".Length..],
    };
}
