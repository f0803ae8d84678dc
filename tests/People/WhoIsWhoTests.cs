using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>Who is who where hands, forms and spreadsheets leave little to go by; each test one kind, with what must not happen beside it.</summary>
public class WhoIsWhoTests
{
    private const string Elsewhere = "和平路18号";
    private const string Home = "和平苑1栋1单元101室";
    private const string HomeInShort = "和平苑1-1-101";

    private static readonly string Number = MadeUp.Number("19871104", 22);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_number_of_two_people_is_told_and_joins_nobody(Engine engine)
    {
        var found = await Doors()
            .Registered("H1", "益西卓嘎", "女", Number, "19871104", InventedMonth.Bakuo, Home)
            .Registered("H2", "白玛央金", "女", Number, "19871104", InventedMonth.Jiri, Elsewhere)
            .Insured("益西卓嘎", "女", Number, "1987-11-04", HomeInShort)
            .Insured("白玛央金", "女", Number, "1987-11-04", Elsewhere)
            .Take(engine);
        found.ShouldBe(["户籍人口:1 参保人员:1", "户籍人口:2 参保人员:2"],
            ["number_shared 户籍人口:1 参保人员:1", "number_shared 户籍人口:2 参保人员:2"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Another_name_behind_the_same_door_is_one_person_and_a_relatives_number_is_not(Engine engine)
    {
        var mother = MadeUp.Number("19620720", 44);
        var found = await Doors()
            .Registered("H1", "李秀英", "女", Number, "19871104", InventedMonth.Bakuo, Home)
            .Registered("H1", "次仁旺姆", "女", mother, "19620720", InventedMonth.Bakuo, Home, "母亲")
            .Insured("格桑德吉", "女", Number, "1987-11-04", HomeInShort)
            .Insured("次仁旺姆", "女", Number, "1962-07-20", HomeInShort)
            .Take(engine);
        found.ShouldBe(["户籍人口:1 参保人员:1", "户籍人口:2 参保人员:2"]);
        found.Findings.ShouldNotContain(finding => finding.StartsWith("dup_insured", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5.40102E+17")]
    [InlineData("540102198711040000")]
    [InlineData("540102********0220")]
    public async Task What_a_spreadsheet_or_a_mask_left_of_a_number_is_nobodys(string left)
    {
        var found = await Doors()
            .Registered("H1", "益西卓嘎", "女", Number, "19871104", InventedMonth.Bakuo, Home)
            .Registered("H2", "白玛央金", "女", MadeUp.Number("19760213", 46), "19760213", InventedMonth.Jiri, Elsewhere)
            .Insured("益西卓嘎", "女", left, "1987-11-04", HomeInShort)
            .Insured("白玛央金", "女", left, "1976-02-13", Elsewhere)
            .Take(Engine.Sqlite);
        found.ShouldBe(["户籍人口:1 参保人员:1", "户籍人口:2 参保人员:2"],
            ["number_typo 户籍人口:1 参保人员:1", "number_typo 户籍人口:2 参保人员:2"]);
    }

    [Theory]
    [InlineData("02", "P1234567")]
    [InlineData("05", "M00123456")]
    [InlineData("06", "12345678")]
    [InlineData("07", "USA440182120301")]
    [InlineData("03", "军字第1234567号")]
    [InlineData("08", "EA1234567")]
    [InlineData("08", "412345678")]
    public async Task Another_paper_is_no_slip_of_a_resident_number(string kind, string paper)
    {
        var found = await Doors()
            .Registered("H1", "益西卓嘎", "女", Number, "19871104", InventedMonth.Bakuo, Home)
            .Insured("益西卓嘎", "女", paper, "1987-11-04", HomeInShort, paper: kind)
            .Take(Engine.Sqlite);
        found.ShouldBe(["户籍人口:1 参保人员:1"], []);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_list_without_a_column_of_birth_tells_the_day_by_its_number_and_a_pupil_is_not_the_guardian(Engine engine)
    {
        var (child, father) = (MadeUp.Number("20150609", 31), MadeUp.Number("19850115", 33));
        var found = await Doors()
            .Insured("旦增罗布", "男", "", "2015-06-09", HomeInShort, paper: "99")
            .Insured("次旺平措", "男", father, "1985-01-15", HomeInShort, "13900001111")
            .Insured("索朗曲珍", "女", "", "1959-03-21", Elsewhere, paper: "99")
            .Pupil("丹增诺布", "男", child, "次旺平措", "13900001111", HomeInShort)
            .Died("索南曲珍", "女", MadeUp.Number("19590321", 48), "2026/8/2")
            .Take(engine);
        found.ShouldBe(["参保人员:1 在校学生:1", "参保人员:2", "参保人员:3 死亡登记:1"], ["dead_insured 参保人员:3 死亡登记:1"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_death_without_a_number_is_his_whom_the_register_cancels_for_it(Engine engine)
    {
        var other = MadeUp.Number("19540909", 53);
        InventedMonth Month() => Doors()
            .Registered("H1", "强巴格列", "男", MadeUp.Number("19470303", 51), "19470303", InventedMonth.Bakuo, Home,
                cancelled: "死亡", on: "20260720")
            .Insured("强巴格列", "男", MadeUp.Number("19470303", 51), "1947-03-03", HomeInShort)
            .Died("向巴格列", "男", "", "2026/7/3");
        (await Month().Take(engine)).ShouldBe(["户籍人口:1 参保人员:1 死亡登记:1"], ["dead_insured 户籍人口:1 参保人员:1 死亡登记:1"]);
        (await Month().Registered("H2", "强巴格列", "男", other, "19540909", InventedMonth.Jiri, Elsewhere,
                cancelled: "死亡", on: "20260801").Take(engine))
            .People.ShouldContain("死亡登记:1", "of two nobody can say whose it is");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_heads_column_gives_the_residents_full_name_and_stays_the_head(Engine engine)
    {
        var (head, wife) = (MadeUp.Number("19740418", 61), MadeUp.Number("19770706", 62));
        var found = await Doors()
            .Registered("H1", "普布顿珠", "男", head, "19740418", InventedMonth.Bakuo, Home)
            .Registered("H1", "普布仓决", "女", wife, "19770706", InventedMonth.Bakuo, Home, "配偶")
            .Lives(InventedMonth.JiriGrid, Elsewhere, "普布顿珠", "普布", "女", "1977")
            .Lives(InventedMonth.JiriGrid, Elsewhere, "普布顿珠", "普布", "男", "1974")
            .Take(engine);
        found.ShouldBe(["户籍人口:1 网格台账:2", "户籍人口:2 网格台账:1"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_newborn_entered_again_under_its_name_is_insured_twice(Engine engine)
    {
        var mother = MadeUp.Number("19951212", 72);
        InventedMonth Month() => Doors()
            .Insured("拉姆央宗", "女", mother, "1995-12-12", HomeInShort)
            .Insured("拉姆央宗之女", "女", "", "2026-05-20", HomeInShort, paper: "99");
        (await Month().Insured("德庆旺姆", "女", "", "2026-05-20", HomeInShort, paper: "99").Take(engine))
            .ShouldBe(["参保人员:1", "参保人员:2 参保人员:3"], ["dup_file 参保人员:2 参保人员:3", "dup_insured 参保人员:2 参保人员:3"]);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "德庆旺姆", "仓木拉")]
    [InlineData(Engine.Postgres, "德庆旺姆", "仓木拉")]
    [InlineData(Engine.Sqlite, "格桑白珍", "格桑卓嘎")]
    [InlineData(Engine.Sqlite, "白玛", "卓嘎")]
    public async Task Twins_in_one_list_are_two_people(Engine engine, string first, string second)
    {
        InventedMonth Roll() => Doors()
            .Insured(first, "女", "", "2026-05-20", HomeInShort, "13900001111", "99")
            .Insured(second, "女", "", "2026-05-20", HomeInShort, "13900001111", "99");
        (await Roll().Take(engine)).ShouldBe(["参保人员:1", "参保人员:2"], []);
        (await Roll().Registered("H1", first, "女", MadeUp.Number("20260520", 22), "20260520", InventedMonth.Bakuo, Home)
                .Registered("H1", second, "女", MadeUp.Number("20260520", 24), "20260520", InventedMonth.Bakuo, Home, "女").Take(engine))
            .ShouldBe(["户籍人口:1 参保人员:1", "户籍人口:2 参保人员:2"]);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "杨晨希", "杨晨曦")]
    [InlineData(Engine.Postgres, "杨晨希", "杨晨曦")]
    [InlineData(Engine.Sqlite, "李子轩", "李子涵")]
    [InlineData(Engine.Sqlite, "李子轩", "李梓轩")]
    [InlineData(Engine.Sqlite, "格桑次仁", "格桑次旦")]
    public async Task Twins_of_near_numbers_are_two_however_alike_they_are_named(Engine engine, string first, string second)
    {
        var (one, other) = (MadeUp.Number("20160520", 11), MadeUp.Number("20160520", 13));
        (await Doors()
                .Registered("H1", first, "男", one, "20160520", InventedMonth.Bakuo, Home, "子")
                .Registered("H1", second, "男", other, "20160520", InventedMonth.Bakuo, Home, "子")
                .Insured(first, "男", one, "2016-05-20", HomeInShort, "13900001111")
                .Insured(second, "男", other, "2016-05-20", HomeInShort, "13900001111")
                .Lives(InventedMonth.BakuoGrid, HomeInShort, "", second, "男", "2016", "13900001111")
                .Take(engine))
            .ShouldBe(["户籍人口:1 参保人员:1", "户籍人口:2 参保人员:2 网格台账:1"], []);
    }

    [Fact]
    public async Task One_name_by_other_characters_under_a_second_number_stays_one_person()
    {
        var (one, other) = (MadeUp.Number("20160520", 11), MadeUp.Number("20160520", 13));
        (await Doors()
                .Registered("H1", "格桑次仁", "男", one, "20160520", InventedMonth.Bakuo, Home, "子")
                .Insured("噶桑才仁", "男", other, "2016-05-20", HomeInShort)
                .Take(Engine.Sqlite))
            .ShouldBe(["户籍人口:1 参保人员:1"], ["number_double 户籍人口:1 参保人员:1"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_twin_without_a_name_is_the_one_whom_the_list_does_not_have_yet(Engine engine)
    {
        var (one, other) = (MadeUp.Number("20260520", 22), MadeUp.Number("20260520", 24));
        InventedMonth Month() => Doors()
            .Registered("H1", "边巴达瓦", "女", one, "20260520", InventedMonth.Bakuo, Home, "女")
            .Registered("H1", "欧珠巴桑", "女", other, "20260520", InventedMonth.Bakuo, Home, "女");
        (await Month()
                .Insured("边巴达瓦", "女", one, "2026-05-20", HomeInShort)
                .Insured("拉姆央宗之次女", "女", "", "2026-05-20", HomeInShort, paper: "99").Take(engine))
            .ShouldBe(["户籍人口:1 参保人员:1", "户籍人口:2 参保人员:2"], []);
        (await Month()
                .Insured("拉姆央宗之长女", "女", "", "2026-05-20", HomeInShort, paper: "99")
                .Insured("拉姆央宗之次女", "女", "", "2026-05-20", HomeInShort, paper: "99").Take(engine))
            .People.ShouldNotContain(person => person.Contains("参保人员:1 参保人员:2"), "first and second daughter of one day are two");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_boy_and_a_girl_without_names_are_two_and_a_child_by_two_spellings_is_one(Engine engine)
    {
        (await Doors()
            .Insured("拉姆央宗之子", "男", "", "2026-05-20", HomeInShort, paper: "99")
            .Insured("拉姆央宗之女", "女", "", "2026-05-20", HomeInShort, paper: "99").Take(engine)).ShouldBe(["参保人员:1", "参保人员:2"], []);
        (await Doors()
            .Insured("次仁顿珠", "男", "", "2026-05-20", HomeInShort, paper: "99")
            .Insured("才让东智", "男", "", "2026-05-20", HomeInShort, paper: "99").Take(engine)).People.ShouldBe(["参保人员:1 参保人员:2"]);
    }

    [Theory]
    [InlineData("次仁顿珠", "才让东智")]
    [InlineData("图登嘉措", "吐丹江措")]
    [InlineData("益西金巴", "意希京巴")]
    [InlineData("贡觉曲培", "官却群佩")]
    [InlineData("班旦强久", "白登降曲")]
    [InlineData("晋美沃色", "吉美奥色")]
    public async Task A_name_by_other_characters_is_the_same_name(string registered, string insured)
    {
        var found = await Doors()
            .Registered("H1", registered, "男", MadeUp.Number("19690430", 81), "19690430", InventedMonth.Bakuo, Home)
            .Insured(insured, "男", "", "1969-04-30", "和平路", paper: "99")
            .Take(Engine.Sqlite);
        found.ShouldBe(["户籍人口:1 参保人员:1"], []);
    }

    [Theory]
    [InlineData("吉日街和平路１８號")]
    [InlineData("吉日办和平路十八号")]
    [InlineData("吉日片区和平路No.18")]
    [InlineData("吉日和平路#18")]
    [InlineData("城关区吉日街道办事处吉日东居委会和平路门牌18号")]
    public async Task A_street_is_read_by_the_districts_own_list_whatever_its_ending(string door)
    {
        var found = await new InventedMonth().Door(InventedMonth.Bakuo, "和平路18号").Door(InventedMonth.Jiri, "和平路18号")
            .Registered("H1", "次旺罗布", "男", MadeUp.Number("19561102", 91), "19561102", InventedMonth.Bakuo, "和平路18号")
            .Registered("H2", "次旺朗杰", "男", MadeUp.Number("19560507", 93), "19560507", InventedMonth.Jiri, "和平路18号")
            .Lives("", door, "", "次旺", "男", "1956")
            .Take(Engine.Sqlite);
        found.Unresolved.ShouldBe(0);
        found.ShouldBe(["户籍人口:1", "户籍人口:2 网格台账:1"]);
    }

    private static InventedMonth Doors() => new InventedMonth().Door(InventedMonth.Bakuo, Home).Door(InventedMonth.Jiri, Elsewhere);
}
