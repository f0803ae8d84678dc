using Legwork.Kernel;
using Legwork.People.Desk;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Pages;

/// <summary>What a clerk does for a person at the counter: a printed copy, the proofing of identity, and guardians.</summary>
internal static class CounterRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/print", Print).Requires(PeoplePermissions.Print);
        routes.MapGet("/people/{id:guid}/proofing", (HttpContext http, Guid id, ShowFile show) => ProofingForm(http, id, show, new Dictionary<string, string>(), null)).Requires(PeoplePermissions.Proof);
        routes.MapPost("/people/{id:guid}/proofing", Proof).Requires(PeoplePermissions.Proof);
        routes.MapGet("/people/{id:guid}/guardians", (HttpContext http, Guid id, ShowFile show) => GuardianForm(http, id, show, new Dictionary<string, string>(), null)).Requires(PeoplePermissions.Guardian);
        routes.MapPost("/people/{id:guid}/guardians", Record).Requires(PeoplePermissions.Guardian);
        routes.MapPost("/people/{id:guid}/guardians/{link:long}/end", End).Requires(PeoplePermissions.Guardian);
    }

    private static async Task<IResult> Print(HttpContext http, Guid id, ShowFile show)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Print, new PersonId(id), new FileQuestion("counter"));
        return view.Ok ? Drawn.As<PrintPage>(view.Value) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> ProofingForm(HttpContext http, Guid id, ShowFile show, IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Proof, new PersonId(id), new FileQuestion("proofing"));
        return view.Ok ? Drawn.As<ProofingPage>(new ProofingModel(view.Value, said, wrong), ActRoutes.Status(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Proof(HttpContext http, Guid id, ProofCitizen proof, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync();
        var checks = form["checks"].ToArray();
        var asked = new ProofingAsked(form.Text("document"), checks.Contains("face"), checks.Contains("genuine"), form.Text("number"), form.Text("note"));
        var opened = await proof.Run(http.Actor(), new PersonId(id), asked);
        if (!opened.Ok && ActRoutes.Status(opened.Refusal) != StatusCodes.Status422UnprocessableEntity) return opened.Refusal!.ToResult();
        if (!opened.Ok)
        {
            var said = new Dictionary<string, string> { ["document"] = asked.Document, ["number"] = asked.Number, ["note"] = asked.Note, ["checks"] = string.Join(' ', checks) };
            return await ProofingForm(http, id, show, said, opened.Refusal);
        }
        var view = await show.Run(http.Actor(), PeoplePermissions.Proof, new PersonId(id), new FileQuestion("proofing"));
        return view.Ok ? Drawn.As<NewAccountPage>(new NewAccountModel(view.Value, opened.Value)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> GuardianForm(HttpContext http, Guid id, ShowFile show, IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Guardian, new PersonId(id), new FileQuestion("guardianship"));
        return view.Ok ? Drawn.As<GuardiansPage>(new GuardiansModel(view.Value, said, wrong), ActRoutes.Status(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Record(HttpContext http, Guid id, RecordGuardian record, FindPeople find, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync();
        var said = new[] { "guardian", "kind", "evidence", "until", "note" }.ToDictionary(name => name, name => form.Text(name));
        var until = FormOf.Day(said["until"]);
        if (!until.Ok) return await GuardianForm(http, id, show, said, until.Refusal);
        var guardian = await ActRoutes.FileNamed(http, find, said["guardian"], "counter") ?? new PersonId(Guid.Empty);
        var done = await record.Run(http.Actor(), new PersonId(id), new GuardianAsked(guardian, said["kind"], said["evidence"], said["note"], until.Value));
        if (done.Ok) return Results.Redirect($"/people/{id}/guardians");
        return ActRoutes.Status(done.Refusal) == StatusCodes.Status422UnprocessableEntity ? await GuardianForm(http, id, show, said, done.Refusal) : done.Refusal!.ToResult();
    }

    private static async Task<IResult> End(HttpContext http, Guid id, long link, RecordGuardian record)
    {
        var form = await http.Request.ReadFormAsync();
        var done = await record.End(http.Actor(), new PersonId(id), link, form.Text("reason"));
        return done.Ok ? Results.Redirect($"/people/{id}/guardians") : done.Refusal!.ToResult();
    }
}
