using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
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

/// <summary>A table of a clinic: call, see, scan, give. What blocks is said on the same page, and nothing typed is lost.</summary>
internal static class TableRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tables = routes.MapGroup("/clinics/{code}/tables/{table}").DisableAntiforgery().Requires(ClinicsPermissions.Table);
        tables.MapGet("", (HttpContext http, string code, string table, Guid? given) => Show(http, code, table, given, [], null));
        tables.MapPost("/next", async (HttpContext http, CallNext call, string code, string table) =>
            (await call.Run(http.Actor(), code, table)).Match(_ => Results.LocalRedirect($"/clinics/{code}/tables/{table}"),
                refusal => refusal.ToResult()));
        tables.MapPost("/recall", (HttpContext http, string code, string table) => Act(http, code, table, VisitActs.Recall));
        tables.MapPost("/pass", (HttpContext http, string code, string table) => Act(http, code, table, VisitActs.Pass));
        tables.MapPost("/give", Give);
    }

    private static async Task<IResult> Show(HttpContext http, string code, string table, Guid? given,
        IReadOnlyList<Breach> breaches, IFormCollection? form,
        int status = 200)
    {
        var (services, cancel) = (http.RequestServices, http.RequestAborted);
        var (clinics, clock) = (services.GetRequiredService<Clinics>(), services.GetRequiredService<TimeProvider>());
        var found = ClinicRoutes.Of(http, clinics, ClinicsPermissions.Table, code);
        if (!found.Ok) return found.Refusal!.ToResult();
        var clinic = found.Value;
        if (!clinic.HasTable(table)) return Refusal.Of("clinics.table", "The clinic has no such table.").ToResult();
        var at = await services.GetRequiredService<CallNext>().AtTable(clinic, clock.Today(), table, cancel);
        VisitModel? visit = null;
        var next = new List<(VaccineName, Unit?)>();
        IReadOnlySet<string> beyond = new HashSet<string>();
        if (at.Count > 0)
        {
            var shown = await VisitRoutes.Model(http, ClinicsPermissions.Table, at[0].Id, form, null, null);
            if (!shown.Ok) return shown.Refusal!.ToResult();
            visit = shown.Value;
            foreach (var product in visit.Visit.Products)
                if (visit.Vaccines.FirstOrDefault(one => one.Code == product) is { } vaccine)
                    next.Add((vaccine, await services.GetRequiredService<StockDesk>().Next(clinic.Code, product, cancel)));
            beyond = await services.GetRequiredService<Store>().ReadAsync(session => OverrideRows.Of(session, at[0].Id), cancel);
        }
        var line = await services.GetRequiredService<MorningBook>().Clock(clinic, clock.Today(), cancel);
        return ModelPage.Drawn<TablePage>(new TableModel(clinic, table, line, visit, next, breaches, beyond,
            await Given(http, given), clock.GetUtcNow()), status);
    }

    /// <summary>What the redirect tells of, read from what is stored.</summary>
    private static async Task<GivenNow?> Given(HttpContext http, Guid? id)
    {
        if (id is not { } visit) return null;
        var (services, t) = (http.RequestServices, http.RequestServices.GetRequiredService<T>());
        var opened = await services.GetRequiredService<VisitDesk>().Open(http.Actor(), ClinicsPermissions.Table, visit, http.RequestAborted);
        if (!opened.Ok) return null;
        var last = await services.GetRequiredService<Store>().ReadAsync(session => session.FirstAsync<GaveRow>("""
            select u.product, u.lot from clinics_dose d join clinics_unit u on u.code = d.code where d.visit = @visit order by d.dose desc limit 1
            """, new { visit }), http.RequestAborted);
        if (last is null) return null;
        var vaccine = services.GetRequiredService<IDoseBook>().Vaccines(opened.Value.Day).FirstOrDefault(one => one.Code == last.Product);
        return new GivenNow(opened.Value.CalledAs, vaccine?.In(t.Language) ?? last.Product, last.Lot, opened.Value.UntilAt);
    }

    private static async Task<IResult> Act(HttpContext http, string code, string table, Func<Visit, At, Outcome<VisitStep>> act)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var did = await http.RequestServices.GetRequiredService<VisitDesk>().Do(http.Actor(), ClinicsPermissions.Table, Asked(form, table), act);
        return did.Ok ? Results.LocalRedirect($"/clinics/{code}/tables/{table}") : did.Refusal!.ToResult();
    }

    private static async Task<IResult> Give(HttpContext http, GiveDose give, T t, string code, string table)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var asked = new GiveAsked(Asked(form, table), FormText.Cut(form["scanned"].ToString(), 40),
            form["site"].ToString(), form["read_back"] == "yes");
        var done = await give.Run(http.Actor(), asked, t);
        if (done.Ok) return Results.LocalRedirect($"/clinics/{code}/tables/{table}?given={done.Value.Visit.Id}");
        var refusal = done.Refusal!;
        if (refusal.Code is "clinics.visit_unknown" or "clinics.out_of_scope" or "clinics.stale" or "clinics.taken_already")
            return refusal.ToResult();
        var breaches = refusal.Also.Prepend(refusal).Select(one => new Breach(one.Code.StartsWith("clinics.needle.", StringComparison.Ordinal)
            ? one.Code["clinics.needle.".Length..] : one.Code, one.Message)).ToList();
        return await Show(http, code, table, null, breaches, form, Refusals.StatusOf(refusal));
    }

    private static ActAsked Asked(IFormCollection form, string table) => new(Guid.TryParse(form["visit"].ToString(), out var visit)
            ? visit : Guid.Empty,
        long.TryParse(form["version"].ToString(), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0,
        table, Guid.TryParse(form["key"].ToString(), out var key) ? key : null);

    private sealed record GaveRow(string Product, string Lot);
}
