using System.Globalization;
using Legwork.People.Records;

namespace Legwork.People.Matching;

/// <summary>
/// Twins share the day, the door, the household and the telephone, their numbers follow each other, and their names may be one character
/// apart or sound the same (晨希, 晨曦). Two valid numbers of one place and day and of near sequence under two names are two children; so are
/// two rows of one list that call them by their parent differently (之长子, 之次子),
/// and two certificates of one mother and day under two names.
/// </summary>
internal static class TwinsApart
{
    private const int PlaceAndDay = 14;
    private const int SequencesApart = 20;

    /// <param name="fold">One form for every spelling of a name.</param>
    public static IEnumerable<(int Row, int Other)> Find(IReadOnlyList<Record> records, Func<string, string> fold)
    {
        var together = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < records.Count; i++)
        {
            foreach (var key in Keys(records[i]))
            {
                if (!together.TryGetValue(key, out var rows)) together.Add(key, rows = new(2));
                rows.Add(i);
            }
        }
        var told = new HashSet<(int, int)>();
        foreach (var rows in together.Values)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                for (var j = i + 1; j < rows.Count; j++)
                    if (AreTwo(records[rows[i]], records[rows[j]], fold)) told.Add((rows[i], rows[j]));
            }
        }
        return told.Order();
    }

    /// <summary>Household, door or telephone beside place and day of the number; without a number, parent or door and the day.</summary>
    private static IEnumerable<string> Keys(Record record)
    {
        var door = PersonMatching.Door(record.Dwelling);
        if (record is { NumberIsValid: true, Number: { } number })
        {
            var coded = number[..PlaceAndDay];
            if (record.HouseholdNo is { } household) yield return $"{coded} household {household}";
            if (door is not null) yield return $"{coded} door {door}";
            if (PersonMatching.PhoneOf(record) is { } phone) yield return $"{coded} phone {phone}";
        }
        else if (!record.Birth.IsExact) yield break;
        else if (record.Means == Sources.Births)
        {
            if ((record.MotherNumber ?? record.FatherNumber) is { } parent) yield return $"{record.Birth} of {parent}";
        }
        else if (door is not null && ChildrenByParents.IsUnnamed(record.Name)) yield return $"{record.Birth} {record.Source} {door}";
    }

    private static bool AreTwo(Record a, Record b, Func<string, string> fold)
    {
        if (a is { NumberIsValid: true, Number: { } one } && b is { NumberIsValid: true, Number: { } other })
            return one != other && Math.Abs(Sequence(one) - Sequence(other)) <= SequencesApart && AreNamedApart(a, b, fold);
        if (ChildrenByParents.AreCalledApart(a.Name, b.Name)) return true;
        return a.Means == Sources.Births && !ChildrenByParents.IsUnnamed(a.Name) && !ChildrenByParents.IsUnnamed(b.Name) && AreNamedApart(a, b, fold);
    }

    private static int Sequence(string number) => int.Parse(number.AsSpan(PlaceAndDay, 3), CultureInfo.InvariantCulture);

    private static bool AreNamedApart(Record a, Record b, Func<string, string> fold) =>
        a.Name is { } one && b.Name is { } other && fold(one) != fold(other) && a.FormerName != other && b.FormerName != one;
}
