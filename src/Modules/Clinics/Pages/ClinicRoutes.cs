using System.Globalization;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Plan;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Clinics.Pages;

/// <summary>The morning of a clinic, for its counter, its doctor and the screen of its hall: thin doors to the use cases.</summary>
internal static class ClinicRoutes
{
    /// <summary>The programme ends at eighteen; nobody older is looked for.</summary>
    public const int YearsMax = 18;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clinics", (HttpContext http, Clinics clinics) => Choose(http, clinics, ClinicsPermissions.Counter, ""))
            .Requires(ClinicsPermissions.Counter);
        routes.MapGet("/clinics/{code}", Morning).Requires(ClinicsPermissions.Counter);
        routes.MapGet("/clinics/{code}/come", Look).Requires(ClinicsPermissions.Counter);
        routes.MapPost("/clinics/{code}/come", Come).Requires(ClinicsPermissions.Counter);
        routes.MapGet("/hall", (HttpContext http, Clinics clinics) => Choose(http, clinics, ClinicsPermissions.Hall, "/hall"))
            .Requires(ClinicsPermissions.Hall);
        routes.MapGet("/clinics/{code}/hall", (HttpContext http, Clinics clinics, HallBoard hall, string code) =>
            Hall(http, clinics, hall, code, whole: true))
            .Requires(ClinicsPermissions.Hall);
        routes.MapGet("/clinics/{code}/hall/part", (HttpContext http, Clinics clinics, HallBoard hall, string code) =>
            Hall(http, clinics, hall, code, whole: false))
            .Requires(ClinicsPermissions.Hall);
        routes.MapGet("/clinics/{code}/hall/live", (HttpContext http, Clinics clinics, HallBoard hall, string code) =>
            Of(http, clinics, ClinicsPermissions.Hall, code) is { Ok: true, Value: var clinic }
                ? TypedResults.ServerSentEvents(hall.Watch(clinic.Code, http.RequestAborted)) : (IResult)TypedResults.NotFound())
            .Requires(ClinicsPermissions.Hall).Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
    }

    public static Outcome<Clinic> Of(HttpContext http, Clinics clinics, Permission permission, string code) =>
        clinics.Find(code) is not { } clinic ? Clinics.Unknown : http.Actor().May(permission, clinic.Street) ? clinic : Clinics.OutOfScope;

    private static IResult Choose(HttpContext http, Clinics clinics, Permission permission, string after)
    {
        var mine = clinics.Of(http.Actor(), permission);
        return mine is [var only]
            ? Results.LocalRedirect($"/clinics/{only.Code}{after}")
            : ModelPage.Drawn<ClinicsPage>(new ClinicsModel(mine, after));
    }

    private static async Task<IResult> Morning(HttpContext http, MorningBook book, TimeProvider clock, string code, string? day, string? done)
    {
        var on = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : clock.Today();
        var view = await book.Of(http.Actor(), ClinicsPermissions.Counter, code, on, http.RequestAborted);
        return view.Ok
            ? ModelPage.Drawn<MorningPage>(new MorningModel(view.Value, http.Actor().May(ClinicsPermissions.Decide),
                done is "came" or "out" ? done : null))
            : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Look(HttpContext http, Clinics clinics, IPersonSearch search, TimeProvider clock, string code, string? q)
    {
        var clinic = Of(http, clinics, ClinicsPermissions.Counter, code);
        if (!clinic.Ok) return clinic.Refusal!.ToResult();
        if (string.IsNullOrWhiteSpace(q)) return ModelPage.Drawn<ComePage>(new ComeModel(clinic.Value, "", null, null));
        var found = await search.Find(http.Actor(), ClinicsPermissions.Counter, ClinicsPermissions.Purpose, q,
            clock.Today().AddYears(-YearsMax).AddDays(1));
        return ModelPage.Drawn<ComePage>(new ComeModel(clinic.Value, q, found.Ok ? found.Value : null, found.Refusal),
            found.Ok ? StatusCodes.Status200OK : Refusals.StatusOf(found.Refusal!));
    }

    private static async Task<IResult> Come(HttpContext http, Clinics clinics, ComeWithout come, T t, string code)
    {
        if (Of(http, clinics, ClinicsPermissions.Counter, code) is { Ok: false, Refusal: { } outside }) return outside.ToResult();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Guid.TryParse(form["person"].ToString(), out var person)) return Results.LocalRedirect($"/clinics/{code}/come");
        var done = await come.Run(http.Actor(), code, new PersonId(person), t, http.RequestAborted);
        if (done.Ok) return Results.LocalRedirect($"/clinics/visits/{done.Value.Id}?done=came");
        // Who has a number or a booking today is led to it.
        return done.Refusal!.At is { } visit && Guid.TryParse(visit, out var here)
            ? Results.LocalRedirect($"/clinics/visits/{here}")
            : done.Refusal.ToResult();
    }

    private static async Task<IResult> Hall(HttpContext http, Clinics clinics, HallBoard hall, string code, bool whole)
    {
        var clinic = Of(http, clinics, ClinicsPermissions.Hall, code);
        if (!clinic.Ok) return clinic.Refusal!.ToResult();
        var model = new HallModel(await hall.Show(clinic.Value, http.RequestAborted));
        return whole ? ModelPage.Drawn<HallPage>(model) : ModelPage.Drawn<HallPart>(model);
    }
}
