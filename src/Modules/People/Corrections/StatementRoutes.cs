using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Corrections;

/// <summary>A clerk states on evidence what a list has wrong, or withdraws it.</summary>
internal static class StatementRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/statements/new", StatementForm).Requires(PeoplePermissions.Correct);
        routes.MapPost("/people/{id:guid}/statements", State).Requires(PeoplePermissions.Correct);
        routes.MapGet("/people/{id:guid}/statements/{statement:long}/withdraw", WithdrawForm).Requires(PeoplePermissions.Correct);
        routes.MapPost("/people/{id:guid}/statements/{statement:long}/withdraw", Withdraw).Requires(PeoplePermissions.Correct);
    }

    private static Task<IResult> StatementForm(HttpContext http, Guid id, ShowFile show, Precedence precedence, string? field) =>
        StatementPage(http, id, show, precedence, new Dictionary<string, string> { ["field"] = field ?? "" }, null);

    private static async Task<IResult> State(HttpContext http, Guid id, StateValue states, ShowFile show, Precedence precedence)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var asked = new Stating(form.Text("field"), form.Text("value"), form.Text("evidence"),
            form.Text("note", StateValue.NoteLengthMax), form.Text("from"));
        var done = await states.Run(http.Actor(), new PersonId(id), asked);
        if (done.Ok) return Results.Redirect($"/people/{id}?for=correct&done={done.Value}");
        if (Refusals.StatusOf(done.Refusal!) != StatusCodes.Status422UnprocessableEntity) return done.Refusal!.ToResult();
        var said = new Dictionary<string, string>
        {
            ["field"] = asked.Field,
            ["value"] = asked.Value,
            ["evidence"] = asked.Evidence,
            ["note"] = asked.Note,
            ["from"] = asked.TrueFrom
        };
        return await StatementPage(http, id, show, precedence, said, done.Refusal);
    }

    private static async Task<IResult> StatementPage(HttpContext http, Guid id, ShowFile show, Precedence precedence,
        IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Correct, new PersonId(id), new FileQuestion("correct"), http.RequestAborted);
        return view.Ok
            ? ModelPage.Drawn<StatementPage>(new StatementModel(view.Value, [.. precedence.All.Where(rule => rule.MayBeStated)], said, wrong),
            StatusOf.Page(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> WithdrawForm(HttpContext http, Guid id, long statement, StateValue states) =>
        (await states.MayWithdraw(http.Actor(), new PersonId(id), statement, http.RequestAborted)).Match<IResult>(
            _ => ModelPage.Drawn<ConfirmPage>(
                new ConfirmModel("people.withdraw.ask", "people.do.withdraw", "", http.Request.Path, $"/people/{id}", false, null)),
            refusal => refusal.ToResult());

    private static async Task<IResult> Withdraw(HttpContext http, Guid id, long statement, StateValue states)
    {
        var done = await states.Withdraw(http.Actor(), new PersonId(id), statement);
        return done.Ok ? Results.Redirect($"/people/{id}?for=correct") : done.Refusal!.ToResult();
    }
}
