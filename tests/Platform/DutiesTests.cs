using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Legwork.Platform.Cluster;
using Legwork.Platform.Storage;
using Legwork.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Platform.Tests;

/// <summary>What one node does for all: by one at a time, and by another when that one dies.</summary>
public class DutiesTests
{
    private static readonly TimeSpan LimitOfPatience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_node_alone_does_a_duty_while_somebody_follows_and_says_each_word_once()
    {
        var counting = new Counting();
        using var duties = new DutiesHere([counting.At("here")], TimeProvider.System, NullLogger<DutiesHere>.Instance);
        var (first, second) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var one = duties.Follow("test.count", "", first.Enqueue);
        counting.Say("a");
        await Until(() => first.Contains("here a"));
        using (duties.Follow("test.count", "", second.Enqueue)) second.ShouldBe(["here a"]); // who comes later hears what stands
        counting.Say("a");
        counting.Say("b");
        await Until(() => first.Contains("here b"));
        first.ShouldBe(["here a", "here b"]);
        second.ShouldBe(["here a"]); // who left hears nothing more

        one.Dispose();
        await Until(() => counting.Doing.IsEmpty);
        counting.Begun.ShouldBe(["here"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_nodes_do_a_duty_once_between_them_and_the_other_goes_on_with_it_when_its_node_dies(Engine engine)
    {
        using var test = TestStore.Open(engine);
        var counting = new Counting();
        var nodes = new Dictionary<string, DutiesOfAll> { ["one"] = Node("one", test.Store, counting), ["two"] = Node("two", test.Store, counting) };
        var heard = nodes.Keys.ToDictionary(node => node, _ => new ConcurrentQueue<string>());
        foreach (var (name, node) in nodes) node.Follow("test.count", "", heard[name].Enqueue);
        counting.Say("a");
        await Until(() => heard.Values.All(words => words.Any(word => word.EndsWith(" a", StringComparison.Ordinal))));
        await Until(() => counting.Doing.Count == 1);
        var carrier = counting.Doing.Keys.Single();
        counting.Say("b");
        await Until(() => heard.Values.All(words => words.Contains($"{carrier} b")));
        foreach (var words in heard.Values) words.Count(word => word == $"{carrier} b").ShouldBe(1, "a word is heard once on every node");

        var other = nodes.Keys.Single(node => node != carrier);
        await nodes[carrier].Die();
        counting.Say("c");
        await Until(() => heard[other].Contains($"{other} c"));
        await Until(() => counting.Doing.Keys.Single() == other);
        heard[carrier].ShouldNotContain($"{other} c");
        await nodes[other].DisposeAsync();
        await Until(() => counting.Doing.IsEmpty);
    }

    [Fact]
    public void An_address_that_no_other_node_could_reach_is_refused_by_name() =>
        Should.Throw<CannotOpenException>(() => new DutiesOfAll("here", "one", null!, [], TimeProvider.System, NullLoggerFactory.Instance))
            .Message.ShouldContain("10.0.0.2:11111");

    private static DutiesOfAll Node(string name, Store store, Counting counting)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = free.LocalEndpoint.ToString()!;
        return new DutiesOfAll(address, name, store, [counting.At(name)], TimeProvider.System, NullLoggerFactory.Instance);
    }

    private static async Task Until(Func<bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LimitOfPatience);
        while (!holds()) await Task.Delay(20, limit.Token);
    }

    /// <summary>A duty that says a word when told to, and who does it now.</summary>
    private sealed class Counting
    {
        private volatile string word = "";

        public ConcurrentDictionary<string, bool> Doing { get; } = [];

        public ConcurrentQueue<string> Begun { get; } = [];

        public void Say(string text) => word = text;

        public Duty At(string node) => new("test.count", async (on, over) =>
        {
            Begun.Enqueue(node);
            Doing[node] = true;
            try
            {
                while (true)
                {
                    if (word.Length > 0) on.Tell($"{node} {word}");
                    await Task.Delay(10, over);
                }
            }
            finally
            {
                Doing.TryRemove(node, out _);
            }
        });
    }
}
