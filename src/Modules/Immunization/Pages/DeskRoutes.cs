using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Immunization.Pages;

/// <summary>The nurse's desk: one box, and the child's page behind it.</summary>
internal static class DeskRoutes
{
    /// <summary>The programme ends at eighteen; nobody older is looked for at its desk.</summary>
    private const int YearsMax = 18;

    public static DateOnly BornFrom(DateOnly today) => today.AddYears(-YearsMax).AddDays(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/immunization", Search).Requires(ImmunizationPermissions.Desk);

    private static async Task<IResult> Search(HttpContext http, IPersonSearch search, TimeProvider clock, string? q)
    {
        if (string.IsNullOrWhiteSpace(q)) return ModelPage.Drawn<DeskPage>(new DeskModel("", null, null));
        var found = await search.Find(http.Actor(), ImmunizationPermissions.Desk, ShowRecord.Purpose, q, BornFrom(clock.Today()));
        if (found is { Ok: true, Value: { More: false, People: [var only] } }) return Results.Redirect($"/people/{only.Id}/immunization");
        return ModelPage.Drawn<DeskPage>(new DeskModel(q, found.Ok ? found.Value : null, found.Refusal),
            found.Ok ? StatusCodes.Status200OK : Refusals.StatusOf(found.Refusal!));
    }
}
