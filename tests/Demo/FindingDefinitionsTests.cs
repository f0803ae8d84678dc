namespace Legwork.Demo.Tests;

public class FindingDefinitionsTests
{
    private const string Own = "540102199003070018";
    private const string Other = "540102201602290020";

    private readonly RegisterMonth month = new(
        new DateOnly(2026, 10, 31), [.. Layouts.OfPersons.Select(layout => new Register(layout))],
        new Dictionary<string, string> { ["G1"] = "八廓街道", ["G2"] = "吉日街道" });
    private readonly PersonsOfRows persons = new();

    [Theory]
    [InlineData("常住", true)]
    [InlineData("租住", true)]
    [InlineData("外出", false)]
    public void Who_lives_in_another_street_is_separated_but_not_who_is_away(string livesAs, bool separated)
    {
        Registered(1);
        Ledger(1, "G2", livesAs);

        Kinds(1).ShouldBe(separated ? ["separated"] : []);
    }

    [Fact]
    public void A_cancelled_registration_separates_nobody_and_the_same_street_neither()
    {
        Registered(1, cancelled: "参军");
        Ledger(1, "G2", "常住");
        Registered(2, Other);
        Ledger(2, "G1", "常住");

        Kinds(1).ShouldBeEmpty();
        Kinds(2).ShouldBeEmpty();
    }

    [Fact]
    public void A_registration_is_empty_when_nothing_else_shows_its_person()
    {
        Registered(1);

        Kinds(1).ShouldBe(["empty_registration"]);
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("2", true)]
    [InlineData("3", true)]
    public void Only_a_normal_row_of_the_roll_shows_that_somebody_is_there(string status, bool empty)
    {
        Registered(1);
        Insured(1, status);

        Kinds(1).Contains("empty_registration").ShouldBe(empty);
    }

    [Fact]
    public void Insurance_elsewhere_shows_nobody_here_but_excuses_a_student_even_when_ended()
    {
        Registered(1);
        Elsewhere(1, "正常");
        Student(2, Other);
        Elsewhere(2, "终止", Other);

        Kinds(1).ShouldBe(["empty_registration"]);
        Kinds(2).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-09-30 08:30", true)]
    [InlineData("2026-10-01 00:10", false)]
    public void A_newborn_has_thirty_days(string born, bool uninsured)
    {
        Born(1, born);

        Kinds(1).ShouldBe(uninsured ? ["newborn_uninsured"] : []);
    }

    [Fact]
    public void A_suspended_row_is_enough_for_a_newborn_and_not_for_a_student()
    {
        Born(1, "2026-05-01 08:30");
        Insured(1, "2", number: "", birth: "2026-05-01");
        Student(2, Other);
        Insured(2, "2", number: Other);

        Kinds(1).ShouldBeEmpty();
        Kinds(2).ShouldBe(["student_uninsured"]);
    }

    [Fact]
    public void Two_rows_alike_are_insured_twice_and_two_spellings_are_two_files()
    {
        Insured(1, "1");
        Insured(1, "1");
        Insured(2, "1", number: Other, name: "索朗");
        Insured(2, "3", number: Other, name: "索南");
        Insured(3, "1", number: "");
        Insured(3, "3", number: "110105194912310029");

        Kinds(1).ShouldBe(["dup_insured"]);
        Kinds(2).ShouldBe(["dup_file"]);
        Kinds(3).ShouldContain("dup_file");
    }

    [Fact]
    public void Somebody_elses_number_is_shared_by_both_and_double_for_one()
    {
        Registered(1);
        Insured(1, "1", number: Other);
        Insured(2, "1", number: Other);

        Kinds(1).ShouldBe(["number_shared", "number_double"]);
        Kinds(2).ShouldBe(["number_shared"]);
    }

    [Fact]
    public void A_number_in_the_old_standard_or_in_full_width_is_the_same_number()
    {
        Registered(1);
        Insured(1, "1", number: "５４０１０２１９９００３０７００１８");
        Insured(1, "3", number: "540102900307001");

        Kinds(1).ShouldBeEmpty();
    }

    [Fact]
    public void Written_birth_dates_conflict_and_dates_inside_numbers_do_not()
    {
        Registered(1, birth: "19900307");
        Insured(1, "1", birth: "1990-03-08");
        Registered(2, Other, birth: "19900307");
        Insured(2, "1", number: Other, birth: "1990-03-07");

        Kinds(1).ShouldBe(["birth_conflict"]);
        Kinds(2).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("四川省成都市锦江区某路1号", true)]
    [InlineData("西藏自治区日喀则市桑珠孜区某路1号", false)]
    public void Who_left_the_province_and_stays_insured_is_a_finding(string to, bool holds)
    {
        Insured(1, "1");
        Add(Layouts.Moves, 1, "迁出", "丹增", Own, "拉萨市城关区", to, "2026-10-02");

        Kinds(1).ShouldBe(holds ? ["left_insured"] : []);
    }

    [Fact]
    public void Death_is_read_from_its_register_and_other_cancellations_from_the_household()
    {
        Registered(1, cancelled: "死亡");
        Insured(1, "1");
        Registered(2, Other, cancelled: "出国定居");
        Insured(2, "1", number: Other);

        Kinds(1).ShouldBeEmpty();
        Kinds(2).ShouldBe(["cancelled_insured"]);
        Add(Layouts.Deaths, 1, "丹增", "男", Own, "2026/5/1", "家中", "城关区疾控");
        Kinds(1).ShouldBe(["dead_insured"]);
    }

    private IEnumerable<string> Kinds(int person) =>
        FindingDefinitions.Evaluate(month, persons).Where(finding => finding.Person == person).Select(finding => finding.Kind);

    private void Registered(int person, string number = Own, string birth = "19900307", string cancelled = "") => Add(
        Layouts.Household, person, "H1", "户主", "丹增", "", "", "男", number, birth, "拉萨市城关区八廓街道八廓路1号", "八廓街道", "八廓东社区", "", "20000101",
        cancelled, cancelled == "" ? "" : "20260520");

    private void Insured(int person, string status, string number = Own, string name = "丹增", string birth = "1990-03-07") => Add(
        Layouts.Insurance, person, "5401", name, number == "" ? "99" : "01", number, "1", birth, "390", status, "2020-01-01", "", "", "", "2026");

    private void Ledger(int person, string grid, string livesAs) =>
        Add(Layouts.Ledger, person, grid, "八廓路1号", "丹增", "丹增", "男", "1990", "", livesAs, "");

    private void Student(int person, string number) => Add(Layouts.Students, person, "学校", "1年级", "L5", "丹增", "男", number, "", "", "");

    private void Elsewhere(int person, string status, string number = Own) =>
        Add(Layouts.Elsewhere, person, "丹增", number, "四川省", "390", "2024-01-01", status);

    private void Born(int person, string at) => Add(Layouts.Births, person, "Z1", "丹增之子", "男", at, "卓玛", Other, "", "", "");

    private void Add(RegisterLayout layout, int person, params string[] cells) => persons.Set(layout.Source, month[layout].Add(cells), person);
}
