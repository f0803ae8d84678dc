using System.Net;
using System.Text.Json;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Legwork.Access.Tests;

/// <summary>
/// Every route that answers with JSON is described (OpenAPI 3.1), and answers whoever reads the description as it says: no fault, no status,
/// kind of content or shape that is not described, whatever is sent.
/// </summary>
public class DescribedTests(PeopledDistrict district) : IClassFixture<PeopledDistrict>
{
    private static readonly Role[] Asking = [Role.Clerk, Role.Officer, Role.Administrator, Role.Citizen];

    [Fact]
    public async Task The_description_names_who_may_call_what_is_refused_and_how()
    {
        using var document = await Document(district.Served);
        var root = document.RootElement;
        root.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var answers = root.GetProperty("paths").GetProperty("/api/day/answers").GetProperty("post");
        answers.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
        answers.GetProperty("description").GetString()!.ShouldContain("cases.day_answers");
        answers.GetProperty("security")[0].TryGetProperty("session", out _).ShouldBeTrue();
        answers.GetProperty("responses").GetProperty("422").GetProperty("description").GetString()!.ShouldContain("`cases.item`");
        answers.GetProperty("responses").GetProperty("403").GetProperty("description").GetString()!.ShouldContain("`access.denied`");
        root.GetProperty("paths").GetProperty("/health").GetProperty("get").TryGetProperty("security", out _).ShouldBeFalse();
        root.GetProperty("paths").TryGetProperty("/cases", out _).ShouldBeFalse("a page is no route of a machine");
    }

    [Fact]
    public async Task Every_route_that_answers_with_JSON_or_takes_it_stands_in_the_description()
    {
        using var document = await Document(district.Served);
        (await Undescribed(district.Served, document, await district.As(Role.Clerk, ServedDistrict.District), district.Rows)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_route_that_answers_with_JSON_and_is_not_described_is_caught()
    {
        await using var planted = new ServedDistrict(routes => routes.MapGet("/planted", () => Results.Json(new { hole = true })).Public("planted"));
        await planted.InitializeAsync();
        using var document = await Document(planted);
        using var visitor = await planted.Visit("clerk");
        var rows = AccessMatrix.Of(planted.Routes).Where(row => row.Path == "/planted").ToList();
        (await Undescribed(planted, document, visitor, rows)).ShouldBe(["GET /planted"]);
    }

    [Fact]
    public async Task Whatever_is_sent_is_answered_as_the_description_says()
    {
        using var document = await Document(district.Served);
        var client = new SchemaClient(document.RootElement, seed: 20261130);
        using var stranger = await district.Served.Visit();
        var faults = new List<string>(await client.Ask(stranger, null));
        foreach (var role in Asking)
        {
            var visitor = await district.As(role, ServedDistrict.District);
            faults.AddRange((await client.Ask(visitor, await visitor.Token("/"))).Select(fault => $"{role}: {fault}"));
        }
        faults.ShouldBeEmpty();
        client.Asked.ShouldBeGreaterThan(500);
        client.Statuses.ShouldBeSubsetOf([200, 400, 401, 403, 415, 422, 429]);
        new[] { 200, 400, 401, 403, 415, 422 }.ShouldBeSubsetOf(client.Statuses, "each kind of answer was met");
    }

    [Fact]
    public async Task An_answer_that_is_not_as_it_is_described_is_caught()
    {
        await using var planted = new ServedDistrict(routes =>
        {
            routes.MapGet("/planted/shape", () => Results.Json(new { status = 7 })).Public("planted").AnswersJson<Told>("Another shape.");
            routes.MapGet("/planted/status", () => Results.StatusCode(418)).Public("planted").AnswersJson<Told>("Another status.");
            routes.MapGet("/planted/fault", (int of) => new Told($"{1 / (of - of)}")).Public("planted").AnswersJson<Told>("A fault.");
        });
        await planted.InitializeAsync();
        using var document = await Document(planted);
        using var visitor = await planted.Visit("clerk");
        var faults = await new SchemaClient(document.RootElement, seed: 1).Ask(visitor, await visitor.Token("/"));
        foreach (var path in new[] { "/planted/shape", "/planted/status", "/planted/fault" }) faults.ShouldContain(fault => fault.Contains(path));
        faults.ShouldAllBe(fault => fault.Contains("/planted/"));
    }

    [Fact]
    public async Task The_page_that_shows_the_description_needs_no_other_server()
    {
        using var visitor = await district.Served.Visit();
        using var page = await visitor.Get("/api");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldNotContain("http");
        (await Visitor.Text(page)).ShouldNotContain("//cdn");
        using var script = await visitor.Get("/api/reader.js");
        script.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        (await Visitor.Text(script)).Length.ShouldBeGreaterThan(1_000_000);
    }

    private static async Task<JsonDocument> Document(ServedDistrict served)
    {
        using var visitor = await served.Visit();
        using var answer = await visitor.Get("/openapi/v1.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await Visitor.Text(answer));
    }

    /// <summary>Routes that take JSON, or answered with it when asked, and are not described; a stream of events is never JSON.</summary>
    private async Task<IReadOnlyList<string>> Undescribed(
        ServedDistrict served, JsonDocument document, Visitor visitor, IReadOnlyList<MatrixRow> rows)
    {
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();
        var streams = served.Routes.Where(route => route.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
            .Any(made => made.ContentTypes.Contains("text/event-stream"))).Select(route => "/" + route.RoutePattern.RawText!.Trim('/')).ToHashSet();
        var missing = new List<string>();
        foreach (var row in rows.Where(row => !described.Contains(row.ToString()) && row.Path != "/openapi/{documentName:regex(^v1$)}.json"))
        {
            var json = row.TakesJson;
            if (row.IsSafe && !streams.Contains(row.Path))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, district.Address(row));
                request.Headers.Accept.ParseAdd("application/json");
                using var answer = await visitor.Send(request);
                json |= answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json") == true;
            }
            if (json) missing.Add(row.ToString());
        }
        return missing;
    }

    private sealed record Told(string Status);
}
