using Legwork.Kernel;
using Legwork.People.Matching;
using Legwork.People.Records;
using static Legwork.People.Tests.Rows;
using Record = Legwork.People.Records.Record;

namespace Legwork.People.Tests;

public class MatchingTests
{
    private static readonly string One = MadeUp.Number("19990102", 11);
    private static readonly string Other = MadeUp.Number("19990608", 12);

    [Fact]
    public void A_name_and_a_year_do_not_make_one_person_of_two_valid_numbers()
    {
        Record[] rows = [Row(Sources.Household, "扎西", One, "1999-01-02", "a"), Row(Sources.Roll, "扎西", Other, "1999-06-08", "b"),
            Row(Sources.Ledger, "扎西", null, "1999", "b")];
        var group = new[] { 0, 0, 0 };
        NumbersApart.Run(rows, group, new HashSet<(int, int)>()).ShouldBe(1);
        group.ShouldBe([0, 1, 1]);
    }

    [Theory]
    [InlineData("1999-01-02", "b", "the same day of birth")]
    [InlineData("1999-06-08", "a", "the same dwelling")]
    public void Two_valid_numbers_stay_one_person_when_more_than_a_name_speaks_for_it(string birth, string dwelling, string because)
    {
        Record[] rows = [Row(Sources.Household, "扎西", One, "1999-01-02", "a"), Row(Sources.Roll, "扎西", Other, birth, dwelling)];
        var group = new[] { 0, 0 };
        NumbersApart.Run(rows, group, new HashSet<(int, int)>()).ShouldBe(0, because);
        group.ShouldBe([0, 0]);
    }

    [Fact]
    public void What_a_reviewer_has_joined_is_not_taken_apart()
    {
        Record[] rows = [Row(Sources.Household, "扎西", One, "1999-01-02", "a"), Row(Sources.Roll, "扎西", Other, "1999-06-08", "b")];
        var group = new[] { 0, 0 };
        NumbersApart.Run(rows, group, new HashSet<(int, int)> { (1, 0) }).ShouldBe(0);
    }

    [Fact]
    public void A_newborn_is_found_in_the_mothers_household_by_the_day()
    {
        var mother = MadeUp.Number("19920512", 2);
        Record[] rows =
        [
            Row(Sources.Household, "卓玛", mother, "1992-05-12", "a", "H1"),
            Row(Sources.Household, "丹增", MadeUp.Number("20260301", 1), "2026-03-01", "a", "H1"),
            Row(Sources.Household, "次仁", MadeUp.Number("20260301", 3), "2026-03-01", "a", "H2"),
            Birth("卓玛之子", "2026-03-01", mother),
        ];
        ChildrenByParents.Find(rows, name => name).Same.ShouldBe([(3, 1)]);
    }

    [Fact]
    public void Twins_of_one_sex_and_without_names_are_left_open()
    {
        var mother = MadeUp.Number("19920512", 2);
        Record[] rows =
        [
            Row(Sources.Household, "卓玛", mother, "1992-05-12", "a", "H1"),
            Row(Sources.Household, "丹增", MadeUp.Number("20260301", 1), "2026-03-01", "a", "H1"),
            Row(Sources.Household, "次仁", MadeUp.Number("20260301", 3), "2026-03-01", "a", "H1"),
            Birth("卓玛之子", "2026-03-01", mother),
        ];
        var children = ChildrenByParents.Find(rows, name => name);
        children.Same.ShouldBeEmpty();
        children.Apart.ShouldBe([(3, 1), (3, 2)], "and no weight may guess it");
    }

    [Fact]
    public void Of_two_certificates_of_one_birth_the_one_without_a_name_is_the_child_that_is_left()
    {
        var mother = MadeUp.Number("19920512", 2);
        Record[] rows =
        [
            Row(Sources.Household, "卓玛", mother, "1992-05-12", "a", "H1"),
            Row(Sources.Household, "丹增", MadeUp.Number("20260301", 1), "2026-03-01", "a", "H1"),
            Row(Sources.Household, "次仁", MadeUp.Number("20260301", 3), "2026-03-01", "a", "H1"),
            Birth("丹增", "2026-03-01", mother),
            Birth("卓玛之次子", "2026-03-01", mother),
        ];
        ChildrenByParents.Find(rows, name => name).Same.ShouldBe([(3, 1), (4, 2)]);
        Record[] oneRegistered = [rows[0], rows[1], Birth("卓玛之长子", "2026-03-01", mother), Birth("卓玛之次子", "2026-03-01", mother)];
        ChildrenByParents.Find(oneRegistered, name => name).Same.ShouldBeEmpty("either may be the one who is registered");
        TwinsApart.Find(oneRegistered, name => name).ShouldBe([(2, 3)]);
        Record[] issuedAgain = [rows[0], rows[1], Birth("卓玛之子", "2026-03-01", mother), Birth("丹增", "2026-03-01", mother)];
        ChildrenByParents.Find(issuedAgain, name => name).Same
            .ShouldBe([(2, 1), (3, 1)], "a certificate is issued again when the child has its name");
        TwinsApart.Find(issuedAgain, name => name).ShouldBeEmpty();
    }

    private static Record Birth(string name, string day, string mother) =>
        new() { Source = Sources.Births, Name = name, Birth = VagueDate.Parse(day), MotherNumber = mother, Sex = Sex.Male };
}
