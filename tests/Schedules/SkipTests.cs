using static Legwork.Schedules.Tests.Made;

namespace Legwork.Schedules.Tests;

/// <summary>Conditional skips (CDSi 6.2, 7.1, 7.6). The child is born on 2020-01-31.</summary>
public class SkipTests
{
    private static SeriesDose Skipped(SkipContext context, params SkipCondition[] conditions) =>
        Dose(2, from: "28 days") with { Skips = [new Skip(context, false, [new SkipSet("because", true, conditions)])] };

    private static RuleSet Three(SeriesDose second) => Rules(Dose(1), second, Dose(3, from: "56 days"));

    [Fact]
    public void Age_skips_a_dose_when_it_is_evaluated_and_when_it_is_forecast()
    {
        var rules = Three(Skipped(SkipContext.Both, new SkipByAge(P("1 year"), null)));
        rules.Ask(Child(("2020-06-01", "a")), "2020-07-01").Series[0].TargetDose.ShouldBe(2);
        rules.Ask(Child(("2020-06-01", "a")), "2021-01-31").Series[0].TargetDose.ShouldBe(3);
        // Given at one year, the second dose is held against target dose 3 at once.
        rules.Ask(Child(("2020-06-01", "a"), ("2021-02-01", "a")), "2021-03-01").Status.ShouldBe(SeriesStatus.Complete);
    }

    [Fact]
    public void A_context_keeps_to_itself()
    {
        Three(Skipped(SkipContext.Evaluation, new SkipByAge(P("1 year"), null)))
            .Ask(Child(("2020-06-01", "a")), "2021-02-01").Series[0].TargetDose.ShouldBe(2);
        Three(Skipped(SkipContext.Forecast, new SkipByAge(P("1 year"), null)))
            .Ask(Child(("2020-06-01", "a"), ("2021-02-01", "a")), "2021-02-01").Series[0].TargetDose.ShouldBe(3);
    }

    [Fact]
    public void A_dose_that_will_be_skipped_on_its_own_earliest_day_is_skipped_now()
    {
        // 7.6: at assessment the child is eleven months old; the earliest day of dose 2 lies behind the first birthday.
        var rules = Three(Skipped(SkipContext.Both, new SkipByAge(P("1 year"), null)));
        var answer = rules.Ask(Child(("2021-01-10", "a")), "2021-01-15", explain: true);
        answer.Series[0].TargetDose.ShouldBe(3);
        answer.Earliest.ShouldBe(Day("2021-03-07"));
        answer.Series[0].Notes.ShouldContain(n => n.Code == "target.skipped_ahead" && n.Target == 2);
    }

    [Fact]
    public void An_interval_since_the_previous_dose_skips()
    {
        var rules = Three(Skipped(SkipContext.Both, new SkipByInterval(P("6 months")!.Value)));
        rules.Ask(Child(("2020-06-01", "a")), "2020-11-30").Series[0].TargetDose.ShouldBe(2);
        rules.Ask(Child(("2020-06-01", "a")), "2020-12-01").Series[0].TargetDose.ShouldBe(3);
        Rules(Skipped(SkipContext.Both, new SkipByInterval(P("6 months")!.Value)) with { Number = 1 })
            .Ask(Child(), "2025-01-01").Series[0].TargetDose.ShouldBe(1);
    }

    [Fact]
    public void A_skip_by_interval_counts_from_the_dose_before_whatever_became_of_it()
    {
        var rules = Three(Skipped(SkipContext.Both, new SkipByInterval(P("6 months")!.Value)) with { Inadvertent = ["b"] });
        var since = Child(("2020-06-01", "a"), ("2020-08-01", "b"));
        rules.Said(since, "2020-12-15").ShouldBe("Valid, NotValid: Inadvertent");
        rules.Ask(since, "2021-01-31").Series[0].TargetDose.ShouldBe(2);
        rules.Ask(since, "2021-02-01").Series[0].TargetDose.ShouldBe(3);
    }

    [Theory]
    [InlineData(CountComparison.GreaterThan, 0, true)]
    [InlineData(CountComparison.GreaterThan, 1, false)]
    [InlineData(CountComparison.Equal, 1, true)]
    [InlineData(CountComparison.LessThan, 1, false)]
    [InlineData(CountComparison.LessThan, 2, true)]
    public void A_count_of_doses_is_compared(CountComparison comparison, int count, bool skipped) =>
        Three(Skipped(SkipContext.Both, new SkipByCount([], true, comparison, count)))
            .Ask(Child(("2020-06-01", "a")), "2020-07-01").Series[0].TargetDose.ShouldBe(skipped ? 3 : 2);

    [Fact]
    public void A_total_counts_vaccines_that_hold_nothing_of_the_antigen_and_a_count_of_valid_doses_does_not()
    {
        int Due(SkipByCount count, params (string, string)[] doses) =>
            Three(Skipped(SkipContext.Both, count)).Ask(Child(doses), "2021-07-01").Series[0].TargetDose;
        var total = new SkipByCount(["x"], false, CountComparison.GreaterThan, 0, BeginAge: P("1 year"));
        Due(total, ("2020-06-01", "a"), ("2021-01-31", "x")).ShouldBe(3);
        Due(total, ("2020-06-01", "a"), ("2021-01-30", "x")).ShouldBe(2);
        Due(total, ("2020-06-01", "a")).ShouldBe(2);
        Due(total with { ValidOnly = true }, ("2020-06-01", "a"), ("2021-01-31", "x")).ShouldBe(2);
        // When a dose is evaluated, only what was given before its day counts.
        Three(Skipped(SkipContext.Both, total))
            .Ask(Child(("2020-06-01", "a"), ("2021-03-01", "x"), ("2021-03-01", "a")), "2021-03-02").Series[0].Doses[1].TargetDose.ShouldBe(2);
        Three(Skipped(SkipContext.Both, total))
            .Ask(Child(("2020-06-01", "a"), ("2021-02-28", "x"), ("2021-03-01", "a")), "2021-03-02").Series[0].Doses[1].TargetDose.ShouldBe(3);
    }

    [Fact]
    public void A_count_knows_vaccines_ages_dates_and_whether_doses_must_be_valid()
    {
        // A dose at ten days is too young, so it counts in a total and not among the valid.
        var young = Child(("2020-02-10", "b"), ("2020-06-01", "a"));
        RuleSet With(SkipByCount count) => Rules(Dose(1, min: "2 months") with { Allowable = [new("b")] },
            Skipped(SkipContext.Both, count), Dose(3, from: "56 days"));
        int Due(SkipByCount count) => With(count).Ask(young, "2020-07-01").Series[0].TargetDose;
        Due(new([], false, CountComparison.GreaterThan, 1)).ShouldBe(3);
        Due(new([], true, CountComparison.GreaterThan, 1)).ShouldBe(2);
        Due(new(["b"], false, CountComparison.GreaterThan, 0)).ShouldBe(3);
        Due(new(["b"], false, CountComparison.GreaterThan, 0, BeginAge: P("1 month"))).ShouldBe(2);
        Due(new(["b"], false, CountComparison.GreaterThan, 0, EndAge: P("10 days"))).ShouldBe(2);
        Due(new(["b"], false, CountComparison.GreaterThan, 0, Before: Day("2020-02-10"))).ShouldBe(2);
        Due(new(["b"], false, CountComparison.GreaterThan, 0, From: Day("2020-02-10"), Before: Day("2020-02-11"))).ShouldBe(3);
    }

    [Fact]
    public void Sets_and_conditions_are_joined_by_their_logic()
    {
        SkipCondition yes = new SkipByAge(null, null), no = new SkipByAge(P("90 years"), null);
        int Due(bool allSets, params SkipSet[] sets) => Three(Dose(2, from: "28 days") with { Skips = [new Skip(SkipContext.Both, allSets, sets)] })
            .Ask(Child(("2020-06-01", "a")), "2020-07-01").Series[0].TargetDose;
        Due(false, new SkipSet("", true, [yes, no])).ShouldBe(2);
        Due(false, new SkipSet("", false, [yes, no])).ShouldBe(3);
        Due(false, new SkipSet("", true, [yes]), new SkipSet("", true, [no])).ShouldBe(3);
        Due(true, new SkipSet("", true, [yes]), new SkipSet("", true, [no])).ShouldBe(2);
        Due(false, new SkipSet("", true, [yes], new DateRange(Day("2020-07-02"), null))).ShouldBe(2);
        Due(false, new SkipSet("", true, [])).ShouldBe(2);
    }

    [Fact]
    public void A_completed_series_of_another_group_skips()
    {
        var risk = Series("risk",
            Dose(1) with { Skips = [new Skip(SkipContext.Both, false, [new SkipSet("", true, [new SkipByCompletedSeries(["1"])])])] },
            Dose(2, min: "2 years")) with
        {
            Type = SeriesType.Risk,
            Group = "2",
            IsDefault = false,
            Indications = [new(["o"])],
        };
        var rules = Rules(risk, Series("standard", Dose(1)));
        rules.Ask(Child(("2021-01-01", "a")).With(new ObservationMade("o")), "2021-06-01").Series[0].TargetDose.ShouldBe(2);
        rules.Ask(Child().With(new ObservationMade("o")), "2021-06-01").Series[0].TargetDose.ShouldBe(1);
    }
}
