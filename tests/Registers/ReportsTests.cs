using Legwork.Kernel;

namespace Legwork.Registers.Tests;

/// <summary>The small inputs on which the product once failed, where they lie beside the checkout; expected.txt says what is wanted.</summary>
public sealed class ReportsTests
{
    private static readonly ListClock Lhasa = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new DateOnly(2026, 11, 30));

    public static TheoryData<string, string?, int> Folders => new()
    {
        { "closing-row-as-person", null, 6 }, { "day-one-early", "registers.unreadable", 6 }, { "day-one-early/csv-instants", null, 6 },
        { "marks-that-print-nothing", null, 6 }, { "marks-that-print-nothing/header", null, 6 }, { "xlsx-escapes", null, 6 },
        { "xlsx-merged-cells", null, 6 }, { "xlsx-part-names", null, 6 }, { "xlsx-part-names/other-workbook-name", null, 6 },
        { "xlsx-part-names/ods", "registers.not_a_table", 0 }, { "xlsx-values-missing", "registers.uncomputed", 6 },
        { "xlsx-values-missing/error-cells", null, 6 },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_file_that_once_failed_is_taken_rightly_or_refused_by_name(string folder, string? refusal, int rows)
    {
        var file = Directory.EnumerateFiles(Repository.Sample(Path.Combine("reports", "files", folder)), "户籍人口_202610.*").Single();
        var match = LayoutBook.Load(Repository.In("districts", "540102", "registers"), Lhasa).Value.Match(file)!;
        var assessment = RegisterFile.Assess(file, match.Layout, match.Period);
        assessment.Refusals.Select(fault => fault.Code).ShouldBe(refusal is null ? [] : [refusal]);
        assessment.Rows.ShouldBe(rows);
        if (refusal is null) Judge(folder, [.. RegisterFile.Open(file, match.Layout).Value.Rows()]);
    }

    private static void Judge(string folder, IReadOnlyList<RegisterRow> rows)
    {
        var (names, births) = (rows.Select(row => row["name"]).ToList(), rows.Select(row => row["birth"]).ToList());
        if (folder != "xlsx-values-missing/error-cells") names.ShouldBe(["测甲某", "测乙某", "测丙某", "测丁某", "测戊某", "测己某"]);
        else names.ShouldAllBe(name => name == null || !name.Contains('#'));
        // Seconds before midnight leave the day open; every other birth is the one in the number.
        foreach (var (row, birth) in rows.Zip(births))
            if (folder == "day-one-early/csv-instants" && row.Number == 4) birth.ShouldBeNull();
            else if (ResidentNumber.TryParse(row["number"], out var number) && folder != "xlsx-values-missing/error-cells")
                birth.ShouldBe(number.Birth.ToString("yyyy-MM-dd"));
        rows.ShouldAllBe(row => row["address"] == null || !(row["address"]!.Contains("_x") || row["address"]!.Contains('\u200e')
            || row["address"]!.Contains('#')));
        if (folder == "xlsx-merged-cells") rows.Select(row => row["household_no"]).Distinct().Count().ShouldBe(2);
        if (folder == "xlsx-merged-cells") rows.ShouldAllBe(row => row["household_no"] != null && row["address"] != null);
        if (folder is "xlsx-escapes" or "marks-that-print-nothing")
            rows.ShouldAllBe(row => ResidentNumber.IsValid(row["number"]) && row["sex"] != null);
    }
}
