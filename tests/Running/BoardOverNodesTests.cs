using System.Net;
using System.Net.Sockets;
using AngleSharp;
using Legwork.Host;
using Legwork.Host.Processes;
using Legwork.Host.Soak;
using Legwork.Host.Web;
using Legwork.Platform.Cluster;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>A live board open at one node while the node that counts for it is a process of its own, which is killed.</summary>
public class BoardOverNodesTests
{
    private static readonly TimeSpan LimitOfPatience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_board_hears_of_a_change_on_another_node_and_goes_on_hearing_when_the_node_that_counted_is_killed()
    {
        using var place = new Place(Engine.Postgres);
        await using (await SoakDistrict.Make(place.Folder, place.Storage)) { }
        using var store = Store.Open(place.Storage);
        var @case = FailoverAudit.Cases(store, 1).Single().Id;
        var here = store.Read(session => session.Scalar<string>("select place from cases_case where id = @id", new { id = @case }));
        var elsewhere = new Queue<string>(store.Read(session => session.Query<string>(
            "select distinct place from cases_case where place like '%-%' and place <> @here order by place", new { here })));

        using var one = new Child("one", place.Folder, ["dotnet", Path.ChangeExtension(typeof(WebServer).Assembly.Location, ".dll"), "serve",
            "--data", place.Options.Data, "--storage", place.Storage, "--node", "one", "--listen", "http://127.0.0.1:0"],
            new Dictionary<string, string> { ["LEGWORK_SET_Demonstration"] = "true", ["LEGWORK_SET_Cluster"] = Free() });
        var addressOfOne = await AddressOf(one);
        using var supervisor = await Visitor.SignIn(addressOfOne, "supervisor");
        await using var boardAtOne = await supervisor.Watch(addressOfOne, "/board/live");
        await boardAtOne.Next(LimitOfPatience); // the stream is open
        await HandOver(supervisor, addressOfOne, @case, elsewhere.Dequeue());
        await boardAtOne.Changed(LimitOfPatience);

        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var two = Start(place, begun);
        var addressOfTwo = new Uri(two.Urls.First());
        await using var boardAtTwo = await supervisor.Watch(addressOfTwo, "/board/live");
        (await boardAtTwo.Next(LimitOfPatience)).ShouldBe("still", "the stream is open");
        for (var time = 0; time < 2; time++)
        {
            await HandOver(supervisor, addressOfOne, @case, elsewhere.Dequeue());
            (await boardAtTwo.Next(LimitOfPatience)).ShouldBe("changed", "node one said so: this node neither counts nor looks by itself");
        }
        begun.Task.IsCompleted.ShouldBeFalse("one node counts for all boards");

        one.Kill();
        await begun.Task.WaitAsync(LimitOfPatience, TestContext.Current.CancellationToken);
        await HandOver(supervisor, addressOfTwo, @case, elsewhere.Dequeue());
        (await boardAtTwo.Next(LimitOfPatience)).ShouldBe("changed");
    }

    /// <summary>Node two: it says when it begins to count, and an open board never looks by itself there.</summary>
    private static WebApplication Start(Place place, TaskCompletionSource begun)
    {
        var options = new DistrictOptions
        {
            Data = place.Options.Data,
            Storage = place.Storage,
            Node = "two",
            Listen = "http://127.0.0.1:0",
            Cluster = Free(),
            Demonstration = true,
        };
        var app = WebServer.Build(options, [], services =>
        {
            var counts = services.Single(service => service.ServiceType == typeof(Duty)
                && service.ImplementationFactory?.Method.DeclaringType?.Namespace == "Legwork.Insight");
            services.Remove(counts);
            services.AddSingleton(provider =>
            {
                var duty = (Duty)counts.ImplementationFactory!(provider);
                return duty with { Do = (key, say, over) => { begun.TrySetResult(); return duty.Do(key, say, over); } };
            });
            services.AddSingleton<TimeProvider>(new WithoutLongTimers());
        });
        app.StartAsync().GetAwaiter().GetResult();
        return app;
    }

    private static async Task HandOver(Visitor supervisor, Uri node, Guid @case, string to)
    {
        var html = await supervisor.Page(node, $"/cases/{@case}");
        var page = await BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
        var form = new Dictionary<string, string>
        {
            ["place"] = to,
            ["reason"] = "本人住在那边",
            ["version"] = page.QuerySelector("form[action$='/hand-over'] input[name=version]")!.GetAttribute("value")!,
            ["csrf"] = page.QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")!,
        };
        using var answer = await supervisor.Ask(HttpMethod.Post, node, $"/cases/{@case}/hand-over", "zh-CN", form);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.SeeOther);
    }

    private static async Task<Uri> AddressOf(Child node)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Said = line =>
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at) address.TrySetResult(new Uri(line[at..].Split(' ')[0]));
        };
        node.Start();
        return await address.Task.WaitAsync(LimitOfPatience, TestContext.Current.CancellationToken);
    }

    private static string Free()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return free.LocalEndpoint.ToString()!;
    }

    private sealed class WithoutLongTimers : TimeProvider
    {
        private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > Long ? Timeout.InfiniteTimeSpan : dueTime, period > Long ? Timeout.InfiniteTimeSpan : period);
    }
}
