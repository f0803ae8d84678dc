using System.Text;

namespace Legwork.Demo.Tests;

public class FormatTests(SmallDistrict district)
{
    [Theory]
    [InlineData("户籍人口_202610.csv", "gb18030", "户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址,街道,社区,网格编号,登记日期,注销原因,注销日期\r\n")]
    [InlineData("参保人员_202610.csv", "utf-8", "\ufeff个人编号,姓名,证件类型,证件号码,性别,出生日期,险种,参保状态,参保日期,单位或村居,联系电话,居住地址,缴费年度\n")]
    [InlineData("死亡登记_2026.csv", "gb18030", "姓名,性别,证件号码,死亡日期,死亡地点,填报单位\n")]
    [InlineData("迁入迁出_202610.csv", "utf-8", "类型,姓名,公民身份号码,原址,现址,日期\n")]
    [InlineData("省外参保比对_202610.csv", "utf-8", "姓名,证件号码,参保省份,险种,参保日期,状态\n")]
    [InlineData("在校学生_2026秋.csv", "gb18030", "城关区2026年秋季学期在校学生名册\r\n学校,年级,学籍号,姓名,性别,身份证件号,监护人,监护人电话,家庭住址\r\n")]
    [InlineData("网格台账_202610.csv", "utf-8", "网格编号;房屋地址;户主;居住人姓名;性别;出生年份;联系电话;居住情况;备注\n")]
    [InlineData("地址.csv", "utf-8", "地址,网格编号,经度,纬度\r\n")]
    public void Each_office_writes_its_own_encoding_header_and_line_ends(string file, string encoding, string start)
    {
        var bytes = File.ReadAllBytes(Path.Combine(district.Folder, file));

        Charset.Of(encoding).GetString(bytes).ShouldStartWith(start);
    }

    [Fact]
    public void Dates_come_in_three_notations_and_some_death_rows_in_full_width()
    {
        var month = district.Read();

        month[Layouts.Household].Rows.ShouldAllBe(row => row[7].Length == 8 && !row[7].Contains('-'));
        month[Layouts.Insurance].Rows.ShouldAllBe(row => row[5].Length == 0 || row[5][4] == '-');
        month[Layouts.Deaths].Rows.ShouldAllBe(row => row[3].StartsWith("2026/"));
        month[Layouts.Deaths].Rows.Count(row => row[2].StartsWith('５')).ShouldBeInRange(1, month[Layouts.Deaths].Rows.Count - 1);
    }

    [Fact]
    public void The_births_open_as_a_workbook_and_some_children_have_no_name_yet()
    {
        var births = district.Read()[Layouts.Births];

        births.Rows.ShouldNotBeEmpty();
        births.Rows.ShouldContain(row => row[1].EndsWith("之子") || row[1].EndsWith("之女"));
        births.Rows.ShouldAllBe(row => row[3].Length == "2026-02-24 08:30".Length);
    }

    [Fact]
    public void An_empty_dwelling_has_a_ledger_row_without_a_person()
    {
        var ledger = district.Read()[Layouts.Ledger];
        var persons = district.Persons();

        var empty = Enumerable.Range(0, ledger.Rows.Count).Where(i => ledger.Rows[i][7] == "空房").ToList();

        empty.ShouldNotBeEmpty();
        empty.ShouldAllBe(i => persons[ledger.Source, i] == PersonsOfRows.Nobody && ledger.Rows[i][3] == "");
    }

    [Fact]
    public void Cells_with_separators_and_quotes_survive_writing_and_reading()
    {
        var register = new Register(Layouts.Deaths);
        register.Add("甲,乙", "男", "说\"无\"", "2026/1/3", "家中", "");
        var folder = Directory.CreateTempSubdirectory("legwork-demo-");

        RegisterFile.Write(folder.FullName, register, new DateOnly(2026, 10, 1));
        var read = RegisterFile.Read(folder.FullName, Layouts.Deaths, new DateOnly(2026, 10, 1));

        folder.Delete(recursive: true);
        read.Rows.Single().ShouldBe(register.Rows.Single());
    }

    [Fact]
    public void No_list_has_a_column_for_ethnicity_or_religion() =>
        Layouts.OfPersons.SelectMany(layout => layout.Columns).ShouldNotContain(column => column.Contains("民族") || column.Contains("宗教"));

    [Fact]
    public void The_next_month_keeps_its_people_and_adds_some()
    {
        var november = SmallDistrict.Options.Month.AddMonths(1);
        var next = RegisterFile.Read(Path.Combine(district.Folder, "next"), Layouts.Household, november);
        var now = district.Read()[Layouts.Household];

        next.Rows.Count.ShouldBeInRange(now.Rows.Count + 1, now.Rows.Count + 50);
        next.Rows.Count(row => row[14].StartsWith("202611")).ShouldBeGreaterThan(0);
        RegisterFile.Read(Path.Combine(district.Folder, "next"), Layouts.Births, november).Rows.ShouldContain(row => row[3].StartsWith("2026-11"));
        RegisterFile.Read(Path.Combine(district.Folder, "next"), Layouts.Moves, november).Rows.ShouldAllBe(row => row[5].StartsWith("2026-11"));
        PersonsOfRows.Read(Path.Combine(district.TruthFolder, "next", PersonsOfRows.FileName))[next.Source, next.Rows.Count - 1]
            .ShouldBeGreaterThan(district.Summary.People);
    }

    [Fact]
    public void Each_damage_shows_in_the_bytes()
    {
        var roll = district.Read()[Layouts.Insurance];
        var month = SmallDistrict.Options.Month.AddMonths(1);
        var whole = Damage.Kinds[""](roll, month);

        Damage.Kinds["十分之一"](roll, month).Length.ShouldBeLessThan(whole.Length / 8);
        Encoding.UTF8.GetString(Damage.Kinds["缺证件姓名"](roll, month)).Split('\n')[1].ShouldContain(",,");
        Should.Throw<DecoderFallbackException>(() => Charset.Of("utf-8").GetString(Damage.Kinds["混合编码"](roll, month)));
        Encoding.UTF8.GetString(Damage.Kinds["截断"](roll, month)).ShouldEndWith(",");
        Encoding.UTF8.GetString(Damage.Kinds["多列"](roll, month)).Split('\n')[7].Split(',').Length.ShouldBe(roll.Layout.Columns.Length + 2);
        var wrong = Encoding.UTF8.GetString(Damage.Kinds["三成校验错"](roll, month)).Split('\n').Skip(1).SkipLast(1)
            .Count(line => !Kernel.ResidentNumber.IsValid(Kernel.ResidentNumber.Normalise(line.Split(',')[3])));
        wrong.ShouldBeGreaterThan(roll.Rows.Count / 4);
    }
}
