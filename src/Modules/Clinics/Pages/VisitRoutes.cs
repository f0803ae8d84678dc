using System.Globalization;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Clinics.Pages;

/// <summary>One visit, and every step of it as a form: what was typed and refused comes back with all that is wrong.</summary>
internal static class VisitRoutes
{
    private const int TextMax = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var visits = routes.MapGroup("/clinics/visits/{id:guid}").DisableAntiforgery();
        visits.MapGet("", (HttpContext http, Guid id, string? done) => Show(http, id, done)).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/arrive", (HttpContext http, Guid id) => Act(http, id, "arrived", ClinicsPermissions.Counter, At.Counter,
            (visit, at, _) => VisitActs.Arrive(visit, at)))
            .Requires(ClinicsPermissions.Counter);
        visits.MapPost("/check", (HttpContext http, Guid id) => Act(http, id, "checked", ClinicsPermissions.Counter, At.Counter, Check))
            .Requires(ClinicsPermissions.Counter);
        visits.MapPost("/fit", (HttpContext http, Guid id) => Act(http, id, "found_fit", ClinicsPermissions.Decide, At.Doctor,
            (visit, _, form) => VisitActs.FindFit(visit, Text(form, "reason")))).Requires(ClinicsPermissions.Decide);
        visits.MapPost("/defer", (HttpContext http, Guid id) => Act(http, id, "deferred", ClinicsPermissions.Decide, At.Doctor,
            (visit, at, form) => VisitActs.Defer(visit, at, Text(form, "reason"), Day(form, "next")), "defer-")).Requires(ClinicsPermissions.Decide);
        visits.MapPost("/consent", Consent).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/register", Register).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/check-out", (HttpContext http, Guid id) => Act(http, id, "out", ClinicsPermissions.Counter, At.Hall,
            (visit, at, form) => VisitActs.CheckOut(visit, at, Text(form, "reason")))).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/leave", (HttpContext http, Guid id) => Act(http, id, "gone", ClinicsPermissions.Counter, At.Hall,
            (visit, at, form) => VisitActs.Leave(visit, at, Text(form, "reason")), "leave-")).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/cancel", (HttpContext http, Guid id) => Act(http, id, "cancelled", ClinicsPermissions.Counter, At.Counter,
            (visit, at, form) => VisitActs.Cancel(visit, at, Text(form, "reason")), "leave-")).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/take-back", TakeBack).Requires(ClinicsPermissions.Counter);
        visits.MapPost("/beyond", Beyond).Requires(ClinicsPermissions.Decide);
    }

    /// <summary>The visit as the page shows it. The look is in the log.</summary>
    public static async Task<Outcome<VisitModel>> Model(HttpContext http, Permission permission, Guid id, IFormCollection? form,
        FormErrors? errors, string? done)
    {
        var (services, cancel) = (http.RequestServices, http.RequestAborted);
        var (clinics, clock, t) = (services.GetRequiredService<Clinics>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<T>());
        var opened = await services.GetRequiredService<VisitDesk>().Open(http.Actor(), permission, id, cancel);
        if (!opened.Ok) return opened.Refusal!;
        var visit = opened.Value;
        var child = await services.GetRequiredService<IDoseBook>().Served(http.Actor(), permission, ClinicsPermissions.Purpose,
            visit.Person, visit.Day, t, cancel);
        if (!child.Ok) return child.Refusal!;
        var (acts, consents) = await services.GetRequiredService<Store>().ReadAsync(async session =>
            (await VisitRows.ActsAsync(session, id), ConsentRows.Standing(await ConsentRows.Of(session, child.Value.Ids))), cancel);
        var vault = services.GetRequiredService<NumberVault>();
        var gone = acts.Select(act => act.TakesBack).OfType<long>().ToHashSet();
        var check = acts.LastOrDefault(act => act is { Act: "checked", Told: not null } && !gone.Contains(act.Step));
        var clinic = clinics.Find(visit.Clinic)!;
        return new VisitModel(visit, clinic, clinics.Rules, child.Value, acts,
            CheckTold.Read(check is null ? null : vault.Open(check.Told!)), consents,
            services.GetRequiredService<IDoseBook>().Vaccines(visit.Day),
            await services.GetRequiredService<MorningBook>().Clock(clinic, visit.Day, cancel),
            clock.GetUtcNow(), http.Actor().May(ClinicsPermissions.Decide, clinic.Street),
            form?.ToDictionary(field => field.Key, field => string.Join(' ', field.Value.OfType<string>())) ?? [], errors, done);
    }

    private static async Task<IResult> Show(HttpContext http, Guid id, string? done, IFormCollection? form = null,
        FormErrors? errors = null, int status = 200)
    {
        var model = await Model(http, ClinicsPermissions.Counter, id, form, errors, done);
        return model.Ok ? ModelPage.Drawn<VisitPage>(model.Value, status) : model.Refusal!.ToResult();
    }

    private static async Task<IResult> Act(HttpContext http, Guid id, string done, Permission permission, string room,
        Func<Visit, At, IFormCollection, Outcome<VisitStep>> act, string prefix = "")
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var did = await http.RequestServices.GetRequiredService<VisitDesk>().Do(http.Actor(), permission, Asked(id, room, form),
            (visit, at) => act(visit, at, form));
        return did.Ok ? Results.LocalRedirect($"/clinics/visits/{id}?done={done}") : await Refused(http, id, form, did.Refusal!, prefix);
    }

    /// <param name="prefix">Of the one of the page's forms that was refused.</param>
    private static async Task<IResult> Refused(HttpContext http, Guid id, IFormCollection form, Refusal refusal, string prefix)
    {
        if (refusal.Code is "clinics.visit_unknown" or "clinics.out_of_scope") return refusal.ToResult();
        var t = http.RequestServices.GetRequiredService<T>();
        return await Show(http, id, null, form,
            FormErrors.Of(t, code => prefix == "back-" ? "reason" : FieldOf(code), refusal, prefix), Refusals.StatusOf(refusal));
    }

    private static string FieldOf(string code) => code switch
    {
        "clinics.temperature" or "clinics.temperature_range" => "celsius",
        "clinics.next_day" => "next",
        "clinics.reason" or "clinics.reason_long" or "clinics.consent_reason" => "reason",
        "clinics.consent_sign" => "signTyped",
        "clinics.consent_as" => "as",
        "clinics.consent_answer" => "answer",
        "clinics.never" => "clause",
        "clinics.products" or "clinics.no_consent" => "product",
        _ => "act",
    };

    private static ActAsked Asked(Guid id, string room, IFormCollection form) =>
        new(id, long.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0, room);

    private static Outcome<VisitStep> Check(Visit visit, At at, IFormCollection form)
    {
        // A comma is what a hand writes where a point is meant.
        var celsius = double.TryParse(form["celsius"].ToString().Trim().Replace(',', '.').Replace('。', '.'), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var measured) ? measured : (double?)null;
        return VisitActs.Check(visit, at, celsius,
            at.Rules.Questions.ToDictionary(question => question.Code, question => form[question.Code].ToString()));
    }

    private static async Task<IResult> Consent(HttpContext http, KeepConsent keep, VisitDesk desk, IDoseBook doses, T t, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var visit = await desk.Open(http.Actor(), ClinicsPermissions.Counter, id, http.RequestAborted);
        if (!visit.Ok) return visit.Refusal!.ToResult();
        var vaccine = doses.Vaccines(visit.Value.Day).FirstOrDefault(one => one.Code == form["product"].ToString());
        if (vaccine is null) return await Refused(http, id, form, Refusal.Of("clinics.products", "Choose what is given today."), "");
        var strokes = form["signImage"].ToString() is { Length: > 0 } drawn ? drawn : Text(form, "signTyped");
        var kept = await keep.Run(http.Actor(), new ConsentAsked(visit.Value.Person, vaccine.Code, form["answer"].ToString(),
            ConsentText.Of(t, vaccine),
            Text(form, "reason"), strokes, form["as"].ToString(), id));
        return kept.Ok ? Results.LocalRedirect($"/clinics/visits/{id}?done=consent")
            : await Refused(http, id, form, kept.Refusal!, vaccine.Code + "-");
    }

    private static async Task<IResult> Register(HttpContext http, VisitDesk desk, IDoseBook doses, Store store, T t, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var visit = await desk.Open(http.Actor(), ClinicsPermissions.Counter, id, http.RequestAborted);
        if (!visit.Ok) return visit.Refusal!.ToResult();
        var child = await doses.Served(http.Actor(), ClinicsPermissions.Counter, ClinicsPermissions.Purpose,
            visit.Value.Person, visit.Value.Day, t, http.RequestAborted);
        if (!child.Ok) return child.Refusal!.ToResult();
        var wanted = form["product"].OfType<string>().Where(product => product.Length is > 0 and <= 40).Distinct().ToList();
        var consented = await store.ReadAsync(session => ConsentRows.InForce(session, child.Value.Ids), http.RequestAborted);
        return await Act(http, id, "registered", ClinicsPermissions.Counter, At.Counter,
            (one, at, _) => VisitActs.Register(one, at, wanted, consented));
    }

    private static async Task<IResult> TakeBack(HttpContext http, VisitDesk desk, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var did = await desk.TakeBack(http.Actor(), ClinicsPermissions.Counter, Asked(id, At.Counter, form), Text(form, "reason"));
        return did.Ok ? Results.LocalRedirect($"/clinics/visits/{id}?done=taken_back")
            : await Refused(http, id, form, did.Refusal!, "back-");
    }

    private static async Task<IResult> Beyond(HttpContext http, GoBeyond beyond, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var did = await beyond.Run(http.Actor(), id, [.. form["clause"].OfType<string>().Where(clause => clause.Length is > 0 and <= 40)],
            Text(form, "reason"));
        return did.Ok ? Results.LocalRedirect($"/clinics/visits/{id}?done=beyond") : await Refused(http, id, form, did.Refusal!, "beyond-");
    }

    private static string Text(IFormCollection form, string name) => FormText.Cut(form[name].ToString(), TextMax + 1);

    private static DateOnly? Day(IFormCollection form, string name) =>
        DateOnly.TryParseExact(form[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
