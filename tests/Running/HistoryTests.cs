using Legwork.Host.Soak;

namespace Legwork.Running.Tests;

/// <summary>The judge of <c>soak failover</c>: what it lets pass, and that it catches what it is there for.</summary>
public class HistoryTests
{
    [Fact]
    public void Answers_that_some_order_explains_are_no_fault()
    {
        Operation[] history =
        [
            Write(0, "a", Told.Done, 0, 10), Write(0, "b", Told.Stale, 1, 12), Version(0, 2, 4), Version(1, 3, 11), Last("a", 11, 14),
            Write(1, "c", Told.Unknown, 15, 20), Version(1, 21, 22), Version(2, 23, 24), Last("c", 25, 26), // the broken-off write arrived late
            Write(2, "d", Told.Unknown, 27, 30), Write(2, "e", Told.Done, 31, 40), Last("e", 41, 42),       // this one never did
            Write(3, "f", Told.NotDone, 43, 44), Version(3, 45, 46),
        ];
        Faults(history).ShouldBeEmpty();
    }

    [Fact]
    public void Each_planted_wrong_is_caught()
    {
        Faults(Write(0, "a", Told.Done, 0, 1), Version(0, 2, 3)).ShouldHaveSingleItem("an acknowledged write was lost");
        Faults(Write(0, "a", Told.Done, 0, 1), Last("", 2, 3)).ShouldHaveSingleItem("an old value was shown");
        Faults(Write(0, "a", Told.Done, 0, 1), Version(2, 2, 3)).ShouldHaveSingleItem("a write was done twice");
        Faults(Write(0, "a", Told.Done, 0, 1), Write(0, "b", Told.Done, 0, 1)).ShouldHaveSingleItem("two wrote upon one version");
        Faults(Write(0, "a", Told.NotDone, 0, 1), Last("a", 2, 3)).ShouldHaveSingleItem("what was refused was done");
        Faults(Write(0, "a", Told.Stale, 0, 1)).ShouldHaveSingleItem("nobody had changed the version");
        Faults(Write(0, "a", Told.Unknown, 0, 1), Version(1, 2, 3), Version(0, 4, 5)).ShouldHaveSingleItem("a write was taken back");
        Faults(Write(0, "a", Told.Unknown, 10, 11), Version(1, 2, 3)).ShouldHaveSingleItem("it was seen before it was asked for");
    }

    [Fact]
    public void Over_random_histories_it_says_what_trying_every_order_says()
    {
        var random = new Random(7);
        var (right, wrong) = (0, 0);
        for (var i = 0; i < 2_000; i++)
        {
            var history = Enumerable.Range(0, random.Next(1, 7)).Select(n => Any(random, n)).ToArray();
            var found = Faults(history).Count == 0;
            var naive = AnyOrderExplains([.. history], 0, "", [.. history.Where(one => one.Told != Told.Unknown)]);
            found.ShouldBe(naive, string.Join("\n", history.Select(one => $"{one}")));
            if (found) right++;
            else wrong++;
        }
        right.ShouldBeGreaterThan(200);
        wrong.ShouldBeGreaterThan(200);
    }

    private static Operation Any(Random random, int n)
    {
        var begun = random.Next(12);
        var ended = begun + 1 + random.Next(8);
        return random.Next(4) switch
        {
            0 => Version(random.Next(3), begun, ended),
            1 => Last(random.Next(2) == 0 ? "" : $"{random.Next(6)}", begun, ended),
            _ => Write(random.Next(3), $"{n}", (Told)(random.Next(3) switch { 0 => Told.Done, 1 => Told.Stale, _ => Told.Unknown }), begun, ended),
        };
    }

    /// <summary>Takes, one after the other, any operation that did not begin after another one still waiting had ended.</summary>
    private static bool AnyOrderExplains(List<Operation> left, long version, string last, List<Operation> required)
    {
        if (required.Count == 0) return true;
        var earliest = required.Min(one => one.Ended);
        foreach (var next in left.Where(one => one.Begun <= earliest))
        {
            var (after, text) = (version, last);
            var fits = next.Asked switch
            {
                Asked.Version => next.Version == version,
                Asked.Last => next.Text == last,
                _ when next.Told == Told.Stale => next.Version != version,
                _ => next.Version == version,
            };
            if (!fits) continue;
            if (next.Asked == Asked.Write && next.Told != Told.Stale) (after, text) = (version + 1, next.Text);
            if (AnyOrderExplains([.. left.Where(one => one != next)], after, text, [.. required.Where(one => one != next)])) return true;
        }
        return false;
    }

    private static IReadOnlyList<string> Faults(params Operation[] history) => History.Faults(history, new Dictionary<string, long> { ["case"] = 0 });

    private static Operation Write(long upon, string text, Told told, long begun, long ended) =>
        new("case", Asked.Write, upon, text, told, begun, ended);

    private static Operation Version(long seen, long begun, long ended) => new("case", Asked.Version, seen, "", Told.Done, begun, ended);

    private static Operation Last(string seen, long begun, long ended) => new("case", Asked.Last, 0, seen, Told.Done, begun, ended);
}
