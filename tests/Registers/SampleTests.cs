using Legwork.Kernel;

namespace Legwork.Registers.Tests;

/// <summary>The offices' own files. Skipped where the sample is not to be had; every rule is also tested on small files of our own.</summary>
public class SampleTests
{
    [Theory]
    [InlineData("户籍人口_202610.csv", 6086, "GB18030", "name_bo", "པད་མ་ཚངས་དབྱངས")]
    [InlineData("参保人员_202610.csv", 6391, "UTF-8", "scheme", "resident")]
    [InlineData("出生医学证明_2026.xlsx", 72, "XLSX", "birth", "2026-02-24")]
    [InlineData("死亡登记_2026.csv", 41, "GB18030", "died_on", "2026-05-27")]
    [InlineData("迁入迁出_202610.csv", 49, "UTF-8", "direction", "out")]
    [InlineData("省外参保比对_202610.csv", 77, "UTF-8", "status", "ended")]
    [InlineData("在校学生_2026秋.csv", 645, "GB18030", "school", "城关区第12学校")]
    [InlineData("网格台账_202610.csv", 6742, "UTF-8", "dwelling_state", "usual")]
    [InlineData("地址.csv", 2478, "UTF-8", "lon", "91.055090")]
    public void An_offices_file_is_read_by_its_layout(string name, int rows, string encoding, string field, string firstValue)
    {
        var path = Desk.Sample(name);
        var match = Desk.District.Match(name).ShouldNotBeNull();
        var assessment = RegisterFile.Assess(path, match.Layout, match.Period);
        assessment.Refusals.ShouldBeEmpty();
        assessment.Verdict.ShouldBe(Verdict.Take);
        assessment.Rows.ShouldBe(rows);
        assessment.Encoding.ShouldBe(encoding);
        var read = RegisterFile.Open(path, match.Layout).Value.Rows().ToList();
        read.Count.ShouldBe(rows);
        read[0].Number.ShouldBe(1);
        read[0][field].ShouldBe(firstValue);
        read[^1].Number.ShouldBe(rows);
    }

    [Fact]
    public void A_number_in_full_width_digits_is_read_as_a_number()
    {
        var file = RegisterFile.Open(Desk.Sample("死亡登记_2026.csv"), Desk.District.Match("死亡登记_2026.csv")!.Layout).Value;
        var row = file.Rows().ElementAt(1);
        row["number"].ShouldBe("540102199112235790");
        row.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("参保人员_202611.csv", "registers.same_content")]
    [InlineData("参保人员_202611_三成校验错.csv", "registers.wrong_numbers")]
    [InlineData("参保人员_202611_十分之一.csv", "registers.shrunk")]
    [InlineData("参保人员_202611_多列.csv", "registers.too_many_fields")]
    [InlineData("参保人员_202611_截断.csv", "registers.cut_off")]
    [InlineData("参保人员_202611_混合编码.csv", "registers.mixed_encoding")]
    [InlineData("参保人员_202611_缺证件姓名.csv", "registers.missing_required")]
    public void A_damaged_file_is_refused_for_its_own_fault(string name, string code)
    {
        var refused = AfterOctober(Path.Combine("bad", name), name);
        refused.Verdict.ShouldBe(Verdict.Refuse);
        refused.Refusals.Select(r => r.Code).ShouldContain(code);
    }

    [Theory]
    [InlineData("参保人员_202611.csv")]
    [InlineData("户籍人口_202611.csv")]
    [InlineData("迁入迁出_202611.csv")]
    public void Next_months_file_is_taken_after_this_months(string name) =>
        AfterOctober(Path.Combine("next", name), name).Verdict.ShouldBe(Verdict.Take);

    [Fact]
    public void Last_months_file_is_not_taken_after_next_months()
    {
        var layout = Desk.District.Match("户籍人口_202610.csv")!.Layout;
        var november = RegisterFile.Assess(Desk.Sample("next/户籍人口_202611.csv"), layout, Desk.November);
        var october = RegisterFile.Assess(Desk.Sample("户籍人口_202610.csv"), layout, Desk.October,
            new Previous(november.Rows, Desk.November, [november.AsTaken]));
        october.Refusals.ShouldHaveSingleItem().Code.ShouldBe("registers.older_period");
        RegisterFile.Assess(Desk.Sample("next/户籍人口_202611.csv"), layout,
            Desk.October).Refusals.ShouldHaveSingleItem().Code.ShouldBe("registers.period_contradicted");
    }

    private static Assessment AfterOctober(string path, string name)
    {
        var match = Desk.District.Match(name).ShouldNotBeNull();
        match.Period.ShouldBe(Desk.November);
        var october = RegisterFile.Assess(Desk.Sample($"{match.Layout.Source}_202610.csv"), match.Layout, VagueDate.Parse("2026-10"));
        return RegisterFile.Assess(Desk.Sample(path), match.Layout, match.Period, new Previous(october.Rows, october.Period, [october.AsTaken]));
    }
}
