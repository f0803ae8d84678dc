using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Citizen;

/// <summary>A citizen's own pages, and the same for a child or an elder in one's care.</summary>
internal static class CitizenRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", (HttpContext http, MyFile mine, Guid? asked) => Page(http, mine, null, asked)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/reads", (HttpContext http, MyFile mine, int? page, int? own) => Reads(http, mine, null, page, own))
            .Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}",
            (HttpContext http, MyFile mine, Guid id, Guid? asked) => Page(http, mine, id, asked)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}/reads", (HttpContext http, MyFile mine, Guid id, int? page, int? own) => Reads(http, mine, id, page, own))
            .Requires(PeoplePermissions.OwnFile);
    }

    private static async Task<IResult> Page(HttpContext http, MyFile mine, Guid? id, Guid? asked)
    {
        var page = await mine.Run(http.Actor(), Person(id), http.RequestAborted);
        return page.Ok ? ModelPage.Drawn<MePage>(new MeModel(page.Value, Address(id), asked)) : page.Refusal!.ToResult();
    }

    private static async Task<IResult> Reads(HttpContext http, MyFile mine, Guid? id, int? page, int? own)
    {
        var reads = await mine.Reads(http.Actor(), Person(id), page ?? 1, own ?? 1, http.RequestAborted);
        return reads.Ok ? ModelPage.Drawn<MyReadsPage>(new MyReadsModel(reads.Value, Address(id))) : reads.Refusal!.ToResult();
    }

    private static PersonId? Person(Guid? id) => id is { } person ? new PersonId(person) : null;

    private static string Address(Guid? id) => id is { } person ? $"/me/people/{person}" : "/me";
}
