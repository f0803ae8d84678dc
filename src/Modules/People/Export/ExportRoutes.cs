using Legwork.Kernel;
using Legwork.People.Findings;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Export;

/// <summary>Tables going out.</summary>
internal static class ExportRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/export",
            (HttpContext http, CountFindings findings) => ExportForm(http, findings, new ExportAsked("", "", "", "lives"), null))
            .Requires(PeoplePermissions.Export);
        routes.MapPost("/people/export", Export).Requires(PeoplePermissions.Export);
    }

    private static async Task<IResult> ExportForm(HttpContext http, CountFindings findings, ExportAsked said, Refusal? wrong)
    {
        var places = http.Actor().Where(PeoplePermissions.Export).Select(scope => scope.Code).ToList();
        return ModelPage.Drawn<ExportPage>(new ExportModel(places, [.. (await findings.Run(http.RequestAborted)).Select(count => count.Kind)],
            said.Place.Length > 0 || wrong is not null ? said : said with { Place = places.FirstOrDefault() ?? "" }, wrong),
            StatusOf.Page(wrong));
    }

    private static async Task<IResult> Export(HttpContext http, ExportPeople export, CountFindings findings, PlaceNames places)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var asked = new ExportAsked(places.Coded(form.Text("place"), form.Text("place" + PlaceField.Chosen)),
            form.Text("finding"), form.Text("insured"), form.Text("by"));
        var table = await export.Run(http.Actor(), asked);
        return table.Ok ? Results.Stream(table.Value, "text/csv; charset=utf-8", $"{asked.Place}.csv")
            : await ExportForm(http, findings, asked, table.Refusal);
    }
}
