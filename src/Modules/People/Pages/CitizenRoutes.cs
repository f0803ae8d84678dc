using Legwork.Kernel;
using Legwork.People.Citizen;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Pages;

/// <summary>A citizen's own pages, and the same for a child or an elder in one's care.</summary>
internal static class CitizenRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", (HttpContext http, MyFile mine) => Page(http, mine, null)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/reads", (HttpContext http, MyFile mine, int? page, int? own) => Reads(http, mine, null, page, own)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/corrections/new", (HttpContext http, MyFile mine, Precedence rules) => AskForm(http, mine, rules, null, new Dictionary<string, string>(), "field", null)).Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/corrections", (HttpContext http, MyFile mine, AskCorrection ask, Precedence rules) => Ask(http, mine, ask, rules, null)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}", (HttpContext http, MyFile mine, Guid id) => Page(http, mine, id)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}/reads", (HttpContext http, MyFile mine, Guid id, int? page, int? own) => Reads(http, mine, id, page, own)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}/corrections/new", (HttpContext http, MyFile mine, Precedence rules, Guid id) => AskForm(http, mine, rules, id, new Dictionary<string, string>(), "field", null))
            .Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/people/{id:guid}/corrections", (HttpContext http, MyFile mine, AskCorrection ask, Precedence rules, Guid id) => Ask(http, mine, ask, rules, id)).Requires(PeoplePermissions.OwnFile);
    }

    private static async Task<IResult> Page(HttpContext http, MyFile mine, Guid? id)
    {
        var page = await mine.Run(http.Actor(), Person(id));
        return page.Ok ? Drawn.As<MePage>(new MeModel(page.Value, Address(id))) : page.Refusal!.ToResult();
    }

    private static IResult Reads(HttpContext http, MyFile mine, Guid? id, int? page, int? own)
    {
        var reads = mine.Reads(http.Actor(), Person(id), page ?? 1, own ?? 1);
        return reads.Ok ? Drawn.As<MyReadsPage>(new MyReadsModel(reads.Value, Address(id))) : reads.Refusal!.ToResult();
    }

    private static async Task<IResult> AskForm(HttpContext http, MyFile mine, Precedence rules, Guid? id, IReadOnlyDictionary<string, string> said, string at, Refusal? wrong)
    {
        var page = await mine.Run(http.Actor(), Person(id));
        return page.Ok ? Drawn.As<AskPage>(new AskModel(page.Value, Address(id), [.. rules.All.Where(rule => rule.MayBeStated)], said, at, wrong), ActRoutes.Status(wrong)) : page.Refusal!.ToResult();
    }

    private static async Task<IResult> Ask(HttpContext http, MyFile mine, AskCorrection ask, Precedence rules, Guid? id)
    {
        var form = await http.Request.ReadFormAsync();
        var said = new Dictionary<string, string> { ["field"] = form.Text("field"), ["value"] = form.Text("value"), ["why"] = form.Text("why", AskCorrection.WhyLengthMax) };
        if ((Person(id) ?? (http.Actor().Person is { } own ? new PersonId(own) : (PersonId?)null)) is not { } person) return Desk.FileScope.NotFound.ToResult();
        var asked = await ask.Run(http.Actor(), person, said["field"], said["value"], said["why"]);
        if (asked.Ok) return Results.Redirect(Address(id));
        if (ActRoutes.Status(asked.Refusal) == StatusCodes.Status403Forbidden) return asked.Refusal!.ToResult();
        var at = asked.Refusal!.Code switch { "people.correction.why" => "why", "people.statement.field" => "field", "people.correction.too_many" => "field", _ => "value" };
        return await AskForm(http, mine, rules, id, said, at, asked.Refusal);
    }

    private static PersonId? Person(Guid? id) => id is { } person ? new PersonId(person) : null;

    private static string Address(Guid? id) => id is { } person ? $"/me/people/{person}" : "/me";
}
