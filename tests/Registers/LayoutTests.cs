namespace Legwork.Registers.Tests;

public class LayoutTests
{
    [Theory]
    [InlineData("户籍人口_202610.csv", "户籍人口", "2026-10")]
    [InlineData("户籍人口_2026年10月.xlsx", "户籍人口", "2026-10")]
    [InlineData("户籍人口-202610(修改).csv", "户籍人口", "2026-10")]
    [InlineData("参保人员_202611_多列.csv", "参保人员", "2026-11")]
    [InlineData("死亡登记_2026.csv", "死亡登记", "2026")]
    [InlineData("死亡登记_202610.csv", "死亡登记", "2026-10")]
    [InlineData("死亡登记_2026-10.csv", "死亡登记", "2026-10")]
    [InlineData("在校学生_2026秋.csv", "在校学生", "2026-09")]
    [InlineData("在校学生_2026年春季学期.csv", "在校学生", "2026-03")]
    [InlineData("地址.csv", "地址", "")]
    public void A_files_name_calls_for_a_layout_and_states_its_period(string file, string source, string period)
    {
        var match = Desk.District.Match(file).ShouldNotBeNull();
        match.Layout.Source.ShouldBe(source);
        match.Period.ToString().ShouldBe(period);
    }

    [Theory]
    [InlineData("网格.geojson")]
    [InlineData("README.txt")]
    [InlineData("户籍人口.csv")]
    [InlineData("户籍人口_202613.csv")]
    [InlineData("新户籍人口_202610.csv")]
    public void A_name_that_was_not_agreed_calls_for_no_layout(string file) => Desk.District.Match(file).ShouldBeNull();

    [Theory]
    [InlineData("备注: {field: note, optional: true}", "备注: {feild: note}", "registers.layout.unknown_key", 12)]
    [InlineData("required: [name | number]", "required: [nam | number]", "registers.layout.no_such_field", 13)]
    [InlineData("required: [name | number]", "", "registers.layout.missing_key", 1)]
    [InlineData("list: full", "list: all", "registers.layout.list", 2)]
    [InlineData("{yyyyMM}", "{month}", "registers.layout.pattern", 3)]
    [InlineData("type: sex", "type: gender", "registers.layout.type", 8)]
    [InlineData("field: birth", "field: name", "registers.layout.same_field", 9)]
    [InlineData("dated_by: [registered_on]", "dated_by: [name]", "registers.layout.not_a_date", 15)]
    [InlineData(", codes: {1: active, 2: ended}", "", "registers.layout.codes", 10)]
    [InlineData("identifies: [person_no]", "limits: {shrink: 0.5}", "registers.layout.unknown_key", 14)]
    [InlineData("identifies: [person_no]", "limits: {shrink_to: half}", "registers.layout.number", 14)]
    [InlineData("identifies: [person_no]", "  identifies: [", "registers.layout.yaml", 14)]
    [InlineData("备注: {field", "民族: {field", "registers.layout.never_held", 12)]
    [InlineData("also: [身份证号]", "also: [宗教信仰]", "registers.layout.never_held", 7)]
    [InlineData("field: note", "field: religion", "registers.layout.field_name", 12)]
    public void A_malformed_layout_is_refused_with_file_line_and_reason(string right, string wrong, string code, int line)
    {
        Desk.RollLayout.ShouldContain(right);
        var refusal = LayoutBook.Parse(Desk.RollLayout.Replace(right, wrong, StringComparison.Ordinal), "roll.yaml").Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldStartWith($"roll.yaml:{line}: ");
    }

    [Fact]
    public void Two_layouts_for_one_list_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-layouts-").FullName;
        File.WriteAllText(Path.Combine(folder, "a.yaml"), Desk.RollLayout);
        LayoutBook.Load(folder).Value.Match("名册_202610.csv").ShouldNotBeNull();
        File.WriteAllText(Path.Combine(folder, "b.yaml"), Desk.RollLayout);
        LayoutBook.Load(folder).Refusal.ShouldNotBeNull().Code.ShouldBe("registers.layout.same_source");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_limit_can_be_set_in_a_layout()
    {
        var layout = LayoutBook.Parse(Desk.RollLayout + """

            limits:
              max_bytes: 1
              max_unzipped_bytes: 2
              max_rows: 3
              max_field_chars: 4
              missing_share: 0.1
              ragged_share: 0.2
              wrong_number_share: 0.3
              unreadable_share: 0.4
              repeated_share: 0.5
              few_rows: 5
              shrink_to: 0.6
              grow_to: 7
              compare_from_rows: 8
            """, "roll.yaml").Value;
        layout.Limits.ShouldBe(new Limits
        {
            MaxBytes = 1,
            MaxUnzippedBytes = 2,
            MaxRows = 3,
            MaxFieldChars = 4,
            MissingShare = 0.1,
            RaggedShare = 0.2,
            WrongNumberShare = 0.3,
            UnreadableShare = 0.4,
            RepeatedShare = 0.5,
            FewRows = 5,
            ShrinkTo = 0.6,
            GrowTo = 7,
            CompareFromRows = 8,
        });
    }

    [Fact]
    public void Every_sentence_is_there_in_both_languages_and_names_the_same_things()
    {
        foreach (var code in Sentences.Codes)
        {
            var (zh, en) = (Sentences.Of(code, "zh-CN"), Sentences.Of(code, "en"));
            en.ShouldNotBe(zh, code);
            foreach (var name in System.Text.RegularExpressions.Regex.Matches(zh, "{[a-z]+}").Select(m => m.Value))
                en.ShouldContain(name, customMessage: code);
        }
    }

    [Fact]
    public void Every_code_the_library_says_has_its_sentence_and_every_sentence_is_said()
    {
        var source = string.Concat(Directory.EnumerateFiles(Repository.In("src", "Libraries", "Registers"), "*.cs").Select(File.ReadAllText));
        var said = System.Text.RegularExpressions.Regex.Matches(source, "\"(registers\\.[a-z_.]+[a-z])\"").Select(m => m.Groups[1].Value).ToHashSet();
        said.Except(Sentences.Codes).ShouldBeEmpty();
        // These are composed from a row's code, no_layout is for callers to say, and who takes an address list knows its dwellings.
        var elsewhere = new[] { "registers.too_many_fields", "registers.too_few_fields", "registers.no_layout", "registers.note.same_dwelling" };
        Sentences.Codes.Except(said).Except(elsewhere).ShouldBeEmpty();
        var page = File.ReadAllText(Repository.In("docs", "how-to", "import.md"));
        Sentences.Codes.Where(c => !c.StartsWith("registers.layout", StringComparison.Ordinal) && c != "registers.rows"
            && !page.Contains($"`{c}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_worked_example_of_the_page_is_a_layout_that_reads_its_file()
    {
        var page = File.ReadAllText(Repository.In("docs", "how-to", "import.md"));
        var yaml = page.Split("```yaml\n")[1].Split("```")[0];
        var layout = LayoutBook.Parse(yaml, "allowance.yaml").Value;
        using var desk = new Desk();
        var path = desk.Write("城关区高龄津贴发放名册\n序号,领取人,身份证号,民族,出生年月,发放状态,联系电话\n1,央金,999999194005070014,藏,1940-05,在发,\n");
        var row = RegisterFile.Open(path, layout).Value.Rows().ShouldHaveSingleItem();
        layout.Columns.Select(c => row[c.Field]).ShouldBe(["央金", "999999194005070014", "1940-05", "active", null]);
        var mistaken = LayoutBook.Parse(yaml.Replace("type: phone", "type: phon", StringComparison.Ordinal), "allowance.yaml").Refusal;
        mistaken.ShouldNotBeNull().Message.ShouldStartWith("allowance.yaml:10: unknown type phon; use one of text, name, ");
    }
}
