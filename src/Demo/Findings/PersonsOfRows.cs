using System.Globalization;

namespace Legwork.Demo;

/// <summary>Whose row each row is: the truth behind a month. Persons are small whole numbers; −1 is a row that carries nobody.</summary>
public sealed class PersonsOfRows
{
    public const string FileName = "persons.csv";
    public const int Nobody = -1;

    private readonly Dictionary<string, List<int>> persons = [];

    /// <param name="row">0-based.</param>
    public int this[string source, int row] =>
        persons.TryGetValue(source, out var rows) && row < rows.Count ? rows[row] : Nobody;

    public void Set(string source, int row, int person)
    {
        if (!persons.TryGetValue(source, out var rows)) persons[source] = rows = [];
        while (rows.Count <= row) rows.Add(Nobody);
        rows[row] = person;
    }

    /// <summary>Reads <c>source,row,person,has_number</c> (row 1-based).</summary>
    public static PersonsOfRows Read(string path)
    {
        var truth = new PersonsOfRows();
        using var reader = new StreamReader(path);
        foreach (var cells in RegisterFile.Split(reader, ',').Skip(1))
            truth.Set(cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture) - 1, int.Parse(cells[2], CultureInfo.InvariantCulture));
        return truth;
    }
}
