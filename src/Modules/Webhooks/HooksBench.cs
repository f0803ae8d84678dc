using System.Diagnostics;
using System.Net;
using Legwork.Platform.Modules;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Contracts;
using Legwork.Webhooks.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Webhooks;

/// <summary>
/// Deliveries to one fast receiver in a process of its own: read, written, signed, posted and settled in the storage; beside them a plain loop
/// that posts the same signed bodies over as many lines and keeps nothing. In turns of one run.
/// </summary>
internal static class HooksBench
{
    private const int Turns = 4;
    private const int DeliveriesATurn = 10_000;
    private const int Bar = 5_000;

    public static readonly ModuleBench Bench = new("webhooks",
        $"{Turns * DeliveriesATurn:N0} signed deliveries to one receiver in a process of its own, each settled durably.", Run);

    private static async Task<IReadOnlyList<Measured>> Run(BenchPlace place)
    {
        await using var district = place.Open();
        var (store, clock, vault) = (district.GetRequiredService<Store>(), district.GetRequiredService<TimeProvider>(),
            district.GetRequiredService<NumberVault>());
        var secret = Signature.NewSecret();
        using var receiver = await ReceiverProcess.Start();
        receiver.Trust(secret);
        using var post = new HttpPost(new Destinations([IPNetwork.Parse("127.0.0.0/8")]), clock, TimeSpan.FromSeconds(15));
        var send = ActivatorUtilities.CreateInstance<SendHooks>(district, (IPost)post);
        var id = Guid.CreateVersion7();
        await store.Write(session => session.Execute("""
            insert into webhooks_subscription (id, name, url, events, fields, purpose, secret, old_secret, old_until, state, made_at, made_by,
                failing_since, failures, rest_until, last_reason)
            values (@id, 'bench', @url, 'bench.told', 'number', '', @secret, null, 0, 'active', @now, 'bench', null, 0, 0, '')
            """, new { id, url = receiver.Address.ToString(), secret = vault.Seal(secret), now = clock.GetUtcNow() }));
        var (ours, plain) = (new Stopwatch(), new Stopwatch());
        for (var turn = 0; turn < Turns; turn++)
        {
            await Plan(store, clock, id, turn);
            ours.Start();
            await send.SendDue(CancellationToken.None);
            ours.Stop();
            plain.Start();
            await Plainly(receiver.Address, secret, clock, turn);
            plain.Stop();
        }
        var (kept, all) = (store.Read(session => session.Scalar<long>("select count(*) from webhooks_delivery where state = 'sent'")),
            await receiver.Count());
        if (kept != Turns * DeliveriesATurn || all != 2 * Turns * DeliveriesATurn)
            throw new InvalidOperationException($"{kept} deliveries are settled and {all} arrived with a signature that holds.");
        var rate = Turns * DeliveriesATurn / ours.Elapsed.TotalSeconds;
        return
        [
            new("webhook deliveries to one fast receiver, settled", rate, "/s", Turns * DeliveriesATurn / plain.Elapsed.TotalSeconds,
                $"a plain HttpClient loop over {HttpPost.LinesPerReceiverMax} lines that posts the same bodies and keeps nothing, in this run"),
            new("the same beside the bar", rate, "/s", Bar, "the bar"),
        ];
    }

    private static async Task Plan(Store store, TimeProvider clock, Guid receiver, int turn)
    {
        foreach (var some in Enumerable.Range(turn * DeliveriesATurn, DeliveriesATurn).Chunk(Store.RowsPerUnit))
            await store.Write(session => Array.ForEach(some, i => PlanDeliveries.Add(session, receiver, i + 1, "bench.told", $"{i}", null, BodyOf(i),
                clock.GetUtcNow().ToUnixTimeMilliseconds())));
    }

    private static string BodyOf(int i) =>
        $$"""{"number":{{i}},"kind":"empty_registration","place":"000000000000-G03","state":"closed","result":"lives_here"}""";

    private static async Task Plainly(Uri address, string secret, TimeProvider clock, int turn)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = HttpPost.LinesPerReceiverMax, UseProxy = false });
        var key = Signature.KeyOf(secret);
        await Parallel.ForEachAsync(Enumerable.Range(turn * DeliveriesATurn, DeliveriesATurn),
            new ParallelOptions { MaxDegreeOfParallelism = HttpPost.LinesPerReceiverMax }, async (i, cancel) =>
        {
            var (id, at) = ($"plain_{i}", clock.GetUtcNow().ToUnixTimeSeconds());
            var body = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"bench.told","timestamp":"{{clock.GetUtcNow():O}}","data":{{BodyOf(i)}}}""");
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", $"{at}");
            request.Headers.Add("webhook-signature", Signature.Of([key], id, at, body));
            using var answer = await http.SendAsync(request, cancel);
            answer.EnsureSuccessStatusCode();
        });
    }
}
