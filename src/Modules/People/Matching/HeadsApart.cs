using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// A ledger may call its head's own row by a short name (户主 巴桑旺杰, 居住人 巴桑). But where the head has a row under the full name
/// behind the same door, a shorter name beside it is another resident, and so is a shorter name of another year or sex beside any other
/// resident's: a ledger writes nobody twice behind one door.
/// </summary>
internal static class HeadsApart
{
    /// <summary>Rows of the ledger beside their head's own.</summary>
    /// <param name="fold">One form for every spelling of a name.</param>
    /// <param name="isLike">Whether one name is a short form of the other.</param>
    public static IEnumerable<(int Row, int Other)> Find(IReadOnlyList<Record> records, Func<string, string> fold, Func<string, string, bool> isLike)
    {
        var own = Enumerable.Range(0, records.Count)
            .Where(i => records[i] is { Means: Sources.Ledger, Name: not null, Head: not null, Dwelling: not null })
            .GroupBy(i => (records[i].Source, records[i].Dwelling, Head: fold(records[i].Head!)))
            .Where(home => home.Skip(1).Any());
        foreach (var home in own)
        {
            if (home.Where(i => fold(records[i].Name!) == home.Key.Head).ToList() is not [var head]) continue;
            foreach (var other in home)
                if (other != head && IsShort(records[other], records[head], isLike)) yield return (other, head);
        }
    }

    /// <summary>Residents of one door, of whom one is called by a short form of the other's name.</summary>
    public static IEnumerable<(int Row, int Other)> Residents(IReadOnlyList<Record> records, Func<string, string, bool> isLike) =>
        Enumerable.Range(0, records.Count).Where(i => records[i] is { Means: Sources.Ledger, Name: not null, Dwelling: not null })
            .GroupBy(i => (records[i].Source, records[i].Dwelling))
            .SelectMany(home => home.SelectMany(row => home.Where(other => AreTwo(records[row], records[other], isLike))
                .Select(other => (row, other))));

    private static bool AreTwo(Record a, Record b, Func<string, string, bool> isLike) => IsShort(a, b, isLike)
        && (a.Birth.IsKnown && b.Birth.IsKnown && a.Birth.Year != b.Birth.Year || a.Sex != Sex.Unknown && b.Sex != Sex.Unknown && a.Sex != b.Sex);

    private static bool IsShort(Record a, Record b, Func<string, string, bool> isLike) => a.Name!.Length < b.Name!.Length && isLike(a.Name, b.Name);
}
