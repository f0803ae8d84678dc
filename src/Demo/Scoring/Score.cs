using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Legwork.Demo;

/// <summary>
/// How well exported files and findings agree with the truth of a month.
/// </summary>
/// <param name="AllPairs">Pairs of rows of one person, over all rows that carry a person.</param>
/// <param name="PairsWithoutNumber">The same, over the pairs of which at least one row carries no number.</param>
/// <param name="Findings">By kind; first the kinds of <see cref="FindingDefinitions.Kinds"/>, then any other that was stated or claimed.</param>
/// <param name="RowsWithoutFile">Rows of persons that the export left out; each counts as a file of its own.</param>
public sealed record Score(
    Agreement AllPairs, Agreement PairsWithoutNumber, IReadOnlyDictionary<string, Agreement> Findings, int RowsWithoutFile)
{
    /// <summary>
    /// Compares an export with a folder of truth (<c>persons.csv</c>: source,row,person,has_number; <c>findings.csv</c>: kind,person,source,row).
    /// </summary>
    /// <remarks>
    /// Rows that carry nobody are ignored wherever they appear. A file's person is the one to whom most of its rows belong (the one who comes first
    /// when two have as many). A finding is right when the truth has its kind for its file's person; the same kind claimed for two files of one
    /// person is one claim; a claim for a file without any person's row is wrong.
    /// </remarks>
    /// <param name="filesCsv"><c>source,row,file_id</c></param>
    /// <param name="findingsCsv"><c>kind,file_id,…</c>; null compares the files only.</param>
    /// <exception cref="FormatException">A column is missing.</exception>
    public static Score Compare(string truthFolder, string filesCsv, string? findingsCsv)
    {
        var persons = new Names();
        var files = new Names();
        var fileOfRow = new Dictionary<(string Source, string Row), int>();
        foreach (var cells in Table(filesCsv, "source", "row", "file_id"))
            fileOfRow[(string.Intern(cells[0]), cells[1])] = files.Id(cells[2]);

        var all = new PairCount();
        var numbered = new PairCount();
        var rowsOfFile = new Dictionary<(int File, int Person), int>();
        var withoutFile = 0;
        foreach (var cells in Table(Path.Combine(truthFolder, PersonsOfRows.FileName), "source", "row", "person", "has_number"))
        {
            var person = persons.Id(cells[2]);
            if (!fileOfRow.TryGetValue((string.Intern(cells[0]), cells[1]), out var file))
            {
                file = files.New();
                withoutFile++;
            }
            all.Add(person, file);
            if (cells[3] == "1") numbered.Add(person, file);
            CollectionsMarshal.GetValueRefOrAddDefault(rowsOfFile, (file, person), out _)++;
        }

        var pairs = all.Pairs();
        var ofNumbered = numbered.Pairs();
        return new Score(
            pairs,
            new Agreement(pairs.Right - ofNumbered.Right, pairs.Claimed - ofNumbered.Claimed, pairs.Actual - ofNumbered.Actual),
            findingsCsv is null
                ? new Dictionary<string, Agreement>() : CompareFindings(truthFolder, findingsCsv, persons, files, PersonOfFile(rowsOfFile)),
            withoutFile);
    }

    /// <summary>A table for a terminal: files first, then the findings by kind as planted, found, right and false.</summary>
    public string ToTable()
    {
        var text = new StringBuilder();
        text.AppendLine("                       precision   recall       F1");
        Line("files, all pairs", AllPairs);
        Line("  without a number", PairsWithoutNumber);
        if (RowsWithoutFile > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  rows without a file: {RowsWithoutFile}");
        text.AppendLine("finding                planted    found    right    false   precision  recall");
        foreach (var (kind, score) in Findings)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{kind,-20} {score.Actual,9} {score.Claimed,8} {score.Right,8} {score.Claimed - score.Right,8} "
                    + $"{score.Precision,11:0.0000} {score.Recall,7:0.0000}");
        }
        return text.ToString();

        void Line(string what, Agreement score) => text.AppendLine(CultureInfo.InvariantCulture,
            $"{what,-20} {score.Precision,11:0.00000} {score.Recall,8:0.00000} {score.F1,8:0.00000}");
    }

    private static Dictionary<int, int> PersonOfFile(Dictionary<(int File, int Person), int> rowsOfFile)
    {
        var personOfFile = new Dictionary<int, int>();
        foreach (var ((file, person), _) in rowsOfFile.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Person))
            personOfFile.TryAdd(file, person);
        return personOfFile;
    }

    private static Dictionary<string, Agreement> CompareFindings(
        string truthFolder, string findingsCsv, Names persons, Names files, Dictionary<int, int> personOfFile)
    {
        var actual = new HashSet<(string Kind, int Person)>();
        foreach (var cells in Table(Path.Combine(truthFolder, TruthFiles.FindingsName), "kind", "person"))
            actual.Add((cells[0], persons.Id(cells[1])));
        var claimed = new HashSet<(string Kind, int Person)>();
        var ofNobody = new HashSet<(string Kind, int File)>();
        foreach (var cells in Table(findingsCsv, "kind", "file_id"))
        {
            var file = files.Id(cells[1]);
            if (personOfFile.TryGetValue(file, out var person)) claimed.Add((cells[0], person));
            else ofNobody.Add((cells[0], file));
        }

        var kinds = FindingDefinitions.Kinds.Concat(
            actual.Concat(claimed).Concat(ofNobody).Select(finding => finding.Item1).Distinct().Order(StringComparer.Ordinal)).Distinct();
        var rightByKind = claimed.Where(actual.Contains).CountBy(finding => finding.Kind).ToDictionary();
        var actualByKind = actual.CountBy(finding => finding.Kind).ToDictionary();
        var claimedByKind = claimed.Concat(ofNobody).CountBy(finding => finding.Item1).ToDictionary();
        return kinds.ToDictionary(kind => kind, kind => new Agreement(
            rightByKind.GetValueOrDefault(kind), claimedByKind.GetValueOrDefault(kind), actualByKind.GetValueOrDefault(kind)));
    }

    private static IEnumerable<string[]> Table(string path, params string[] columns)
    {
        using var reader = new StreamReader(path);
        using var lines = RegisterFile.Split(reader, ',').GetEnumerator();
        var header = lines.MoveNext() ? lines.Current : [];
        var at = columns.Select(column => Array.IndexOf(header, column)).ToArray();
        if (at.Contains(-1)) throw new FormatException($"{path}: needs the columns {string.Join(',', columns)}.");
        while (lines.MoveNext())
        {
            if (lines.Current.Length < header.Length) continue;
            yield return [.. at.Select(i => lines.Current[i])];
        }
    }

    /// <summary>Small whole numbers for long names.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, int> ids = [];
        private int next;

        public int Id(string name)
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, name, out var known);
            if (!known) id = next++;
            return id;
        }

        public int New() => next++;
    }
}
