using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Search;

/// <summary>The desk's search: a thin door to the use case.</summary>
internal static class SearchRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people", Search).Requires(PeoplePermissions.Search);
    }

    private static async Task<IResult> Search(HttpContext http, FindPeople find, FileReading reading, string? q, int? page)
    {
        var purposes = reading.Open(http.Actor(), PeoplePermissions.Search, FileRoutes.DeskPurposes);
        var purpose = FileRoutes.PurposeAsked(http, purposes);
        var found = await find.Run(new Searcher(http.Actor(), PeoplePermissions.Search) { Cancel = http.RequestAborted }, q, page ?? 1, purpose);
        if (found.Ok && found.Value is { By: AskedBy.Number, Total: 1 } one) return Results.Redirect($"/people/{one.People[0].Id}?for={purpose}");
        return ModelPage.Drawn<PeopleSearch>(new SearchModel(q ?? "", purpose, purposes, found.Ok ? found.Value : null, found.Refusal),
            found.Ok ? StatusCodes.Status200OK : Refusals.StatusOf(found.Refusal!));
    }
}
