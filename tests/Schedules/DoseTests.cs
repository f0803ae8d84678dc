using static Legwork.Schedules.Tests.Made;

namespace Legwork.Schedules.Tests;

/// <summary>Chapter 6 of the specification, verb by verb. The child is born on 2020-01-31.</summary>
public class DoseTests
{
    [Fact]
    public void A_dose_counts_from_the_absolute_minimum_age_and_not_a_day_before()
    {
        var rules = Rules(Dose(1, min: "2 months", grace: "4 days"));
        rules.Said(Child(("2020-03-26", "a"))).ShouldBe("NotValid: TooYoung");
        rules.Said(Child(("2020-03-27", "a"))).ShouldBe("Valid");
        new Forecaster(rules).Forecast(Child(("2020-03-27", "a")), Day("2021-01-01")).Dose("A", 0).Grace.ShouldBeTrue();
        new Forecaster(rules).Forecast(Child(("2020-03-31", "a")), Day("2021-01-01")).Dose("A", 0).Grace.ShouldBeFalse();
    }

    [Fact]
    public void A_dose_at_the_maximum_age_is_extraneous_and_need_not_be_repeated()
    {
        var rules = Rules(Dose(1, max: "15 weeks"));
        rules.Said(Child(("2020-05-15", "a"))).ShouldBe("Extraneous: TooOld");
        rules.Said(Child(("2020-05-14", "a"))).ShouldBe("Valid");
    }

    [Fact]
    public void An_invalid_dose_moves_the_interval_but_not_the_target()
    {
        var rules = Rules(Dose(1), Dose(2, from: "28 days"));
        rules.Said(Child(("2020-03-01", "a"), ("2020-03-20", "a"), ("2020-03-29", "a"))).ShouldBe("Valid, NotValid: TooSoon, NotValid: TooSoon");
        rules.Said(Child(("2020-03-01", "a"), ("2020-03-20", "a"), ("2020-04-17", "a"))).ShouldBe("Valid, NotValid: TooSoon, Valid");
    }

    [Fact]
    public void An_interval_from_a_target_dose_counts_from_the_dose_that_satisfied_it()
    {
        var third = Dose(3) with { Intervals = [new Interval { From = IntervalFrom.TargetDose, TargetDose = 1, AbsoluteMin = P("16 weeks") }] };
        var rules = Rules(Dose(1, min: "2 months"), Dose(2), third);
        // The first dose is too young, so that the second satisfies target dose 1.
        rules.Said(Child(("2020-02-10", "a"), ("2020-04-01", "a"), ("2020-05-01", "a"), ("2020-07-21", "a"), ("2020-07-22", "a")))
            .ShouldBe("NotValid: TooYoung, Valid, Valid, NotValid: TooSoon, Valid");
    }

    [Fact]
    public void An_allowable_interval_saves_a_dose_that_the_preferable_one_refuses()
    {
        var second = Dose(2, from: "28 days") with
        {
            AllowableIntervals = [new Interval { From = IntervalFrom.TargetDose, TargetDose = 1, AbsoluteMin = P("14 days") }]
        };
        Rules(Dose(1), second).Said(Child(("2020-03-01", "a"), ("2020-03-15", "a"))).ShouldBe("Valid, Valid");
        Rules(Dose(1), second).Said(Child(("2020-03-01", "a"), ("2020-03-14", "a"))).ShouldBe("Valid, NotValid: TooSoon");
    }

    [Fact]
    public void An_interval_from_the_most_recent_vaccine_asks_only_about_that_vaccine()
    {
        var second = Dose(2) with
        {
            Intervals = [new Interval { From = IntervalFrom.MostRecent, Vaccines = ["b"], AbsoluteMin = P("1 year") }],
            Allowable = [new("b")]
        };
        var rules = Rules(Dose(1) with { Allowable = [new("b")] }, second);
        rules.Said(Child(("2020-03-01", "a"), ("2020-03-02", "a"))).ShouldBe("Valid, Valid");
        rules.Said(Child(("2020-03-01", "b"), ("2021-02-28", "a"))).ShouldBe("Valid, NotValid: TooSoon");
        rules.Said(Child(("2020-03-01", "b"), ("2021-03-01", "a"))).ShouldBe("Valid, Valid");
    }

    [Fact]
    public void An_interval_from_the_most_recent_vaccine_counts_from_a_vaccine_that_holds_nothing_of_the_antigen()
    {
        // CALCDTINT-8 names vaccine types only: Tdap after Td for pertussis, a zoster vaccine after varicella.
        var rules = Rules(Dose(1) with
        {
            Intervals = [new Interval
            {
                From = IntervalFrom.MostRecent,
                Vaccines = ["x", "b"],
                AbsoluteMin = P("24 days"),
                Min = P("28 days"),
                EarliestRecommended = P("8 weeks")
            }]
        });
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-24", "a"))).ShouldBe("Valid, NotValid: TooSoon");
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-25", "a"))).ShouldBe("Valid, Valid");
        // On the same day it is not the dose before, in whatever order the two are told; of two, the later one counts.
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-01", "a"))).ShouldBe("Valid, Valid");
        rules.Said(Child(("2021-03-01", "a"), ("2021-03-01", "x"))).ShouldBe("Valid, Valid");
        rules.Said(Child(("2021-01-01", "b"), ("2021-03-01", "x"), ("2021-03-24", "a"))).ShouldBe("NotValid: WrongVaccine, Valid, NotValid: TooSoon");
        var answer = rules.Ask(Child(("2021-03-01", "x")), "2021-03-02", explain: true);
        (answer.Earliest, answer.Recommended).ShouldBe((Day("2021-03-29"), Day("2021-04-26")));
        answer.Series[0].Notes.ShouldContain(n => n.Code == "earliest.min_interval" && n.Other == 0);
        rules.Ask(Child(("2021-03-01", "x"), ("2021-03-24", "a")), "2021-03-24", explain: true).Series[0].Notes
            .ShouldContain(n => n.Code == "dose.too_soon" && n.Other == 0 && n.Days == 1);
    }

    [Fact]
    public void An_allowable_interval_that_was_not_in_force_saves_nothing()
    {
        var second = Dose(2, from: "28 days") with
        {
            AllowableIntervals = [new Interval { AbsoluteMin = P("14 days"), Effective = new(null, Day("2020-12-31")) }]
        };
        Rules(Dose(1), second).Said(Child(("2020-12-01", "a"), ("2020-12-15", "a"))).ShouldBe("Valid, Valid");
        Rules(Dose(1), second).Said(Child(("2021-01-01", "a"), ("2021-01-15", "a"))).ShouldBe("Valid, NotValid: TooSoon");
    }

    [Fact]
    public void An_interval_from_an_observation_asks_nothing_where_it_was_not_made()
    {
        var rules = Rules(Dose(1) with
        {
            Intervals = [new Interval { From = IntervalFrom.Observation, Observation = "o", AbsoluteMin = P("6 months") }]
        });
        rules.Said(Child(("2020-07-30", "a"))).ShouldBe("Valid");
        rules.Said(Child(("2020-07-30", "a")).With(new ObservationMade("o", Day("2020-02-01")))).ShouldBe("NotValid: TooSoon");
        rules.Said(Child(("2020-08-01", "a")).With(new ObservationMade("o", Day("2020-02-01")))).ShouldBe("Valid");
    }

    [Fact]
    public void A_two_sided_interval_notes_a_late_dose_and_refuses_it_only_where_the_rule_says_so()
    {
        Interval Both(bool refuse) => new() { AbsoluteMin = P("7 days"), Min = P("7 days"), Max = P("10 days"), LateInvalid = refuse };
        var late = Child(("2020-03-01", "a"), ("2020-03-12", "a"));
        Rules(Dose(1), Dose(2) with { Intervals = [Both(false)] }).Said(late).ShouldBe("Valid, Valid");
        Rules(Dose(1), Dose(2) with { Intervals = [Both(true)] }).Said(late).ShouldBe("Valid, NotValid: TooLate");
        Rules(Dose(1), Dose(2) with { Intervals = [Both(false)] }).Ask(late, "2021-01-01", explain: true).Series[0].Notes
            .ShouldContain(n => n.Code == "dose.late" && n.Days == 1 && n.Date == Day("2020-03-11"));
    }

    [Fact]
    public void An_inadvertent_dose_neither_counts_nor_moves_the_interval()
    {
        var rules = Rules(Dose(1), Dose(2, from: "28 days") with { Inadvertent = ["b"] });
        rules.Said(Child(("2020-03-01", "a"), ("2020-03-28", "b"), ("2020-03-29", "a"))).ShouldBe("Valid, NotValid: Inadvertent, Valid");
    }

    [Fact]
    public void Only_a_preferable_or_an_allowable_vaccine_counts_and_only_at_its_age()
    {
        var rules = Rules(Dose(1) with { Preferable = [new("a", P("1 year"))], Allowable = [new("b", null, P("2 years"))] });
        rules.Said(Child(("2021-01-30", "a"))).ShouldBe("NotValid: WrongVaccineAge");
        rules.Said(Child(("2021-01-31", "a"))).ShouldBe("Valid");
        rules.Said(Child(("2022-01-30", "b"))).ShouldBe("Valid");
        rules.Said(Child(("2022-01-31", "b"))).ShouldBe("NotValid: WrongVaccineAge");
        Rules(Dose(1)).Said(Child(("2022-01-31", "b"))).ShouldBe("NotValid: WrongVaccine");
    }

    [Fact]
    public void A_product_is_known_by_its_maker_or_its_name()
    {
        var rules = Rules(Dose(1) with { Preferable = [new("a", TradeName: "Brand", Maker: "MKR")] });
        Patient Given(string maker, string trade) => Child() with { Doses = [new(Day("2021-01-01"), "a", maker, trade)] };
        rules.Said(Given("MKR", "")).ShouldBe("Valid");
        rules.Said(Given("", "BRAND")).ShouldBe("Valid");
        rules.Said(Given("", "")).ShouldBe("NotValid: WrongProduct");
    }

    [Fact]
    public void A_substitute_given_at_its_own_age_is_not_held_against_the_row()
    {
        var rules = Rules(Dose(1, min: "4 months") with { Allowable = [new("b", P("2 months"), OwnAge: true)] });
        rules.Said(Child(("2020-03-31", "b"))).ShouldBe("Valid");
        rules.Said(Child(("2020-03-30", "b"))).ShouldBe("NotValid: TooYoung");
        rules.Said(Child(("2020-03-31", "a"))).ShouldBe("NotValid: TooYoung");
    }

    [Fact]
    public void A_spoilt_or_expired_dose_must_be_repeated_and_is_not_a_previous_dose()
    {
        var patient = Child() with
        {
            Doses = [new(Day("2020-03-01"), "a", Substandard: true), new(Day("2020-03-02"), "a", LotExpires: Day("2020-03-01")),
                new(Day("2020-03-03"), "a", LotExpires: Day("2020-03-03"))]
        };
        Rules(Dose(1, from: "28 days")).Said(patient).ShouldBe("Substandard: Condition, Substandard: Expired, Valid");
    }

    [Fact]
    public void Doses_after_the_last_target_are_extraneous_unless_it_recurs()
    {
        var years = Child(("2021-01-01", "a"), ("2022-01-01", "a"), ("2023-01-01", "a"));
        Rules(Dose(1)).Said(years).ShouldBe("Valid, Extraneous: SeriesComplete, Extraneous: SeriesComplete");
        Rules(Dose(1, from: "1 year") with { Recurring = true }).Said(years).ShouldBe("Valid, Valid, Valid");
    }

    [Fact]
    public void A_live_vaccine_conflicts_with_one_before_it_until_the_interval_ends_but_not_on_the_same_day()
    {
        var rules = Rules(Dose(1)) with { Conflicts = [new("x", "a", P("1 day")!.Value, P("24 days")!.Value, P("28 days")!.Value)] };
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-01", "a"))).ShouldBe("Valid, Valid");
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-02", "a"))).ShouldBe("Valid, NotValid: Conflict");
        // The other antigen's dose has no status here and so counts as valid: the shorter end holds.
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-24", "a"))).ShouldBe("Valid, NotValid: Conflict");
        rules.Said(Child(("2021-03-01", "x"), ("2021-03-25", "a"))).ShouldBe("Valid, Valid");
        // The forecast asks for the full end.
        rules.Ask(Child(("2021-03-01", "x")), "2021-03-02").Earliest.ShouldBe(Day("2021-03-29"));
    }

    [Fact]
    public void A_dose_counts_for_the_antigen_of_its_age()
    {
        var rules = Rules(Dose(1)) with
        {
            Vaccines = [new("a", "", [new("A", null, P("5 years")), new("X", P("5 years"))]), new("b", "", []), new("x", "", []), new("ig", "", [])]
        };
        rules.Said(Child(("2025-01-30", "a"))).ShouldBe("Valid");
        var forecast = new Forecaster(rules).Forecast(Child(("2025-01-31", "a")), Day("2026-01-01"));
        forecast.For("A")!.Series[0].Doses.ShouldBeEmpty();
        forecast.For("X")!.Series[0].Doses.Count.ShouldBe(1);
    }

    [Fact]
    public void Rules_of_their_time_hold_for_the_doses_of_that_time()
    {
        var second = Dose(2) with
        {
            Intervals = [new Interval { AbsoluteMin = P("28 days"), Effective = new(null, Day("2020-12-31")) },
                new Interval { AbsoluteMin = P("6 months"), Effective = new(Day("2021-01-01"), null) }],
        };
        Rules(Dose(1), second).Said(Child(("2020-11-01", "a"), ("2020-11-29", "a"))).ShouldBe("Valid, Valid");
        Rules(Dose(1), second).Said(Child(("2020-12-01", "a"), ("2021-01-05", "a"))).ShouldBe("Valid, NotValid: TooSoon");
    }

    [Fact]
    public void A_dose_of_an_unknown_vaccine_is_answered_as_not_evaluated() =>
        Rules(Dose(1)).Said(Child(("2021-01-01", "nobody knows"))).ShouldBe("NotEvaluated");
}
