using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Immunization.Pages;

/// <summary>A person's immunization page for the desk and for the citizen, and the form of a dose: thin doors to the use cases.</summary>
internal static class RecordRoutes
{
    private const int TextMax = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/immunization", Page).Requires(ImmunizationPermissions.View);
        routes.MapGet("/people/{id:guid}/immunization/doses/new", (HttpContext http, Guid id, ShowRecord show) => Form(http, id, null, show, new Dictionary<string, string>(), null)).Requires(ImmunizationPermissions.Record);
        routes.MapPost("/people/{id:guid}/immunization/doses", Record).Requires(ImmunizationPermissions.Record);
        routes.MapGet("/people/{id:guid}/immunization/doses/{dose:long}", (HttpContext http, Guid id, long dose, ShowRecord show) => Form(http, id, dose, show, new Dictionary<string, string>(), null)).Requires(ImmunizationPermissions.Record);
        routes.MapPost("/people/{id:guid}/immunization/doses/{dose:long}", Correct).Requires(ImmunizationPermissions.Record);
        routes.MapPost("/people/{id:guid}/immunization/doses/{dose:long}/withdraw", Withdraw).Requires(ImmunizationPermissions.Record);
        routes.MapGet("/me/immunization", (HttpContext http, ShowRecord show) => Own(http, null, show)).Requires(ImmunizationPermissions.Own);
        routes.MapGet("/me/people/{id:guid}/immunization", (HttpContext http, Guid id, ShowRecord show) => Own(http, id, show)).Requires(ImmunizationPermissions.Own);
    }

    private static async Task<IResult> Page(HttpContext http, Guid id, ShowRecord show)
    {
        var view = await show.Run(http.Actor(), ImmunizationPermissions.View, new PersonId(id));
        return view.Ok ? Drawn.As<RecordPage>(new RecordModel(view.Value, Address(id), $"/people/{id}", http.Actor().May(ImmunizationPermissions.Record))) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Own(HttpContext http, Guid? id, ShowRecord show)
    {
        var view = await show.Own(http.Actor(), id is { } asked ? new PersonId(asked) : null);
        var back = id is { } ward ? $"/me/people/{ward}" : "/me";
        return view.Ok ? Drawn.As<RecordPage>(new RecordModel(view.Value, back + "/immunization", back, false)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Form(HttpContext http, Guid id, long? dose, ShowRecord show, IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), ImmunizationPermissions.Record, new PersonId(id));
        if (!view.Ok) return view.Refusal!.ToResult();
        var row = dose is { } asked ? view.Value.Doses.FirstOrDefault(one => one.Dose.Id == asked)?.Dose : null;
        if (dose is not null && row is null) return Refusal.Of("immunization.dose.gone", "This dose was told again or taken back meanwhile. Look at the page again.").ToResult();
        return Drawn.As<DosePage>(new DoseModel(view.Value, Address(id), row, said, wrong), wrong is null ? 200 : Refusals.StatusOf(wrong));
    }

    private static async Task<IResult> Record(HttpContext http, Guid id, RecordDose record, ShowRecord show)
    {
        var (told, said) = Told(await http.Request.ReadFormAsync());
        var done = await record.Record(http.Actor(), new PersonId(id), told);
        return done.Ok ? Results.Redirect(Address(id)) : await Form(http, id, null, show, said, done.Refusal);
    }

    private static async Task<IResult> Correct(HttpContext http, Guid id, long dose, RecordDose record, ShowRecord show)
    {
        var (told, said) = Told(await http.Request.ReadFormAsync());
        var done = await record.Correct(http.Actor(), new PersonId(id), dose, told);
        return done.Ok ? Results.Redirect(Address(id)) : await Form(http, id, dose, show, said, done.Refusal);
    }

    private static async Task<IResult> Withdraw(HttpContext http, Guid id, long dose, RecordDose record, ShowRecord show)
    {
        var (_, said) = Told(await http.Request.ReadFormAsync());
        var done = await record.Withdraw(http.Actor(), new PersonId(id), dose, said["why"]);
        return done.Ok ? Results.Redirect(Address(id)) : await Form(http, id, dose, show, said, done.Refusal);
    }

    private static (DoseTold, IReadOnlyDictionary<string, string>) Told(IFormCollection form)
    {
        var said = new[] { "on", "vaccine", "lot", "site", "clinic", "province", "evidence", "note", "why" }.ToDictionary(name => name, name =>
            form[name].ToString().Trim() is var text && text.Length > TextMax ? text[..TextMax] : text);
        DateOnly? on = DateOnly.TryParseExact(said["on"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return (new DoseTold(on, said["vaccine"], said["lot"], said["site"], said["clinic"], said["province"], said["evidence"], said["note"]), said);
    }

    private static string Address(Guid id) => $"/people/{id}/immunization";
}
