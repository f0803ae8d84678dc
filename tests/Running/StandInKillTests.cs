using System.Collections.Concurrent;
using System.Net;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>A server that is killed while somebody arranges who stands in for whom.</summary>
public class StandInKillTests
{
    private const int AwayMax = 60;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_stand_in_that_was_acknowledged_is_there_once_though_the_server_was_killed(Engine engine)
    {
        using var place = new Place(engine);
        IReadOnlyList<Guid> away;
        await using (var district = place.Open()) away = await Staff(district);
        var (node, here) = await KilledNode.Serve(place);
        using var running = node;
        using var admin = await Visitor.SignIn(here, "admin");
        var token = await admin.Token(here, "/stand-ins");
        var acknowledged = new ConcurrentBag<Guid>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            // Each is asked for twice: the second finds the first, or is the first where the line broke.
            foreach (var one in away.Where((_, i) => i % 4 == worker).SelectMany(one => new[] { one, one }))
            {
                if (await Arrange(admin, here, one, token) is not { } taken) return;
                if (taken) acknowledged.Add(one);
                if (acknowledged.Count >= AwayMax / 2) node.Kill();
            }
        })));
        acknowledged.Count.ShouldBeInRange(AwayMax / 2, AwayMax);

        await using var after = place.Open();
        var kept = after.GetRequiredService<Store>().Read(session => session.Query<Guid>("select absent from access_stand_in"));
        kept.ShouldBeUnique();
        acknowledged.ShouldAllBe(one => kept.Contains(one));
        var told = after.GetRequiredService<Store>().Read(session =>
            session.Query<Guid>("select account from access_history where act = 'stood_in'"));
        told.ShouldBe(kept, ignoreOrder: true, "a stand-in and what the history says of it are one unit");
    }

    /// <returns>Whether it was arranged; null when the server is gone.</returns>
    private static async Task<bool?> Arrange(Visitor admin, Uri here, Guid away, string token)
    {
        var today = Calendar.Today(TimeProvider.System);
        try
        {
            using var answer = await admin.Ask(HttpMethod.Post, here, $"/staff/{away}/stand-in", "en", new()
            {
                ["csrf"] = token,
                ["deputy"] = "deputy",
                ["from"] = $"{today:yyyy-MM-dd}",
                ["until"] = $"{today.AddDays(2):yyyy-MM-dd}",
                ["reason"] = "leave",
            });
            return answer.StatusCode == HttpStatusCode.Redirect;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<Guid>> Staff(IServiceProvider district)
    {
        var away = Enumerable.Range(0, AwayMax).Select(i => new DemonstrationSignIn($"away-{i}", $"away {i}", Role.Clerk, "540102")).ToList();
        await district.GetRequiredService<DemonstrationAccounts>().Make(
            [new("admin", "德吉", Role.Administrator, "540102"), new("deputy", "次仁", Role.Clerk, "540102"), .. away]);
        return district.GetRequiredService<Store>().Read(session =>
            session.Query<Guid>("select id from access_account where sign_in like 'away-%' order by sign_in"));
    }
}
