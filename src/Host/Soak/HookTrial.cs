using System.Text.Json;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Contracts;

namespace Legwork.Host.Soak;

/// <summary>A receiver in a process of its own that lives through the kills: what was acknowledged reaches it, each event under one id.</summary>
internal sealed class HookTrial : IDisposable
{
    private static readonly string[] Events = ["opened", "withdrawn"];

    private readonly ReceiverProcess receiver;
    private readonly Dictionary<(string Type, string Case), HashSet<string>> came = [];

    private HookTrial(ReceiverProcess receiver) => this.receiver = receiver;

    public static async Task<HookTrial> Begin(DistrictOptions options, TimeSpan ahead)
    {
        var receiver = await ReceiverProcess.Start();
        Directory.CreateDirectory(options.KeysFolder);
        await File.WriteAllTextAsync(Path.Combine(options.KeysFolder, "webhooks.yaml"), "allow: ['127.0.0.1/32']\n");
        await using var district = SoakModule.Open(options, ahead);
        var place = district.GetRequiredService<AccessRules>().District;
        var by = new Actor(Guid.Empty, "soak", "soak", [new Grant(Role.Administrator, new Scope(place), DateOnly.MinValue, null)]);
        var begun = await district.GetRequiredService<IWebhooks>()
            .Begin(by, "soak", receiver.Address, [.. Events.Select(name => $"case.{name}")], ["case", "version"]);
        receiver.Trust(begun.Ok ? begun.Value : throw new InvalidOperationException($"{begun.Refusal}"));
        return new HookTrial(receiver);
    }

    /// <summary>What is left is brought to the receiver; then each acknowledged event is there under one id.</summary>
    public async Task<IReadOnlyList<string>> Look(IServiceProvider district, IEnumerable<(string What, string Name)> acknowledged)
    {
        await district.GetRequiredService<Relay>().DeliverAll();
        await district.GetRequiredService<IWebhooks>().HandOver(CancellationToken.None);
        foreach (var (id, body) in await receiver.Take())
        {
            using var told = JsonDocument.Parse(body);
            var key = (told.RootElement.GetProperty("type").GetString()!, told.RootElement.GetProperty("data").GetProperty("case").GetString()!);
            if (!came.TryGetValue(key, out var ids)) came.Add(key, ids = []);
            ids.Add(id);
        }
        var cases = district.GetRequiredService<Store>().Read(session =>
            session.Query<Found>("select id, subject from cases_case where subject like 'soak/%'"))
            .ToDictionary(row => row.Subject, row => $"{row.Id}");
        return [.. acknowledged.Where(one => Events.Contains(one.What))
            .Select(one => (one.What, one.Name,
                Times: came.GetValueOrDefault(($"case.{one.What}", cases.GetValueOrDefault(one.Name, "")))?.Count ?? 0))
            .Where(one => one.Times != 1)
            .Select(one => $"'{one.What} {one.Name}' was acknowledged and reached the receiver under {one.Times} ids.")];
    }

    public void Dispose() => receiver.Dispose();

    private sealed record Found(Guid Id, string Subject);
}
