using Legwork.Kernel;
using Legwork.People.Findings;
using Legwork.People.Records;
using Record = Legwork.People.Records.Record;

namespace Legwork.People.Tests;

/// <summary>Each kind as docs/findings.md states it, with the neighbour that must not hold.</summary>
public class FindingRulesTests
{
    private static readonly DateOnly ReferenceDay = new(2026, 10, 31);

    [Theory]
    [InlineData("empty_registration", "户籍")]
    [InlineData("", "户籍,台账外出")]
    [InlineData("", "户籍,参保正常")]
    [InlineData("empty_registration", "户籍,参保暂停")]
    [InlineData("", "户籍,死亡")]
    [InlineData("", "户籍,迁出市内")]
    [InlineData("", "户籍死亡注销")]
    [InlineData("separated", "户籍,台账吉日")]
    [InlineData("", "户籍,台账八廓")]
    [InlineData("dead_insured", "户籍,参保正常,死亡")]
    [InlineData("", "户籍,参保暂停,死亡")]
    [InlineData("cancelled_insured", "户籍参军注销,参保正常")]
    [InlineData("", "户籍死亡注销,参保正常")]
    [InlineData("left_insured", "户籍,参保正常,迁出省外")]
    [InlineData("", "户籍,参保正常,迁出市内")]
    [InlineData("insured_elsewhere", "参保正常,省外正常")]
    [InlineData("", "参保正常,省外终止")]
    [InlineData("dup_insured", "参保正常,参保正常")]
    [InlineData("dup_insured,dup_file", "参保正常,参保正常异名")]
    [InlineData("student_uninsured", "户籍,台账八廓,学生")]
    [InlineData("student_uninsured", "户籍,学生")]
    [InlineData("", "户籍,台账八廓,学生,省外终止")]
    [InlineData("newborn_uninsured", "出生六十天")]
    [InlineData("", "出生二十天")]
    [InlineData("", "出生三十天")]
    [InlineData("", "出生六十天,参保暂停")]
    public void A_kind_holds_exactly_when_its_definition_says_so(string kinds, string rows)
    {
        var rules = new FindingRules(ReferenceDay, grid => grid == "g1" ? "八廓街道" : "吉日街道", _ => false,
            address => address.StartsWith("四川") ? "四川省" : null);
        var held = rules.Of([.. rows.Split(',').Select(Row).OrderBy(row => Sources.Rank(row.Source))]).Select(found => found.Kind).Order();
        held.ShouldBe(kinds.Split(',', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public void A_number_that_fails_its_check_is_a_typo_and_two_valid_ones_are_a_double()
    {
        var (a, b) = (MadeUp.Number("19900307", 1), MadeUp.Number("19900307", 3));
        Kinds(With(a), With(a[..17] + (a[17] == '0' ? '1' : '0'))).ShouldBe(["number_typo"]);
        Kinds(With(a), With(b)).ShouldBe(["number_double"]);
        Kinds(With(a), With(a), With(null)).ShouldBeEmpty();
        new FindingRules(ReferenceDay, _ => null, number => number == a, _ => null).Of([With(a)])
            .Select(found => found.Kind).ShouldBe(["number_shared"]);
    }

    [Fact]
    public void A_year_alone_conflicts_with_no_day_in_it()
    {
        Kinds(Born("1990"), Born("1990-03-07")).ShouldBeEmpty();
        Kinds(Born("1990-03-07"), Born("1990-03-08")).ShouldBe(["birth_conflict"]);
    }

    private static IEnumerable<string> Kinds(params Record[] rows) =>
        new FindingRules(ReferenceDay, _ => null, _ => false, _ => null).Of(rows).Select(found => found.Kind);

    private static Record With(string? number) =>
        new() { Source = Sources.Elsewhere, Status = "ended", Number = number, NumberIsValid = number is not null && ResidentNumber.IsValid(number) };

    private static Record Born(string day) => new() { Source = Sources.Roll, Status = "ended", Name = "扎西", Birth = VagueDate.Parse(day) };

    private static Record Row(string what) => what switch
    {
        "户籍" => new() { Source = Sources.Household, Name = "扎西", Street = "八廓街道" },
        "户籍死亡注销" => new() { Source = Sources.Household, Name = "扎西", Street = "八廓街道", CancelledReason = "死亡" },
        "户籍参军注销" => new() { Source = Sources.Household, Name = "扎西", Street = "八廓街道", CancelledReason = "参军" },
        "参保正常" => new() { Source = Sources.Roll, Name = "扎西", Status = "active" },
        "参保正常异名" => new() { Source = Sources.Roll, Name = "札西", Status = "active", Row = 2 },
        "参保暂停" => new() { Source = Sources.Roll, Name = "扎西", Status = "suspended" },
        "死亡" => new() { Source = Sources.Deaths, Name = "扎西" },
        "迁出省外" => new() { Source = Sources.Moves, Name = "扎西", Direction = "out", ToAddress = "四川省成都市" },
        "迁出市内" => new() { Source = Sources.Moves, Name = "扎西", Direction = "out", ToAddress = "拉萨市堆龙德庆区" },
        "省外正常" => new() { Source = Sources.Elsewhere, Name = "扎西", Status = "active" },
        "省外终止" => new() { Source = Sources.Elsewhere, Name = "扎西", Status = "ended" },
        "学生" => new() { Source = Sources.Students, Name = "扎西" },
        "台账八廓" => new() { Source = Sources.Ledger, Name = "扎西", DwellingState = "usual", Grid = "g1" },
        "台账吉日" => new() { Source = Sources.Ledger, Name = "扎西", DwellingState = "rented", Grid = "g2" },
        "台账外出" => new() { Source = Sources.Ledger, Name = "扎西", DwellingState = "away", Grid = "g2" },
        "出生六十天" => new() { Source = Sources.Births, Name = "扎西", Birth = VagueDate.Of(ReferenceDay.AddDays(-60)) },
        "出生三十天" => new() { Source = Sources.Births, Name = "扎西", Birth = VagueDate.Of(ReferenceDay.AddDays(-30)) },
        "出生二十天" => new() { Source = Sources.Births, Name = "扎西", Birth = VagueDate.Of(ReferenceDay.AddDays(-20)) },
        _ => throw new ArgumentException(what),
    };
}
