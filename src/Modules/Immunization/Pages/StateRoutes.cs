using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Immunization.Pages;

/// <summary>The form of a state of health, its end, and its withdrawal.</summary>
internal static class StateRoutes
{
    private static readonly string[] Fields = ["observation", "since", "source", "evidence", "note", "over", "why", "back"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/immunization/states/new",
            (HttpContext http, Guid id, ShowRecord show) => Form(http, id, null, show, new Dictionary<string, string>(), null))
            .Requires(ImmunizationPermissions.States);
        routes.MapPost("/people/{id:guid}/immunization/states", Record).Requires(ImmunizationPermissions.States);
        routes.MapGet("/people/{id:guid}/immunization/states/{state:long}",
            (HttpContext http, Guid id, long state, ShowRecord show) => Form(http, id, state, show, new Dictionary<string, string>(), null))
            .Requires(ImmunizationPermissions.States);
        routes.MapPost("/people/{id:guid}/immunization/states/{state:long}/end", End).Requires(ImmunizationPermissions.States);
        routes.MapPost("/people/{id:guid}/immunization/states/{state:long}/withdraw", Withdraw).Requires(ImmunizationPermissions.States);
    }

    private static async Task<IResult> Form(HttpContext http, Guid id, long? state, ShowRecord show,
        IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), ImmunizationPermissions.States, new PersonId(id), http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var row = state is { } asked ? view.Value.States.FirstOrDefault(one => one.Id == asked) : null;
        if (state is not null && row is null)
            return Refusal.Of("immunization.state.gone", "This state was ended or taken back meanwhile. Look at the page again.").ToResult();
        return ModelPage.Drawn<StatePage>(new StateModel(view.Value, RecordRoutes.Address(id), row, said, wrong),
            wrong is null ? 200 : Refusals.StatusOf(wrong));
    }

    private static async Task<IResult> Record(HttpContext http, Guid id, RecordState record, ShowRecord show)
    {
        var said = FormOf.Said(await http.Request.ReadFormAsync(http.RequestAborted), Fields);
        var done = await record.Record(http.Actor(), new PersonId(id),
            new StateTold(said["observation"], FormOf.Day(said["since"]), null, said["source"], said["evidence"], said["note"]));
        return done.Ok ? Results.Redirect(RecordRoutes.Address(id)) : await Form(http, id, null, show, said, done.Refusal);
    }

    private static async Task<IResult> End(HttpContext http, Guid id, long state, RecordState record, ShowRecord show)
    {
        var said = FormOf.Said(await http.Request.ReadFormAsync(http.RequestAborted), Fields);
        var done = await record.End(http.Actor(), new PersonId(id), state, FormOf.Day(said["over"]), said["why"]);
        return done.Ok ? Results.Redirect(RecordRoutes.Address(id)) : await Form(http, id, state, show, said, done.Refusal);
    }

    private static async Task<IResult> Withdraw(HttpContext http, Guid id, long state, RecordState record, ShowRecord show)
    {
        var said = FormOf.Said(await http.Request.ReadFormAsync(http.RequestAborted), Fields);
        var done = await record.Withdraw(http.Actor(), new PersonId(id), state, said["back"]);
        // The two forms of the page each have a reason of their own.
        var refusal = done.Refusal is { Code: "immunization.state.why" } why ? Refusal.Of("immunization.state.back", why.Message) : done.Refusal;
        return done.Ok ? Results.Redirect(RecordRoutes.Address(id)) : await Form(http, id, state, show, said, refusal);
    }
}
