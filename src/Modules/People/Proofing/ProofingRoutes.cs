using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Proofing;

/// <summary>Identity is proofed at the counter, and an account is given.</summary>
internal static class ProofingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/proofing",
            (HttpContext http, Guid id, ShowFile show) => ProofingForm(http, id, show, new Dictionary<string, string>(), null))
            .Requires(PeoplePermissions.Proof);
        routes.MapPost("/people/{id:guid}/proofing", Proof).Requires(PeoplePermissions.Proof);
    }

    private static async Task<IResult> ProofingForm(HttpContext http, Guid id, ShowFile show,
        IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Proof, new PersonId(id), new FileQuestion("proofing"), http.RequestAborted);
        return view.Ok ? ModelPage.Drawn<ProofingPage>(new ProofingModel(view.Value, said, wrong), StatusOf.Page(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Proof(HttpContext http, Guid id, ProofCitizen proof, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var checks = form["checks"].ToArray();
        var asked = new ProofingAsked(form.Text("document"), checks.Contains("face"), checks.Contains("genuine"),
            form.Text("number"), form.Text("note"));
        var opened = await proof.Run(http.Actor(), new PersonId(id), asked);
        if (!opened.Ok && StatusOf.Page(opened.Refusal) != StatusCodes.Status422UnprocessableEntity) return opened.Refusal!.ToResult();
        if (!opened.Ok)
        {
            var said = new Dictionary<string, string>
            {
                ["document"] = asked.Document,
                ["number"] = asked.Number,
                ["note"] = asked.Note,
                ["checks"] = string.Join(' ', checks)
            };
            return await ProofingForm(http, id, show, said, opened.Refusal);
        }
        var view = await show.Run(http.Actor(), PeoplePermissions.Proof, new PersonId(id), new FileQuestion("proofing"), http.RequestAborted);
        return view.Ok ? ModelPage.Drawn<NewAccountPage>(new NewAccountModel(view.Value, opened.Value)) : view.Refusal!.ToResult();
    }
}
