using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>A gateway at the door: its own key and nothing else, a bounded body, and a name for each refusal.</summary>
public class ReceiptRouteTests
{
    private const string Key = "0123456789abcdef0123456789";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_gateway_reports_with_its_own_key_and_whoever_has_none_learns_and_changes_nothing(Engine engine)
    {
        using var place = new Place(engine);
        Directory.CreateDirectory(Path.Combine(place.Options.Data, "keys"));
        File.WriteAllText(Path.Combine(place.Options.Data, "keys", "gateways.yaml"),
            $"sms: {{ url: 'https://gateway.example/send', token: t, receipts: {Key} }}\n");
        await using var server = await SessionTests.Start(place, TimeProvider.System, change: options => options.Demonstration = false);
        var message = Guid.CreateVersion7();
        var store = server.Services.GetRequiredService<Store>();
        await store.Write(session => session.Execute("""
            insert into messages_message (id, kind, recipient, about, place, words, made_at, from_at, not_after, state, due_at, way, claim, why)
            values (@message, 'none', 'person/x', 'x', '540102', '[]', 1, 1, 1, 'handed', 1, 'sms', '', '');
            """, new { message }));
        await store.Write(session => session.Execute("""
            insert into messages_attempt (message, way, at, outcome, proof, cost_fen, account, actor)
            values (@message, 'sms', 1, 'handed', 'n-1', 0, null, '')
            """, new { message }));
        using var http = new HttpClient { BaseAddress = SessionTests.Address(server) };

        var failed = $$"""{"key":"{{message}}","state":"failed","reason":"no such number"}""";
        foreach (var key in new[] { null, "", Key[..^1], Key + "0", Key.ToUpperInvariant() })
            (await Report(failed, key)).ShouldBe((HttpStatusCode.Forbidden, "messages.receipt.denied"));
        (await Report("{", null)).ShouldBe((HttpStatusCode.Forbidden, "messages.receipt.denied"), "the key before the body");
        State().ShouldBe("handed 1");
        foreach (var torn in new[] { "{", "[]", "null", "7", """{"key":{}}""" })
            (await Report(torn)).Status.ShouldBe(HttpStatusCode.BadRequest, torn);
        (await Report("{}")).ShouldBe((HttpStatusCode.UnprocessableEntity, "messages.receipt.state"));
        (await Report($$"""{"key":"{{Guid.NewGuid()}}","state":"failed"}""")).ShouldBe((HttpStatusCode.NotFound, "messages.receipt.not_found"));
        (await Report(failed[..^1] + $",\"more\":\"{new string('x', 70_000)}\"}}")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        State().ShouldBe("handed 1");

        (await Report(failed)).ShouldBe((HttpStatusCode.OK, "failed False"));
        (await Report("""{"id":"n-1","state":"failed"}""")).ShouldBe((HttpStatusCode.OK, "failed True"));
        State().ShouldBe("unreached 2");

        string State() => store.Read(session => session.Query<string>("""
            select m.state || ' ' || (select count(*) from messages_attempt a where a.message = m.id) from messages_message m
            """)).ShouldHaveSingleItem();

        async Task<(HttpStatusCode Status, string Said)> Report(string body, string? key = Key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages/receipts")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (answer.StatusCode, json.RootElement.TryGetProperty("code", out var code) ? code.GetString()!
                : $"{json.RootElement.GetProperty("state")} {json.RootElement.GetProperty("already")}");
        }
    }
}
