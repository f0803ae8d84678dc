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
            async (HttpContext http, Guid id, ShowFile show, RecordGuardian record, long? done) => await GuardianForm(http, id, show,
                new Dictionary<string, string>(), [], null,
                done is { } link ? await record.DoneToday(http.Actor(), new PersonId(id), link, http.RequestAborted) : null))
            .Requires(PeoplePermissions.Guardian);
        routes.MapPost("/people/{id:guid}/guardians", Record).Requires(PeoplePermissions.Guardian);
        routes.MapPost("/people/{id:guid}/guardians/{link:long}/end", End).Requires(PeoplePermissions.Guardian);
    }

    private static async Task<IResult> GuardianForm(HttpContext http, Guid id, ShowFile show,
        IReadOnlyDictionary<string, string> said, IReadOnlyList<FoundPerson> choices, Refusal? wrong, GuardianDone? done = null)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Guardian, new PersonId(id), new FileQuestion("guardianship"),
            http.RequestAborted);
        return view.Ok ? ModelPage.Drawn<GuardiansPage>(new GuardiansModel(view.Value, said, choices, wrong, done), StatusOf.Page(wrong))
            : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Record(HttpContext http, Guid id, RecordGuardian record, FindPeople find, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var said = new[] { "guardian", "kind", "evidence", "until", "note" }.ToDictionary(name => name, name => form.Text(name));
        var until = FormOf.Day(said["until"]);
        var named = await FileNamed.By(http, find, form, "guardian", "counter", new PersonId(id));
        var asked = new GuardianAsked(named.File ?? new PersonId(Guid.Empty), said["kind"], said["evidence"], said["note"],
            until.Ok ? until.Value : null);
        var wrong = Refusal.All([named.File is null ? FileNamed.Unnamed(named, RecordGuardian.Nobody) : null, .. RecordGuardian.Faults(asked),
            until.Refusal]);
        if (wrong is null)
        {
            var done = await record.Run(http.Actor(), new PersonId(id), asked);
            if (done.Ok) return Results.Redirect($"/people/{id}/guardians?done={done.Value}");
            wrong = done.Refusal!;
            if (StatusOf.Page(wrong) != StatusCodes.Status422UnprocessableEntity) return wrong.ToResult();
        }
        return await GuardianForm(http, id, show, said, named.Choices, wrong);
    }

    private static async Task<IResult> End(HttpContext http, Guid id, long link, RecordGuardian record, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var done = await record.End(http.Actor(), new PersonId(id), link, form.Text("reason"));
        if (done.Ok) return Results.Redirect($"/people/{id}/guardians?done={link}");
        return done.Refusal!.Code == "people.guardian.reason"
            ? await GuardianForm(http, id, show, new Dictionary<string, string>(), [], done.Refusal with { At = GuardiansModel.ReasonOf(link) })
            : done.Refusal.ToResult();
    }
}
