using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Corrections;

/// <summary>A person asks to have a value put right, of the own file or of one in the person's care.</summary>
internal static class AskRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/corrections/new",
            (HttpContext http, OwnFile mine, Precedence rules) => AskForm(http, mine, rules, null, new Dictionary<string, string>(), null))
            .Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/corrections", (HttpContext http, OwnFile mine, AskCorrection ask, Precedence rules) => Ask(http, mine, ask, rules, null))
            .Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}/corrections/new",
            (HttpContext http, OwnFile mine, Precedence rules, Guid id) =>
                AskForm(http, mine, rules, id, new Dictionary<string, string>(), null))
            .Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/corrections/{asked:guid}/withdraw",
            (HttpContext http, AskCorrection ask, T t, Guid asked) => Withdraw(http, ask, t, null, asked)).Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/people/{id:guid}/corrections/{asked:guid}/withdraw",
            (HttpContext http, AskCorrection ask, T t, Guid id, Guid asked) => Withdraw(http, ask, t, id, asked)).Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/people/{id:guid}/corrections",
            (HttpContext http, OwnFile mine, AskCorrection ask, Precedence rules, Guid id) => Ask(http, mine, ask, rules, id))
            .Requires(PeoplePermissions.OwnFile);
    }

    private static async Task<IResult> AskForm(HttpContext http, OwnFile mine, Precedence rules, Guid? id,
        IReadOnlyDictionary<string, string> said, Refusal? wrong)
    {
        var view = await mine.Show(http.Actor(), Person(id), http.RequestAborted);
        return view.Ok
            ? ModelPage.Drawn<AskPage>(new AskModel(view.Value, Address(id),
                [.. rules.All.Where(rule => rule.MayBeStated && (id is not null || rule.Code != AskCorrection.DayOfDeath))], said, wrong),
            StatusOf.Page(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> Ask(HttpContext http, OwnFile mine, AskCorrection ask, Precedence rules, Guid? id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var said = new Dictionary<string, string>
        {
            ["field"] = form.Text("field"),
            ["value"] = form.Text("value"),
            ["why"] = form.Text("why", AskCorrection.WhyLengthMax)
        };
        if ((Person(id) ?? OwnFile.IdOf(http.Actor())) is not { } person)
            return FileScope.NotFound.ToResult();
        var asked = await ask.Run(http.Actor(), person, said["field"], said["value"], said["why"]);
        if (asked.Ok) return Results.Redirect($"{Address(id)}?asked={asked.Value}");
        if (StatusOf.Page(asked.Refusal) == StatusCodes.Status403Forbidden) return asked.Refusal!.ToResult();
        return await AskForm(http, mine, rules, id, said, asked.Refusal);
    }

    private static async Task<IResult> Withdraw(HttpContext http, AskCorrection ask, T t, Guid? id, Guid asked)
    {
        if ((Person(id) ?? OwnFile.IdOf(http.Actor())) is not { } person) return FileScope.NotFound.ToResult();
        var done = await ask.Withdraw(http.Actor(), person, asked, t["people.correction.withdrawn.reason"]);
        return done.Ok ? Results.Redirect($"{Address(id)}?asked={asked}") : done.Refusal!.ToResult();
    }

    private static PersonId? Person(Guid? id) => id is { } person ? new PersonId(person) : null;

    private static string Address(Guid? id) => id is { } person ? $"/me/people/{person}" : "/me";
}
