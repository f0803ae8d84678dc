using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// The household register has a person once (户口登记条例 art. 6). Two rows under one household number, of one name in any spelling, one sex
/// and one day are the same person with an old entry that was not closed, whatever number and door it has: no parents give two children
/// of one day one name.
/// </summary>
internal static class RegisteredTwice
{
    /// <param name="fold">One form for every spelling of a name.</param>
    public static IEnumerable<(int Row, int Other)> Find(IReadOnlyList<Record> records, Func<string, string> fold) =>
        Enumerable.Range(0, records.Count)
            .Where(i => records[i] is { Means: Sources.Household, HouseholdNo: not null, Name: not null, Birth.IsExact: true }
                && records[i].Sex != Sex.Unknown && !ChildrenByParents.IsUnnamed(records[i].Name))
            .GroupBy(i => (records[i].HouseholdNo, records[i].Birth, records[i].Sex))
            .Where(born => born.Skip(1).Any())
            .SelectMany(born => born.GroupBy(i => fold(records[i].Name!)))
            .SelectMany(one => one.Skip(1).Select(other => (other, one.First())));
}
