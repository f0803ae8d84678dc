using System.Text.Json;
using Legwork.Kernel;
using Legwork.Messages.Channels;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Messages.Pages;

/// <summary>Where gateways report what became of a message. Each shows a key of its own, and nothing else of this server is open to it.</summary>
internal static class ReceiptRoutes
{
    private const string Bearer = "Bearer ";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/messages/receipts", (Delegate)Take)
        .Public("A gateway reports what became of a message; believed for its own key alone.").FromServer().Accepts<Receipt>("application/json")
        .AnswersJson<ReceiptTaken>("Takes a gateway's report of one message: delivered, or failed and why. The same report again changes nothing.",
            refusals: [.. new[] { TakeReceipts.Denied, TakeReceipts.NotFound, TakeReceipts.Held, TakeReceipts.Stale, TakeReceipts.State }
                .Select(refusal => refusal.Code)]);

    private static async Task<IResult> Take(HttpContext http, Ways ways, TakeReceipts receipts)
    {
        // The key before the body: what carries none is not read.
        var given = http.Request.Headers.Authorization.ToString();
        if (!given.StartsWith(Bearer, StringComparison.Ordinal) || ways.ReportsBy(given[Bearer.Length..]) is not { } way)
            return TakeReceipts.Denied.ToResult();
        try
        {
            if (await http.Request.ReadFromJsonAsync<Receipt>(http.RequestAborted) is { } receipt)
                return (await receipts.Take(way, receipt)).ToResult();
        }
        catch (JsonException)
        {
            // Said below, as of a body that says nothing.
        }
        await Refusals.Write(http, StatusCodes.Status400BadRequest, Refusal.Of("host.unreadable", "A report is one object of JSON."));
        return Results.Empty;
    }
}
