namespace Legwork.Demo;

/// <summary>How many were right, how many were claimed, how many there are.</summary>
/// <remarks>With nothing claimed precision is 1, with nothing to find recall is 1: no claim is no false claim.</remarks>
public sealed record Agreement(long Right, long Claimed, long Actual)
{
    public double Precision => Claimed == 0 ? 1 : (double)Right / Claimed;

    public double Recall => Actual == 0 ? 1 : (double)Right / Actual;

    public double F1 => Claimed + Actual == 0 ? 1 : 2.0 * Right / (Claimed + Actual);
}

/// <summary>
/// Pairwise agreement of two groupings of the same rows. A pair is two rows of one group; pairs are counted from group sizes,
/// n(n−1)/2 each, and never listed.
/// </summary>
internal sealed class PairCount
{
    private readonly Dictionary<int, long> persons = [];
    private readonly Dictionary<int, long> files = [];
    private readonly Dictionary<(int Person, int File), long> both = [];

    public void Add(int person, int file)
    {
        persons[person] = persons.GetValueOrDefault(person) + 1;
        files[file] = files.GetValueOrDefault(file) + 1;
        both[(person, file)] = both.GetValueOrDefault((person, file)) + 1;
    }

    public Agreement Pairs() => new(Pairs(both.Values), Pairs(files.Values), Pairs(persons.Values));

    private static long Pairs(IEnumerable<long> sizes) => sizes.Sum(n => n * (n - 1) / 2);
}
