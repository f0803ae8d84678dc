using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Legwork.Demo;

/// <summary>The truth of a month on disk: <c>persons.csv</c>, <c>findings.csv</c>, <c>summary.json</c>; rows 1-based.</summary>
public static class TruthFiles
{
    public const string FindingsName = "findings.csv";
    public const string SummaryName = "summary.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string folder, RegisterMonth month, PersonsOfRows persons, IReadOnlyList<Finding> findings, DemoSummary summary)
    {
        WritePersons(folder, month.Registers, persons);
        var text = new StringBuilder("kind,person,source,row\n");
        foreach (var (kind, person, source, row) in findings)
            text.Append(CultureInfo.InvariantCulture, $"{kind},{person},{source},{row + 1}\n");
        File.WriteAllText(Path.Combine(folder, FindingsName), text.ToString());
        File.WriteAllText(Path.Combine(folder, SummaryName), JsonSerializer.Serialize(summary, Json) + "\n");
    }

    internal static void WritePersons(string folder, IEnumerable<Register> registers, PersonsOfRows persons)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder("source,row,person,has_number\n");
        foreach (var register in registers)
        {
            for (var i = 0; i < register.Rows.Count; i++)
            {
                var person = persons[register.Source, i];
                if (person == PersonsOfRows.Nobody) continue;
                var hasNumber = new RegisterRow(register, i).Number.Length > 0 ? 1 : 0;
                text.Append(CultureInfo.InvariantCulture, $"{register.Source},{i + 1},{person},{hasNumber}\n");
            }
        }
        File.WriteAllText(Path.Combine(folder, PersonsOfRows.FileName), text.ToString());
    }
}
