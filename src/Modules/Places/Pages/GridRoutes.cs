using System.Globalization;
using System.Text.Json;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Places.Pages;

/// <summary>How the outlines are told; <see cref="GridRoutes"/> writes them as it goes.</summary>
internal sealed record GridOutlines(string Type, IReadOnlyList<GridOutline> Features);

internal sealed record GridOutline(string Type, GridTold Properties, GridShape Geometry);

internal sealed record GridTold(string Code, string Name, string Street, string Community, int Order, bool Demonstration);

internal sealed record GridShape(string Type, IReadOnlyList<object> Coordinates);

/// <summary>Grids: list and map, one grid, a plan looked at before it is carried out, and the outlines for other maps.</summary>
internal static class GridRoutes
{
    public static void MapGrids(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/places/grids", List).Requires(PlacesPermissions.ViewGrids);
        routes.MapGet("/places/grids/{code}", Show).Requires(PlacesPermissions.ViewGrids);
        routes.MapPost("/places/grids/{code}/plan", Plan).Requires(PlacesPermissions.ChangeGrids);
        routes.MapPost("/places/grids/{code}/carry", Carry).Requires(PlacesPermissions.ChangeGrids);
        routes.MapGet("/places/choices", Choices).Requires(PlacesPermissions.ViewNames).AnswersJson<IReadOnlyList<string[]>>(
            "Code and name of every street, community and grid that the reader may choose.");
        routes.MapGet("/places/grids.geojson", Outlines).Requires(PlacesPermissions.ViewMap).AnswersJson<GridOutlines>(
            "The outlines of the grids in the reader's places, as GeoJSON (RFC 7946).", "application/geo+json")
            .Produces(StatusCodes.Status304NotModified);
    }

    private static async Task<RazorComponentResult<GridList>> List(HttpContext http, GridDesk desk,
        string? street, string? state, string? told) => new(new
        {
            Model = (object)await desk.List(http.Actor(), street ?? "", state == "retired", http.RequestAborted),
            Told = told is "split" or "merge" ? told : null,
        });

    /// <summary>
    /// Code and name of every street, community and grid that holds now, for fields that ask for a place; of the actor's whole district,
    /// since a case may go to any grid of it.
    /// </summary>
    private static async Task<IReadOnlyList<string[]>> Choices(HttpContext http, IPlaces places, PlaceNames names, T texts)
    {
        var book = await places.BookNow(http.RequestAborted);
        var codes = book.Streets.Select(street => street.Code).Concat(book.Communities.Select(community => community.Code))
            .Concat(book.Grids.Select(grid => grid.Code));
        var scopes = http.Actor().Where(PlacesPermissions.ViewNames);
        return [.. codes.Where(code => scopes.Any(scope => scope.Covers(code[..6]) || new Scope(code[..6]).Covers(scope.Code)))
            .Order(StringComparer.Ordinal).Select(code => new[] { code, names.Of(code, texts.Language) })];
    }

    private static async Task<IResult> Show(HttpContext http, GridDesk desk, string code)
    {
        var grid = await desk.Show(http.Actor(), code, http.RequestAborted);
        return grid.Ok ? new RazorComponentResult<GridPage>(new { Model = (object)grid.Value }) : grid.Refusal!.ToResult();
    }

    private static async Task<IResult> Plan(HttpContext http, GridDesk desk, T texts, string code)
    {
        var form = Read(await http.Request.ReadFormAsync(http.RequestAborted));
        var plan = await desk.Plan(http.Actor(), code, form, http.RequestAborted);
        return plan.Ok ? new RazorComponentResult<GridPlanPage>(new { Model = (object)plan.Value })
            : await Refused(http, desk, texts, code, form, plan.Refusal!);
    }

    private static async Task<IResult> Carry(HttpContext http, GridDesk desk, IPlaces places, T texts, string code)
    {
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = Read(sent);
        var plan = await desk.Plan(http.Actor(), code, form, http.RequestAborted);
        if (!plan.Ok) return await Refused(http, desk, texts, code, form, plan.Refusal!);
        // The plan is worked out again from what was asked; the version says whether it is still the one that was looked at.
        var seen = long.TryParse(sent["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var done = await places.Carry(plan.Value.Plan with { Version = seen }, http.Actor());
        return done.Ok
            ? TypedResults.LocalRedirect($"/places/grids?street={plan.Value.Grid.Street}&told={form.Act}")
            : await Refused(http, desk, texts, code, form, done.Refusal!);
    }

    private static async Task<IResult> Refused(HttpContext http, GridDesk desk, T texts, string code, GridForm form, Kernel.Refusal refusal)
    {
        var grid = await desk.Show(http.Actor(), code, http.RequestAborted);
        if (!grid.Ok || !grid.Value.MayChange) return refusal.ToResult();
        var field = form.Act == "merge" ? "with" : refusal.Code == "places.line" ? "line" : "leaving";
        return QueueRoutes.Again<GridPage>(refusal,
            new { Model = (object)grid.Value, Asked = (object)form, Errors = FormErrors.Of(texts, field, refusal) });
    }

    private static GridForm Read(IFormCollection form) => new(form["act"] == "merge" ? "merge" : "split", form["line"].ToString().Trim(),
        [.. form["leaving"].OfType<string>()], [.. form["with"].OfType<string>()]);

    /// <summary>The outlines of the grids that the actor's grants cover, as GeoJSON; answered 304 while nothing has changed.</summary>
    private static async Task Outlines(HttpContext http, CurrentBook books)
    {
        var book = await books.Get(http.RequestAborted);
        var actor = http.Actor();
        var tag = $"\"{book.Version}-{string.Join('.', actor.Where(PlacesPermissions.ViewMap))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.ContentType = "application/geo+json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteStartArray("features");
        foreach (var grid in book.Grids)
        {
            if (!actor.May(PlacesPermissions.ViewMap, grid.Code) || book.GridIndex.Outline(grid.Code) is not { } outline) continue;
            writer.WriteStartObject();
            writer.WriteString("type", "Feature");
            writer.WriteStartObject("properties");
            writer.WriteString("code", grid.Code);
            writer.WriteString("name", grid.Name);
            writer.WriteString("street", GridDesk.Name(book.Streets, grid.Street));
            writer.WriteString("community", GridDesk.Name(book.Communities, grid.Community));
            writer.WriteNumber("order", grid.Order);
            writer.WriteBoolean("demonstration", grid.Demonstration);
            writer.WriteEndObject();
            writer.WritePropertyName("geometry");
            GeoJson.Write(writer, outline);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
