using Legwork.Platform.Access;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Journeys.Tests;

/// <summary>An address to look at, and who may: read from the routes of the running server.</summary>
/// <param name="Permission">Null where everyone may.</param>
internal sealed record PageSeen(string Route, string Address, Permission? Permission);

/// <summary>
/// Every page of the product. A route without parameters is its own address; one with parameters is named here with what fills them, and
/// what is no page is named with its kind. A route that is neither is <see cref="Forgotten"/>, and a test says so.
/// </summary>
internal static class EveryPage
{
    /// <summary>Addresses by route; what stands in braces is filled from the district (<see cref="ThingsToSee"/>).</summary>
    private static readonly Dictionary<string, string[]> Addresses = new()
    {
        ["/board/grids/{code}"] = ["/board/grids/{grid}"],
        ["/cases"] = ["/cases", "/cases?place={grid}"],
        ["/cases/{id:guid}"] = ["/cases/{visit}", "/cases/{verify}", "/cases/{correction}"],
        ["/cases/{id:guid}/answer"] = ["/cases/{visit}/answer?answer=lives_here", "/cases/{correction}/answer?answer=correction_accepted"],
        ["/clinics/visits/{id:guid}"] = ["/clinics/visits/{clinicArrived}", "/clinics/visits/{clinicFit}", "/clinics/visits/{clinicIll}"],
        ["/clinics/{code}"] = ["/clinics/{clinic}"],
        ["/clinics/{code}/come"] = ["/clinics/{clinic}/come", "/clinics/{clinic}/come?q={childName}"],
        ["/clinics/{code}/hall"] = ["/clinics/{clinic}/hall"],
        ["/clinics/{code}/stock"] = ["/clinics/{clinic}/stock"],
        ["/clinics/{code}/tables/{table}"] = ["/clinics/{clinic}/tables/1", "/clinics/{clinic}/tables/2"],
        ["/day/{**group}"] = ["/day/{stop}"],
        ["/find"] = ["/find", "/find?q={name}"],
        ["/histories/{id:long}"] = ["/histories/{history}", "/histories/{tried}"],
        ["/histories/{id:long}/drop"] = ["/histories/{tried}/drop"],
        ["/histories/{id:long}/undo"] = ["/histories/{history}/undo"],
        ["/holds/{id:guid}"] = ["/holds/{hold}"],
        ["/immunization"] = ["/immunization", "/immunization?q={childName}"],
        ["/immunization/rules/{set}"] = ["/immunization/rules/{rules}"],
        ["/imports/jobs/{id:guid}"] = ["/imports/jobs/{job}"],
        ["/imports/{id:long}"] = ["/imports/{import}"],
        ["/imports/{id:long}/undo"] = ["/imports/{import}/undo"],
        ["/me/clinic/book"] = ["/me/clinic/book", "/me/clinic/book?child={child}", "/me/clinic/book?child={child}&clinic={clinic}"],
        ["/me/people/{id:guid}"] = ["/me/people/{child}"],
        ["/me/people/{id:guid}/corrections/new"] = ["/me/people/{child}/corrections/new"],
        ["/me/people/{id:guid}/immunization"] = ["/me/people/{child}/immunization"],
        ["/me/people/{id:guid}/messages"] = ["/me/people/{child}/messages"],
        ["/me/people/{id:guid}/reads"] = ["/me/people/{child}/reads"],
        ["/people"] = ["/people", "/people?q={name}"],
        ["/people/pairs/{id:long}"] = ["/people/pairs/{pair}"],
        ["/people/{id:guid}"] = ["/people/{person}"],
        ["/people/{id:guid}/acts/{act:long}/undo"] = ["/people/{person}/acts/{act}/undo"],
        ["/people/{id:guid}/guardians"] = ["/people/{child}/guardians"],
        ["/people/{id:guid}/immunization"] = ["/people/{child}/immunization"],
        ["/people/{id:guid}/immunization/doses/new"] = ["/people/{child}/immunization/doses/new?vaccine=HepB"],
        ["/people/{id:guid}/immunization/doses/{dose:long}"] = ["/people/{child}/immunization/doses/{dose}"],
        ["/people/{id:guid}/immunization/states/new"] = ["/people/{child}/immunization/states/new"],
        ["/people/{id:guid}/immunization/states/{state:long}"] = ["/people/{child}/immunization/states/{state}"],
        ["/people/{id:guid}/print"] = ["/people/{person}/print"],
        ["/people/{id:guid}/proofing"] = ["/people/{person}/proofing"],
        ["/people/{id:guid}/same"] = ["/people/{person}/same"],
        ["/people/{id:guid}/split"] = ["/people/{person}/split"],
        ["/people/{id:guid}/statements/new"] = ["/people/{person}/statements/new"],
        ["/people/{id:guid}/statements/{statement:long}/withdraw"] = ["/people/{person}/statements/{statement}/withdraw"],
        ["/places/grids/{code}"] = ["/places/grids/{grid}"],
        ["/places/unresolved/{id:long}"] = ["/places/unresolved/{unresolved}"],
        ["/queue"] = ["/queue", "/queue?tab=verify"],
        ["/staff/{id:guid}"] = ["/staff/{worker}"],
        ["/staff/{id:guid}/leave"] = ["/staff/{worker}/leave"],
        ["/staff/{id:guid}/stand-in"] = ["/staff/{worker}/stand-in"],
        ["/staff/{id:guid}/roles/{grant:long}/move"] = ["/staff/{worker}/roles/{grant}/move"],
        ["/webhooks/{id:guid}"] = ["/webhooks/{receiver}"],
        [NoPage] = ["/no-such-page"],
    };

    /// <summary>Answers every address that is none.</summary>
    public const string NoPage = "/{*path:nonfile}";

    private static readonly HashSet<string> NoPages =
    [
        "/assets/{name}", "/health", "/health/ready", "/manifest.webmanifest", "/metrics", "/sw.js",
        "/openapi/{documentName:regex(^v1$)}.json", // for machines
        "/api", "/api/begin.js", "/api/reader.js", // for who writes programs: Scalar's reader
        "/board/live", "/board/part", // events and a part of a page that is seen whole
        "/clinics/{code}/hall/live", "/clinics/{code}/hall/part",
        "/board/table.csv", "/cases/{id:guid}/evidence/{piece:guid}", "/histories/{id:long}/rows.csv", "/messages/outgoing/{id}",
        "/places/choices", "/places/grids.geojson", // files
        "/sign-in/office", "/sign-in/office/back", // on the way to the office and back
    ];

    /// <summary>Every page, by its address with the braces still in it.</summary>
    public static IReadOnlyList<PageSeen> Of(IEnumerable<RouteEndpoint> routes) =>
        [.. from route in Asked(routes)
            where !NoPages.Contains(route.Path)
            from address in Addresses.GetValueOrDefault(route.Path) ?? (route.Path.Contains('{') ? [] : [route.Path])
            select new PageSeen(route.Path, address, route.Permission)];

    /// <summary>Routes that answer a GET and whose page nobody looks at, and addresses of routes that are no more.</summary>
    public static IReadOnlyList<string> Forgotten(IEnumerable<RouteEndpoint> routes)
    {
        var asked = Asked(routes).ToList();
        var seen = Of(routes).Select(page => page.Route).Concat(NoPages).ToHashSet();
        return [.. asked.Select(route => route.Path).Where(path => !seen.Contains(path)).Select(path => $"{path} is looked at by nobody"),
            .. Addresses.Keys.Concat(NoPages).Except(asked.Select(route => route.Path)).Select(path => $"{path} is no route")];
    }

    private static IEnumerable<(string Path, Permission? Permission)> Asked(IEnumerable<RouteEndpoint> routes) => routes
        .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
        .Select(route => ("/" + route.RoutePattern.RawText!.Trim('/'), route.Metadata.GetMetadata<RouteAccess>()?.Permission))
        .Distinct().OrderBy(route => route.Item1, StringComparer.Ordinal);
}
