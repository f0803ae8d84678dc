using System.Globalization;
using System.Text;

namespace Legwork.Schedules.Conformance;

/// <summary>One published test case: a patient, a day, a vaccine group, and what is expected where the file says it.</summary>
internal sealed record ConformanceCase(string Id, string Name, string GroupLabel, Patient Patient, DateOnly Assessed,
    IReadOnlyList<ExpectedDose> Doses, Expected Expected);

/// <param name="Status">Empty where the file expects nothing.</param>
internal readonly record struct ExpectedDose(string Status, string Reason);

/// <summary>Texts as the file has them, "-" taken as empty.</summary>
/// <param name="Given">False when the file's expectation columns are empty.</param>
/// <param name="Healthy">The layout of 63 columns, which words some things otherwise than that of 76.</param>
internal sealed record Expected(string SeriesStatus, string ForecastNumber, string Earliest, string Recommended,
    string PastDue, bool Given, bool Healthy);

/// <summary>A file of cases cannot be read; says where and why.</summary>
public sealed class CaseFileException(string file, int line, string reason) : Exception(FormattableString.Invariant($"{file}:{line}: {reason}"));

/// <summary>
/// CDC's test cases as comma-separated text, in either published layout (healthy: 63 columns; underlying conditions: 76).
/// Columns are found by their names.
/// </summary>
internal sealed class CaseFile
{
    private const int DosesMax = 7;
    private const int ObservationsMax = 3;
    private static readonly string[] Dates = ["yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy", "yyyyMMdd"];
    private readonly string path;
    private readonly Dictionary<string, int> columns;
    private List<string> row = [];
    private int line;

    private CaseFile(string path, List<string> header)
    {
        this.path = path;
        columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++) columns.TryAdd(header[i].Trim().Replace(' ', '_'), i);
        foreach (var needed in (string[])["CDC_Test_ID", "DOB", "Gender", "Vaccine_Group", "Assessment_Date", "Date_Administered_1", "CVX_1"])
            if (!columns.ContainsKey(needed))
                throw new CaseFileException(path, 1, $"the column {needed} is missing; the header is not one of the two published layouts");
    }

    /// <exception cref="CaseFileException">The header or a row is not as published.</exception>
    public static List<ConformanceCase> Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var rows = new CsvRows(reader);
        var file = new CaseFile(path, rows.Next() ?? throw new CaseFileException(path, 1, "the file is empty"));
        var cases = new List<ConformanceCase>();
        while (rows.Next() is { } row)
        {
            (file.row, file.line) = (row, rows.Line);
            if (file["CDC_Test_ID"].Length > 0) cases.Add(file.Case());
        }
        return cases;
    }

    private string this[string column] => columns.TryGetValue(column, out var at) && at < row.Count ? row[at].Trim() : "";

    private ConformanceCase Case()
    {
        var (given, expected) = (new List<DoseGiven>(), new List<ExpectedDose>());
        for (var i = 1; i <= DosesMax; i++)
        {
            if (Date($"Date_Administered_{i}") is not { } day) continue;
            given.Add(new DoseGiven(day, this[$"CVX_{i}"].PadLeft(2, '0'), this[$"MVX_{i}"], this[$"Vaccine_Name_{i}"]));
            expected.Add(new ExpectedDose(this[$"Evaluation_Status_{i}"], this[$"Evaluation_Reason_{i}"]));
        }
        var observations = new List<ObservationMade>();
        for (var i = 1; i <= ObservationsMax; i++)
            if (this[$"Observation_Code_{i}"] is { Length: > 0 } code)
                observations.Add(new ObservationMade(code.PadLeft(3, '0'), Date($"Observation_Date_{i}")));
        var sex = this["Gender"] switch { "F" or "f" or "Female" => Sex.Female, "M" or "m" or "Male" => Sex.Male, _ => Sex.Unknown };
        var born = Date("DOB") ?? throw new CaseFileException(path, line, "the date of birth is missing");
        var assessed = Date("Assessment_Date") ?? throw new CaseFileException(path, line, "the assessment date is missing");
        return new ConformanceCase(this["CDC_Test_ID"], this["Test_Case_Name"], this["Vaccine_Group"],
            new Patient(born, sex, given, observations), assessed, expected,
            new Expected(Text("Series_Status"), Text("Forecast_#"), Iso("Earliest_Date"), Iso("Recommended_Date"), Iso("Past_Due_Date"),
                Text("Series_Status").Length > 0, !columns.ContainsKey("Observation_Code_1")));
    }

    private string Text(string column) => this[column] is var text && text is "-" or "n/a" or "N/A" ? "" : text;

    private string Iso(string column) => Text(column).Length == 0 ? "" : Date(column)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private DateOnly? Date(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        return DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new CaseFileException(path, line, $"{column} '{text}' is no date");
    }
}

/// <summary>Rows of comma-separated text with quotes (RFC 4180); a quoted field may hold line ends.</summary>
internal sealed class CsvRows(TextReader reader)
{
    private int next = 1;

    /// <summary>Line on which the last row began, from 1.</summary>
    public int Line { get; private set; }

    public List<string>? Next()
    {
        if (reader.Peek() < 0) return null;
        Line = next;
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        while (true)
        {
            var c = reader.Read();
            if (c == '\n') next++;
            if (c < 0 || !quoted && c == '\n')
            {
                fields.Add(field.ToString());
                return fields;
            }
            if (c == '"')
            {
                if (quoted && reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (quoted || c != '\r') field.Append((char)c);
        }
    }
}
