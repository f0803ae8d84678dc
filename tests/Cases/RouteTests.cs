using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Legwork.Cases.Day;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Tests;

/// <summary>The routes below the pages: what a telephone sends to them, and what nobody may.</summary>
public class RouteTests
{
    [Fact]
    public async Task A_telephone_sends_its_answers_as_json_with_the_pages_token()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get("/day");
        var sent = new DayAnswers([new DayItem(Guid.NewGuid(), opened.Id.ToString(), 1, "empty_registration", "lives_here", null,
            null, site.Office.Clock.Now, null, null)]);
        (await worker.Http.PostAsJsonAsync("/api/day/answers", sent,
            TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        worker.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", worker.Token);
        var answer = await worker.Http.PostAsJsonAsync("/api/day/answers", sent, TestContext.Current.CancellationToken);
        (await answer.Content.ReadFromJsonAsync<DayResults>(TestContext.Current.CancellationToken))!.Results.Single().Status.ShouldBe("taken");

        await worker.Get("/day");
        var start = worker.Page.IndexOf("id=\"day-data\">", StringComparison.Ordinal) + "id=\"day-data\">".Length;
        var data = JsonSerializer.Deserialize<DayData>(worker.Page[start..worker.Page.IndexOf("</script>", start, StringComparison.Ordinal)],
            JsonSerializerOptions.Web)!;
        data.Visits.Single().Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Whatever_is_sent_is_refused_by_name_and_breaks_nothing()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get("/day");
        worker.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", worker.Token);
        const string Item = """{"items":[{"key":"KEY","caseId":"CASE","version":1,"answer":"not_home","at":"2026-11-02T01:00:00Z",MORE}]}""";
        const string Moved = """{"items":[{"key":"KEY","caseId":"CASE","version":1,"answer":"moved_away","at":"2026-11-02T01:00:00Z",MORE}]}""";
        foreach (var sent in new[]
        {
            "", "null", "[]", "{}", """{"items":null}""", """{"items":[null]}""", """{"items":[{}]}""", """{"items":[{"key":7}]}""",
            Item.Replace("MORE", """ "evidence":[null] """), Item.Replace("MORE", """ "note":"a\u0000b" """),
            Item.Replace("MORE", """ "attempt":{"next":"0001-01-01T00:00"} """),
            Item.Replace("MORE", """ "note":null """).Replace("\"version\":1", "\"version\":-9223372036854775808")
                .Replace("2026-11-02T01", "9999-12-31T23"),
            Moved.Replace("MORE", """ "details":{"text":null} """), Moved.Replace("MORE", """ "details":{"text":"a\u0000"} """),
        })
        {
            var body = sent.Replace("KEY", Guid.NewGuid().ToString()).Replace("CASE", opened.Id.ToString());
            var answer = await worker.Http.PostAsync("/api/day/answers",
                new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBeLessThan(500, body);
            if (answer.IsSuccessStatusCode) (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                .ShouldNotContain("\"taken\"", Shouldly.Case.Sensitive, body);
        }
        (await worker.Http.PostAsync($"/cases/{opened.Id}/note", new StringContent("x"),
            TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await worker.Get("/cases?page=-3&state=%00&place=%27&kind=x")).ShouldBe(HttpStatusCode.OK);
        // An answer to a version that never was is kept as contradicted; everything else left nothing.
        site.Office.History(opened.Id).Select(line => line.Act).ShouldBe(["opened", "noted"]);
    }

    [Fact]
    public async Task Every_route_states_its_permission_and_opens_to_its_roles_alone()
    {
        await using var site = await Site.Open();
        Guard.Unguarded(site.Routes).ShouldBeEmpty();
        var routes = site.Routes.Where(route => route.Metadata.GetMetadata<RouteAccess>()?.Permission is not null).ToList();
        routes.Count.ShouldBeGreaterThan(20);
        foreach (var role in StateTableTests.Roles)
        {
            var visitor = await site.Enter(role, "540102");
            foreach (var route in routes.Where(
                route => route.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods.Contains("GET")))
            {
                var address = "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{id:guid}", Guid.NewGuid().ToString())
                    .Replace("{piece:guid}", Guid.NewGuid().ToString()).Replace("{**group}", "x");
                var may = route.Metadata.GetMetadata<RouteAccess>()!.Permission!.Admits(role);
                ((await visitor.Get(address)) != HttpStatusCode.Forbidden).ShouldBe(may, $"{role} {address}");
            }
        }
    }
}
