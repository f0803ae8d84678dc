using Legwork.People.Matching;

namespace Legwork.People.Tests;

/// <summary>More pairs than are put before the clerks at once: none is lost, and the next come when some are decided.</summary>
public class PairsBoundTests
{
    private static readonly int[] Group = [0, 1, 2, 3, 4, 4];

    // The likeliest first. Rows 4 and 5 are one person, so two of these pairs are one question, and one is none.
    private static readonly (int, int)[] Pairs = [(0, 1), (5, 2), (4, 5), (2, 4), (3, 0), (1, 3), (1, 2)];

    [Fact]
    public void What_is_left_over_the_bound_is_counted_and_comes_when_the_others_are_decided()
    {
        var (all, none) = PersonMatching.Asked(Pairs, Group, [], 100);
        all.ShouldBe([(0, 1), (5, 2), (3, 0), (1, 3), (1, 2)]);
        none.ShouldBe(0);

        var (first, left) = PersonMatching.Asked(Pairs, Group, [], 2);
        first.ShouldBe([(0, 1), (5, 2)], "the likeliest come first");
        left.ShouldBe(3, "each question counts once");

        var (next, more) = PersonMatching.Asked(Pairs, Group, [(1, 0), (2, 4)], 2);
        next.ShouldBe([(3, 0), (1, 3)], "what was decided, whichever way round, is asked no more and takes no place");
        more.ShouldBe(1);
    }
}
