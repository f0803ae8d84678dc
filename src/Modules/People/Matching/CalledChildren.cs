namespace Legwork.People.Matching;

/// <summary>
/// Children of one sex, born to one mother on one day, whom lists still call 之长子 and 之次子. One call is one child in every list, two calls
/// are two; a list that has a child by number or by name does not mean that child when it calls one beside it. What this leaves is the
/// answer; the order of their numbers is none, since nobody says who of twins was registered first.
/// </summary>
internal static class CalledChildren
{
    /// <param name="Row">The row that calls a child so.</param>
    /// <param name="Call">长, 次, 三, 四.</param>
    /// <param name="May">The members of the family whom its list leaves open; one, when the row has that member's number.</param>
    internal readonly record struct Called(int Row, char Call, IReadOnlyCollection<int> May);

    /// <returns>The member whom each call means; nothing of a call that stays open, and nothing at all where lists contradict each other.</returns>
    public static Dictionary<char, int> Decide(IReadOnlyList<int> family, IReadOnlyCollection<Called> called)
    {
        var open = called.GroupBy(row => row.Call).ToDictionary(call => call.Key, call =>
        {
            var may = family.ToHashSet();
            foreach (var row in call) may.IntersectWith(row.May);
            return may;
        });
        var decided = new Dictionary<char, int>();
        while (open.FirstOrDefault(call => call.Value.Count <= 1) is { Value: { } may } next)
        {
            if (may.Count == 0) return [];
            var member = may.Single();
            decided.Add(next.Key, member);
            open.Remove(next.Key);
            foreach (var other in open.Values) other.Remove(member);
        }
        return decided;
    }
}
