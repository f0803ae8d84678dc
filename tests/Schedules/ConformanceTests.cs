using System.Text.Json;

namespace Legwork.Schedules.Tests;

/// <summary>CDC's own test cases, the halves that are at hand. What misses is argued in docs/cdsi-misses.md, and nothing else may miss.</summary>
public sealed class ConformanceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("legwork-conformance-").FullName;

    private (int Exit, JsonElement Answer, string Text) Run(string cases)
    {
        var json = Path.Combine(folder, "out.json");
        using var text = new StringWriter();
        var exit = ConformanceCommand.Run(["cdsi", "--supporting", SampleData.Folder, "--cases", cases, "--json", json], text, TextWriter.Null);
        return (exit, JsonDocument.Parse(File.ReadAllText(json)).RootElement, text.ToString());
    }

    [Fact]
    public void Every_case_of_healthy_people_is_right_in_everything()
    {
        var (exit, answer, text) = Run(SampleData.File("healthy-cases-v4.45-half.csv"));
        (exit, answer.GetProperty("total").GetInt32(), answer.GetProperty("allRight").GetInt32()).ShouldBe((0, 510, 510), text);
    }

    [Fact]
    public void Of_the_cases_with_conditions_only_those_argued_about_miss()
    {
        var (exit, answer, text) = Run(SampleData.File("conditions-cases-v4.6-half.csv"));
        var argued = File.ReadLines(Path.Combine(Support.Repository.Root, "docs", "cdsi-misses.md"))
            .Where(line => line.StartsWith("## 20", StringComparison.Ordinal)).Select(line => line[3..].Split(' ')[0]).ToList();
        var missed = text.Split('\n').Where(line => line.StartsWith("20", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToList();
        missed.Except(argued).ShouldBeEmpty(text);
        exit.ShouldBe(1);
        answer.GetProperty("cases").GetArrayLength().ShouldBe(177);
    }

    [Fact]
    public void A_file_without_expectations_is_answered_all_the_same()
    {
        var lines = File.ReadAllLines(SampleData.File("healthy-cases-v4.45-half.csv"));
        var cells = lines[0].Split(',').ToList();
        var blind = Path.Combine(folder, "blind.csv");
        File.WriteAllText(blind, lines[0] + "\n" + string.Join(',', cells.Select(c => c switch
        {
            "CDC_Test_ID" => "made-1",
            "DOB" => "2025-09-06",
            "gender" => "F",
            "Date_Administered_1" => "10/15/2025",
            "CVX_1" => "107",
            "Date_Administered_2" => "11/01/2025",
            "CVX_2" => "9999",
            "Vaccine_Group" => "DTAP",
            "Assessment_Date" => "2025-11-10",
            _ => "",
        })) + "\n");
        var (exit, answer, text) = Run(blind);
        exit.ShouldBe(0);
        // A vaccine that the supporting data do not know is said, not dropped.
        text.ShouldContain("notice: made-1 DTaP/Tdap/Td: the supporting data know no vaccine 9999");
        answer.GetProperty("cases")[0].GetProperty("unknown").EnumerateArray().Select(unknown => unknown.GetString()).ShouldBe(["vaccine 9999"]);
        var one = answer.GetProperty("cases")[0];
        (one.GetProperty("id").GetString(), one.GetProperty("seriesStatus").GetString(),
            one.GetProperty("forecastNumber").GetInt32()).ShouldBe(("made-1", "Not complete", 2));
        one.GetProperty("doses")[0].GetProperty("status").GetString().ShouldBe("Valid");
        one.GetProperty("pastDue").GetString().ShouldNotBeNull();
    }

    [Fact]
    public void A_file_that_is_not_in_a_published_layout_is_refused_with_its_line()
    {
        var (file, errors) = (Path.Combine(folder, "x.csv"), new StringWriter());
        File.WriteAllText(file, "CDC_Test_ID,DOB\n1,2020-01-01\n");
        ConformanceCommand.Run(["cdsi", "--supporting", SampleData.Folder, "--cases", file], TextWriter.Null, errors).ShouldBe(2);
        errors.ToString().ShouldContain("x.csv:1: the column Gender is missing");
        ConformanceCommand.Run(["cdsi", "--supporting", folder, "--cases", file], TextWriter.Null, errors).ShouldBe(2);
        ConformanceCommand.Run(["cdsi"], TextWriter.Null, errors).ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
