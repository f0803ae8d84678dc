using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Legwork.Platform.Cluster;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Platform.Tests;

/// <summary>What one node does for all: by one at a time, and by another when that one dies.</summary>
public class DutiesTests
{
    private static readonly TimeSpan LimitOfPatience = TimeSpan.FromMinutes(3);

    private TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_node_alone_does_a_duty_while_somebody_follows_and_says_each_word_once()
    {
        var counting = new Counting(Happened);
        using var duties = new DutiesHere([counting.At("here")], TimeProvider.System, NullLogger<DutiesHere>.Instance);
        var (first, second) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var one = duties.Follow("test.count", "", Into(first));
        counting.Say("a");
        await Until(() => first.Contains("here a"));
        using (duties.Follow("test.count", "", Into(second))) second.ShouldBe(["here a"]); // who comes later hears what stands
        counting.Say("a");
        counting.Say("b");
        await Until(() => first.Contains("here b"));
        first.ShouldBe(["here a", "here b"]);
        second.ShouldBe(["here a"]); // who left hears nothing more

        one.Dispose();
        await Until(() => counting.Doing.IsEmpty);
        counting.Begun.ShouldBe(["here"]);
    }

    [Fact]
    public void Who_follows_hears_the_last_word_at_once_and_never_the_same_word_again()
    {
        var (followers, first, second) = (new Followers(), new List<string>(), new List<string>());
        followers.Add(first.Add);
        followers.Hear("a");
        followers.Add(second.Add);
        foreach (var word in new[] { "a", "b", "b", "a" }) followers.Hear(word); // a word comes once when it is said, and when it is asked for
        first.ShouldBe(["a", "b", "a"]);
        second.ShouldBe(["a", "b", "a"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_nodes_do_a_duty_once_between_them_and_the_other_goes_on_with_it_when_its_node_dies(Engine engine)
    {
        using var test = TestStore.Open(engine);
        var counting = new Counting(Happened);
        var nodes = new Dictionary<string, DutiesOfAll> { ["one"] = Node("one", test.Store, counting), ["two"] = Node("two", test.Store, counting) };
        var heard = nodes.Keys.ToDictionary(node => node, _ => new ConcurrentQueue<string>());
        foreach (var (name, node) in nodes) node.Follow("test.count", "", Into(heard[name]));
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
    public async Task A_node_keeps_nothing_of_a_duty_that_nobody_follows_any_more()
    {
        using var test = TestStore.Open(Engine.Sqlite);
        await using var node = Node("one", test.Store, new Counting(Happened));
        var (left, followed) = (FollowAndLeave(node, leave: true), FollowAndLeave(node, leave: false));
        var since = Stopwatch.StartNew();
        while (left.TryGetTarget(out _)) // what it still did ends a moment later
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "its end hangs on the node's own");
            await Task.Yield();
            GC.Collect();
        }
        followed.TryGetTarget(out _).ShouldBeTrue("what is still followed stays");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<CancellationTokenSource> FollowAndLeave(DutiesOfAll node, bool leave)
    {
        var following = node.Follow("test.count", leave ? "left" : "followed", _ => { });
        var end = new WeakReference<CancellationTokenSource>(FollowedOn(node).Values.Single().Over);
        if (leave) following.Dispose();
        return end;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "followed")]
    private static extern ref Dictionary<string, (Followers Followers, CancellationTokenSource Over)> FollowedOn(DutiesOfAll node);

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

    /// <summary>Looks again each time that something was heard, begun or ended.</summary>
    private async Task Until(Func<bool> holds)
    {
        while (true)
        {
            var next = happened.Task;
            if (holds()) return;
            await next.WaitAsync(LimitOfPatience, TestContext.Current.CancellationToken);
        }
    }

    private void Happened() =>
        Interlocked.Exchange(ref happened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private Action<string> Into(ConcurrentQueue<string> heard) => word =>
    {
        heard.Enqueue(word);
        Happened();
    };

    /// <summary>A duty that says a word when told to, and who does it now.</summary>
    private sealed class Counting(Action happened)
    {
        private readonly Lock gate = new();
        private readonly List<Channel<string>> doing = [];
        private string word = "";

        public ConcurrentDictionary<string, bool> Doing { get; } = [];

        public ConcurrentQueue<string> Begun { get; } = [];

        public void Say(string text)
        {
            lock (gate)
            {
                word = text;
                foreach (var one in doing) one.Writer.TryWrite(text);
            }
        }

        public Duty At(string node) => new("test.count", async (key, tell, over) =>
        {
            var said = Channel.CreateUnbounded<string>();
            lock (gate)
            {
                doing.Add(said);
                if (word.Length > 0) said.Writer.TryWrite(word);
            }
            Begun.Enqueue(node);
            Doing[node] = true;
            happened();
            try
            {
                await foreach (var text in said.Reader.ReadAllAsync(over)) tell($"{node} {text}");
            }
            finally
            {
                lock (gate) doing.Remove(said);
                Doing.TryRemove(node, out _);
                happened();
            }
        });
    }
}
