using Legwork.Kernel;
using Legwork.People.Matching;
using Legwork.People.Records;
using static Legwork.People.Tests.Rows;
using Record = Legwork.People.Records.Record;

namespace Legwork.People.Tests;

/// <summary>Rules that decide who is who beside the weights, each with the neighbour that it must leave alone.</summary>
public static class BesideWeightsTests
{
    private const string Day = "2026-03-01";
    private static readonly string Mother = MadeUp.Number("19920512", 2);
    private static readonly string Elder = MadeUp.Number("20260301", 1);
    private static readonly string Younger = MadeUp.Number("20260301", 3);

    private static readonly Record[] Twins =
    [
        Row(Sources.Household, "卓玛", Mother, "1992-05-12", "a", "H1").But(row => row.Sex = Sex.Female),
        Row(Sources.Household, "丹增", Elder, Day, "a", "H1"), Row(Sources.Household, "次仁", Younger, Day, "a", "H1"),
    ];

    [Fact]
    public static void Which_twin_a_call_means_is_told_by_any_list_that_has_the_other_beside_it()
    {
        Record[] told =
        [
            .. Twins, Birth("卓玛之长子"), Birth("卓玛之次子"), Row(Sources.Ledger, "卓玛之长子", null, "2026", "a"),
            Row(Sources.Roll, "卓玛之次子", null, Day, "a"), Row(Sources.Roll, "丹增", Elder, Day, "a"),
        ];
        ChildrenByParents.Find(told, Same).Same.ShouldBe([(3, 1), (4, 2), (5, 1), (6, 2)],
            "the roll has 丹增 beside 之次子, so 之次子 is 次仁 everywhere");
        Record[] numbered = [.. Twins, Birth("卓玛之长子"), Birth("卓玛之次子"), Row(Sources.Roll, "卓玛之长子", Younger, Day, "a")];
        ChildrenByParents.Find(numbered, Same).Same.ShouldBe([(3, 2), (4, 1), (5, 2)], "a number says it outright");
        Record[] parents = [.. Twins, Birth("卓玛之长子"), Row(Sources.Roll, "卓玛之长子", Mother, Day, "a")];
        ChildrenByParents.Find(parents, Same).Same.ShouldNotContain(found => found.Other == 0,
            "a parent's number on the child's row is not the child");
    }

    [Fact]
    public static void Twins_whom_every_list_calls_by_their_parent_stay_two_and_neither_is_guessed()
    {
        Record[] rows = [.. Twins, Birth("卓玛之长子"), Birth("卓玛之次子"), Row(Sources.Roll, "卓玛之长子", null, Day, "a")];
        var children = ChildrenByParents.Find(rows, Same);
        children.Same.ShouldBe([(5, 3)], "one call is one child");
        children.Apart.ShouldBe([(3, 1), (3, 2), (3, 4), (4, 1), (4, 2), (4, 3), (4, 5), (5, 1), (5, 2), (5, 4)]);
        Record[] one = [rows[0], rows[1], rows[3], rows[4], rows[5]];
        ChildrenByParents.Find(one, Same).Same.ShouldBe([(4, 2)], "of two called one is registered: either may be");
        Record[] oneNamed = [.. one, Row(Sources.Ledger, "丹增", null, "2026", "a"), Row(Sources.Ledger, "卓玛之次子", null, "2026", "a")];
        ChildrenByParents.Find(oneNamed, Same).Same.ShouldBe([(2, 1), (4, 1), (6, 3)], "the ledger has him beside 之次子, so he is 之长子");
    }

    [Fact]
    public static void A_ledger_that_tells_the_year_alone_finds_the_newborn_behind_its_door()
    {
        Record[] rows = [Twins[0], Twins[1], Row(Sources.Ledger, "卓玛之子", null, "2027", "a"),
            Row(Sources.Ledger, "卓玛之子", null, "2026", "b")];
        ChildrenByParents.Find(rows, Same).Same.ShouldBe([(2, 1)], "a year beside it is a slip; behind another door it may be any child");
        Record[] grown = [Twins[0],
            Row(Sources.Household, "丹增", MadeUp.Number("20180301", 1), "2018-03-01", "a", "H1"), Birth("卓玛之子"), rows[2]];
        ChildrenByParents.Find(grown, Same).Same.ShouldBeEmpty("a boy of eight has a name");
    }

    [Fact]
    public static void Two_rows_of_one_household_name_and_day_are_one_person_registered_twice()
    {
        Record[] rows =
        [
            Row(Sources.Household, "次仁索朗", MadeUp.Number("19541028", 84), "1954-10-28", "a", "H1"),
            Row(Sources.Household, "次仁索南", MadeUp.Number("19541028", 46), "1954-10-28", "b", "H1"),
            Row(Sources.Household, "次仁索朗", MadeUp.Number("19541028", 48), "1954-10-28", "c", "H2"),
            Row(Sources.Household, "次仁顿珠", MadeUp.Number("19541028", 50), "1954-10-28", "a", "H1"),
        ];
        RegisteredTwice.Find(rows, name => name.Replace("索南", "索朗", StringComparison.Ordinal)).ShouldBe([(1, 0)],
            "neither one of another household nor a twin of another name");
    }

    [Fact]
    public static void A_resident_with_the_name_of_one_row_and_the_door_of_the_other_says_that_one_number_is_one_person()
    {
        Record[] renamed = [Row(Sources.Household, "嘎玛措姆", One, "1983-08-18", "a"), Row(Sources.Roll, "旺杰热旦", One, "1983-08-18", "b"),
            Row(Sources.Ledger, "嘎玛措姆", null, "1983", "b")];
        RenamedByLedger.Find(renamed, Same).ShouldBe([(2, 0), (2, 1)]);
        Record[] two = [renamed[0], renamed[1], Row(Sources.Ledger, "嘎玛措姆", null, "1983", "a"),
            Row(Sources.Ledger, "旺杰热旦", null, "1983", "b")];
        RenamedByLedger.Find(two, Same).ShouldBeEmpty("each at a door of its own: one number was given to two");
        Record[] namesake = [renamed[0], renamed[1], Row(Sources.Ledger, "嘎玛措姆", null, "1951", "b")];
        RenamedByLedger.Find(namesake, Same).ShouldBeEmpty("of another generation");
        Record[] child = [renamed[0], Row(Sources.Roll, "旺杰热旦", One, "2012-02-02", "b"), renamed[2]];
        RenamedByLedger.Find(child, Same).ShouldBeEmpty("a child's row with a parent's number tells the child's own day");
    }

    [Fact]
    public static void Two_of_one_list_whose_numbers_tell_their_days_are_two_though_they_share_name_and_door()
    {
        var (old, young) = (MadeUp.Number("19641216", 11), MadeUp.Number("19741216", 13));
        Record[] monks = [Row(Sources.Household, "米玛", old, "1964-12-16", "a", "H1"),
            Row(Sources.Household, "米玛", young, "1974-12-16", "a", "H1"),
            Row(Sources.Ledger, "米玛", null, "1974", "a")];
        var group = new[] { 0, 0, 0 };
        NumbersApart.Run(monks, group, new HashSet<(int, int)>()).ShouldBe(1);
        group.ShouldBe([0, 1, 1]);
        Record[] secondNumber = [monks[0], Row(Sources.Roll, "米玛", young, "1964-12-16", "a")];
        group = [0, 0];
        NumbersApart.Run(secondNumber, group, new HashSet<(int, int)>()).ShouldBe(0, "the roll writes his own day beside a number of another");
    }

    [Fact]
    public static void A_name_and_a_year_do_not_join_two_days_when_one_row_has_no_number()
    {
        Record[] rows = [Row(Sources.Household, "次仁扎西", MadeUp.Number("19500530", 5), "1950-05-30", "a"),
            Row(Sources.Roll, "次仁扎西", "5.40102E+17", "1950-02-22", "b").But(row => row.NumberIsValid = false),
            Row(Sources.Ledger, "次仁", null, "1950", "b")];
        var group = new[] { 0, 0, 0 };
        DaysApart.Run(rows, group, new HashSet<(int, int)>()).ShouldBe(1);
        group.ShouldBe([0, 1, 1], "who lives behind its door leaves with it");
        foreach (var one in new[] { rows[1].But(row => row.Birth = VagueDate.Parse("1950-05-31")), rows[1].But(row => row.Dwelling = "a") })
        {
            group = [0, 0, 0];
            DaysApart.Run([rows[0], one, rows[2]], group, new HashSet<(int, int)>()).ShouldBe(0, "a slip of the day, or one door");
        }
    }

    [Fact]
    public static void A_short_name_beside_the_heads_own_row_is_another_resident()
    {
        Record[] rows = [Ledger("朗杰拉巴"), Ledger("拉巴"), Ledger("卓玛"), Ledger("拉巴").But(row => row.Dwelling = "b")];
        HeadsApart.Find(rows, Same, IsLike).ShouldBe([(1, 0)], "behind another door the head has no row of its own, and may be called so");
        Record[] sisters = [rows[0], rows[1].But(row => row.Birth = VagueDate.Parse("1996")), rows[0].But(row => row.Name = "拉巴卓玛")];
        HeadsApart.Residents(sisters, IsLike).ShouldBe([(1, 0), (1, 2)]);
        HeadsApart.Residents([rows[0], rows[1]], IsLike).ShouldBeEmpty("of one year they may be one");
    }

    [Fact]
    public static void The_other_of_two_certificates_is_not_the_one_who_is_registered()
    {
        Record[] rows = [Twins[0], Twins[1], Birth("卓玛之长子"), Birth("次仁")];
        var children = ChildrenByParents.Find(rows, Same);
        children.Same.ShouldBe([(2, 1)]);
        children.Apart.ShouldBe([(3, 1)]);
        ChildrenByParents.Find([Twins[0], Twins[1], Birth("次仁")], Same).Same.ShouldBe([(2, 1)], "alone it is he, under an earlier name");
    }

    [Fact]
    public static void A_parents_number_on_a_childs_row_tells_nothing_of_the_child()
    {
        var child = Row(Sources.Roll, "许玲", MadeUp.Number("19621029", 116), "1983-10-26", "a").But(row => row.Sex = Sex.Unknown);
        PersonMatching.Told(child, 2026).ShouldBe((Sex.Unknown, VagueDate.Parse("1983-10-26")));
        var own = child.But(row => row.Birth = VagueDate.Parse("1962"));
        PersonMatching.Told(own, 2026).ShouldBe((Sex.Female, VagueDate.Parse("1962-10-29")));
    }

    [Fact]
    public static void The_only_one_of_a_name_in_the_district_is_whom_a_row_without_papers_means()
    {
        Record[] rows = [Row(Sources.Household, "卢春梅", One, "1995-08-29", "a"), Row(Sources.Ledger, "卢春梅", null, "1994", "b")];
        Left(rows).ShouldBe([0, 0]);
        Record[] second = [.. rows, Row(Sources.Household, "卢春梅", MadeUp.Number("19930101", 7), "1993-01-01", "c")];
        Left(second, open: [(0, 1), (1, 2)]).ShouldBe([0, 1, 2], "of two a clerk says which");
        Record[] held = [.. rows, Row(Sources.Ledger, "卢春梅", null, "1995", "a")];
        Left(held, [0, 1, 0]).ShouldBe([0, 1, 0], "the ledger has her already");
        Left([rows[0], rows[1].But(row => row.Birth = VagueDate.Parse("1960"))]).ShouldBe([0, 1], "of another generation");
        Left(rows, apart: [(0, 1)]).ShouldBe([0, 1], "who was said to be two stays two");
        Left([rows[0], rows[1].But(row => row.Sex = Sex.Unknown)], open: [(0, 1)]).ShouldBe([0, 1], "a name and a year are asked, not decided");
        Left([rows[0], rows[1].But(row => row.Birth = default)], open: [(0, 1)]).ShouldBe([0, 1], "nor a name and a sex");
    }

    [Fact]
    public static void A_registration_in_no_other_list_is_the_only_one_of_that_name_and_day()
    {
        Record[] rows = [Row(Sources.Household, "伦珠扎西", One, "1996-07-01", "a", "H1"),
            Row(Sources.Roll, "伦珠扎西", One, "1996-07-01", "a"),
            Row(Sources.Household, "伦珠扎西", MadeUp.Number("19960701", 285), "1996-07-01", "b", "H2")];
        Left(rows, [0, 0, 2]).ShouldBe([0, 0, 0]);
        Record[] dayAfter = [rows[0], rows[1], rows[2].But(row => row.Birth = VagueDate.Parse("1996-07-02"))];
        Left(dayAfter, [0, 0, 2]).ShouldBe([0, 0, 2], "the register has another of another day");
        Record[] insured = [.. rows, Row(Sources.Roll, "伦珠扎西", rows[2].Number, "1996-07-01", "b")];
        Left(insured, [0, 0, 2, 2]).ShouldBe([0, 0, 2, 2], "who is insured by that number is somebody");
        Record[] common = [.. rows.Select(row => row.But(copy => copy.Name = "扎西"))];
        Left(common, [0, 0, 2]).ShouldBe([0, 0, 2], "half the district is called so");
    }

    [Fact]
    public static void What_contradicts_within_a_row_tells_nothing()
    {
        PersonMatching.Told(Row(Sources.Roll, "余娟之女", null, Day, "a"), 2026).Sex.ShouldBe(Sex.Unknown, "a daughter in a man's row");
        PersonMatching.Told(Row(Sources.Roll, "余娟之子", null, Day, "a"), 2026).Sex.ShouldBe(Sex.Male);
        PersonMatching.Told(Row(Sources.Ledger, "余娟", null, "2027", "a"), 2026).Birth.IsKnown.ShouldBeFalse("a year that has not begun");
        PersonMatching.Told(Row(Sources.Ledger, "余娟", null, "2026", "a"), 2026).Birth.ShouldBe(VagueDate.Parse("2026"));
    }

    private static readonly string One = MadeUp.Number("19830818", 43);

    private static string Same(string name) => name;

    private static bool IsLike(string a, string b) => b.Contains(a, StringComparison.Ordinal);

    private static int[] Left(Record[] rows, int[]? group = null, (int, int)[]? apart = null, (int, int)[]? open = null)
    {
        group ??= [.. Enumerable.Range(0, rows.Length)];
        LeftOver.Run(rows, group, Same, apart ?? []).ShouldBe(open ?? []);
        return group;
    }

    private static Record Birth(string name) => new()
    {
        Source = Sources.Births,
        Name = name,
        Birth = VagueDate.Parse(Day),
        MotherNumber = Mother,
        Sex = Sex.Male,
    };

    private static Record Ledger(string name) => Row(Sources.Ledger, name, null, "1998", "a").But(row => row.Head = "朗杰拉巴");

    private static Record But(this Record row, Action<Record> change)
    {
        var copy = Row(row.Source, row.Name!, row.Number, row.Birth.ToString(), row.Dwelling!, row.HouseholdNo);
        (copy.Sex, copy.Head) = (row.Sex, row.Head);
        change(copy);
        return copy;
    }
}
