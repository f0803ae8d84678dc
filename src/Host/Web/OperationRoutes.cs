using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Host.Web;

/// <summary>What machines ask of a running node: whether it lives, whether it can serve, and its figures.</summary>
internal static class OperationRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapOperation(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => new Living("healthy"))
            .Public("A supervisor asks whether the process answers; it says nothing of anybody.")
            .AnswersJson<Living>("Whether the process answers.");
        routes.MapGet("/health/ready", Ready)
            .Public("A load balancer asks whether to send people here; it says yes or no for each part and nothing of anybody.")
            .AnswersJson<Readiness>("Whether people can be sent here, and why not.")
            .Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/metrics", Metrics)
            .Public("Figures without any person in them; answered to this machine itself or to the bearer of the token in the "
                + "settings, and to nobody else.");
    }

    private static async Task<IResult> Ready(Store store, ModuleList modules, DistrictOptions options, TimeProvider clock,
        CancellationToken cancel)
    {
        // At once, so that the answer comes within the patience of one: a load balancer that waits in vain leads people here meanwhile.
        var (storage, migrations, writing) = (
            Try(() => Task.Run(() => store.ReadAsync(async session => await session.SingleAsync<long>("select 1") == 1, cancel), cancel)),
            Try(() => Task.Run(() => District.IsCurrent(store, modules, cancel), cancel)),
            Try(() => store.Write(session =>
            {
                // A row, not only a statement: a full disk takes every statement that changes nothing.
                session.Execute("""
                    insert into platform_setting (name, value) values (@name, @at) on conflict (name) do update set value = excluded.value
                    """, new { name = $"ready/{options.NodeName}", at = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
                return true;
            })));
        var checks = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["storage"] = await storage,
            ["migrations"] = await migrations,
            ["writing"] = await writing,
        };
        var ready = checks.Values.All(check => check == "ok");
        return Results.Json(new Readiness(ready ? "ready" : "not ready", checks),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> Try(Func<Task<bool>> check)
    {
        try
        {
            return await check().WaitAsync(Patience) ? "ok" : "bad";
        }
        catch (Exception)
        {
            // Whatever it is, this node cannot serve; the log has the reason, the answer must not.
            return "bad";
        }
    }

    private static async Task<IResult> Metrics(HttpContext http, DistrictOptions options, MetricsBook book, Store store, IEnumerable<Gauge> gauges) =>
        MayScrape(http, options.MetricsToken)
            ? Results.Text(await book.Tell(store, gauges, http.RequestAborted), "text/plain; version=0.0.4; charset=utf-8")
            : Refusal.Of("host.metrics.denied", "The figures are told to this machine itself, or with the token in the settings.").ToResult();

    // A request that a proxy on this machine passed on also comes from here, so only one that nobody passed on counts.
    private static bool MayScrape(HttpContext http, string token)
    {
        var headers = http.Request.Headers;
        if (token.Length > 0 && headers.Authorization.ToString() is var given && given.StartsWith("Bearer ", StringComparison.Ordinal))
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given["Bearer ".Length..]), Encoding.UTF8.GetBytes(token));
        return http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("X-Original-For") && !headers.ContainsKey("Forwarded");
    }

    private sealed record Living(string Status);

    /// <param name="Checks"><c>ok</c> or <c>bad</c> for each part.</param>
    private sealed record Readiness(string Status, IReadOnlyDictionary<string, string> Checks);
}
