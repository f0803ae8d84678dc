using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Immunization.Pages;

/// <summary>A person's immunization page for the nurse, the counter and the citizen: thin doors to the use case.</summary>
internal static class RecordRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/immunization", Page).Requires(ImmunizationPermissions.View);
        routes.MapGet("/me/immunization", (HttpContext http, ShowRecord show) => Own(http, null, show)).Requires(ImmunizationPermissions.Own);
        routes.MapGet("/me/people/{id:guid}/immunization", (HttpContext http, Guid id, ShowRecord show) => Own(http, id, show))
            .Requires(ImmunizationPermissions.Own);
    }

    public static string Address(Guid id) => $"/people/{id}/immunization";

    private static async Task<IResult> Page(HttpContext http, Guid id, ShowRecord show, long? kept)
    {
        var (actor, person) = (http.Actor(), new PersonId(id));
        // Who is a nurse here and a clerk elsewhere reads as a nurse where she is one: the first role would close states of health to her.
        if (actor.May(ImmunizationPermissions.Desk)
            && await show.Run(actor, ImmunizationPermissions.Desk, person, http.RequestAborted) is { Ok: true, Value: var seen })
            return ModelPage.Drawn<RecordPage>(new RecordModel(seen, Address(id), "/immunization", true, kept));
        var view = await show.Run(actor, ImmunizationPermissions.View, person, http.RequestAborted);
        return view.Ok
            ? ModelPage.Drawn<RecordPage>(new RecordModel(view.Value, Address(id), $"/people/{id}", false, null)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Own(HttpContext http, Guid? id, ShowRecord show)
    {
        var view = await show.Own(http.Actor(), id is { } asked ? new PersonId(asked) : null, http.RequestAborted);
        var back = id is { } ward ? $"/me/people/{ward}" : "/me";
        return view.Ok
            ? ModelPage.Drawn<RecordPage>(new RecordModel(view.Value, back + "/immunization", back, false, null)) : view.Refusal!.ToResult();
    }
}
