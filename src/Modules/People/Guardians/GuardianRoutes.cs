using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Pages;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Guardians;

/// <summary>Guardians are recorded at the counter, and ended.</summary>
internal static class GuardianRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/guardians",
            (HttpContext http, Guid id, ShowFile show) => GuardianForm(http, id, show, new Dictionary<string, string>(), null))
            .Requires(PeoplePermissions.Guardian);
        routes.MapPost("/people/{id:guid}/guardians", Record).Requires(PeoplePermissions.Guardian);
        routes.MapPost("/people/{id:guid}/guardians/{link:long}/end", End).Requires(PeoplePermissions.Guardian);
    }

    private static async Task<IResult> GuardianForm(HttpContext http, Guid id, ShowFile show,
        IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Guardian, new PersonId(id), new FileQuestion("guardianship"),
            http.RequestAborted);
        return view.Ok ? ModelPage.Drawn<GuardiansPage>(new GuardiansModel(view.Value, said, wrong), StatusOf.Page(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Record(HttpContext http, Guid id, RecordGuardian record, FindPeople find, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var said = new[] { "guardian", "kind", "evidence", "until", "note" }.ToDictionary(name => name, name => form.Text(name));
        var until = FormOf.Day(said["until"]);
        if (!until.Ok) return await GuardianForm(http, id, show, said, until.Refusal);
        var guardian = await FileNamed.By(http, find, said["guardian"], "counter") ?? new PersonId(Guid.Empty);
        var done = await record.Run(http.Actor(), new PersonId(id),
            new GuardianAsked(guardian, said["kind"], said["evidence"], said["note"], until.Value));
        if (done.Ok) return Results.Redirect($"/people/{id}/guardians");
        return StatusOf.Page(done.Refusal) == StatusCodes.Status422UnprocessableEntity
            ? await GuardianForm(http, id, show, said, done.Refusal) : done.Refusal!.ToResult();
    }

    private static async Task<IResult> End(HttpContext http, Guid id, long link, RecordGuardian record)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var done = await record.End(http.Actor(), new PersonId(id), link, form.Text("reason"));
        return done.Ok ? Results.Redirect($"/people/{id}/guardians") : done.Refusal!.ToResult();
    }
}
