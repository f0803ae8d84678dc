using static Legwork.Schedules.Tests.Made;

namespace Legwork.Schedules.Tests;

/// <summary>Chapters 8 and 9: which series is chosen, and what a vaccine group of several antigens says. The child is born on 2020-01-31.</summary>
public class ChoiceTests
{
    private static string Chosen(RuleSet rules, Patient patient, string on = "2021-06-01") => rules.Ask(patient, on).Series[0].Series.Name;

    private static Series Path(string name, int? preference, bool isDefault, params SeriesDose[] doses) =>
        Series(name, doses) with { Preference = preference, IsDefault = isDefault };

    [Fact]
    public void Without_doses_the_default_series_is_chosen() =>
        Chosen(Rules(Path("one", 1, false, Dose(1)), Path("two", 2, true, Dose(1))), Child()).ShouldBe("two");

    [Fact]
    public void A_complete_series_wins_over_one_in_process() =>
        Chosen(Rules(Path("long", 1, true, Dose(1), Dose(2, from: "28 days")), Path("short", 2, false, Dose(1))),
            Child(("2021-01-01", "a"))).ShouldBe("short");

    [Fact]
    public void A_series_begun_too_late_is_no_candidate()
    {
        var rules = Rules(Path("early", 1, true, Dose(1), Dose(2, from: "28 days"), Dose(3, from: "28 days")) with { MaxAgeToStart = P("7 months") },
            Path("late", 2, false, Dose(1, min: "7 months"), Dose(2, from: "56 days")));
        Chosen(rules, Child(("2020-08-30", "a")), "2020-09-01").ShouldBe("early");
        Chosen(rules, Child(("2020-08-31", "a")), "2020-09-01").ShouldBe("late");
    }

    [Fact]
    public void A_product_series_wins_while_all_its_doses_are_valid()
    {
        var product = Path("product", 2, false, Dose(1, vaccine: "b"), Dose(2, from: "28 days", vaccine: "b")) with { ProductPath = true };
        var any = Dose(1) with { Allowable = [new("b")] };
        var rules = Rules(Path("any", 1, true, any, Dose(2, from: "28 days") with { Allowable = [new("b")] }, Dose(3, from: "28 days")), product);
        Chosen(rules, Child(("2021-01-01", "b"))).ShouldBe("product");
        Chosen(rules, Child(("2021-01-01", "b"), ("2021-02-01", "a"))).ShouldBe("any");
    }

    [Fact]
    public void A_spoilt_dose_is_no_valid_one_and_ends_the_advantage_of_a_product_series()
    {
        var product = Path("product", 2, false, Dose(1, vaccine: "b"), Dose(2, from: "28 days", vaccine: "b")) with { ProductPath = true };
        var rules = Rules(Path("any", 1, true, Dose(1) with { Allowable = [new("b")] },
            Dose(2, from: "28 days") with { Allowable = [new("b")] }), product);
        var patient = Child(("2021-01-01", "b"));
        Chosen(rules, patient).ShouldBe("product");
        Chosen(rules, patient with { Doses = [.. patient.Doses, new(Day("2021-03-01"), "b", Substandard: true)] }).ShouldBe("any");
    }

    [Fact]
    public void Of_equal_scores_the_preferred_series_is_chosen() =>
        Chosen(Rules(Path("second", 2, true, Dose(1), Dose(2)), Path("first", 1, false, Dose(1), Dose(2))),
            Child(("2021-01-01", "a"))).ShouldBe("first");

    [Fact]
    public void Simple_choice_takes_most_valid_doses_then_preference()
    {
        var rules = Rules(Path("a", 1, true, Dose(1), Dose(2), Dose(3)), Path("b", 2, false, Dose(1, vaccine: "b"), Dose(2, vaccine: "b"),
            Dose(3, vaccine: "b"))) with
        { Reading = new Reading(SimpleChoice: true) };
        Chosen(rules, Child(("2021-01-01", "b"), ("2021-02-01", "b"), ("2021-03-01", "a"))).ShouldBe("b");
        Chosen(rules, Child(("2021-01-01", "b"), ("2021-03-01", "a"))).ShouldBe("a");
        Chosen(rules, Child()).ShouldBe("a");
    }

    [Fact]
    public void A_risk_series_takes_the_place_of_an_equivalent_standard_one_and_of_a_lesser_risk()
    {
        Series Risk(string name, char priority) => Series(name, Dose(1), Dose(2)) with
        {
            Type = SeriesType.Risk,
            Group = "2",
            IsDefault = false,
            Priority = priority,
            EquivalentGroups = ["1"],
            Indications = [new(["o"])],
        };
        var rules = Rules(Series("standard", Dose(1)) with { EquivalentGroups = ["2"] }, Risk("greater", 'A'), Risk("lesser", 'B'));
        var answer = new Forecaster(rules).Forecast(Child().With(new ObservationMade("o")), Day("2021-01-01"));
        answer.Groups.Where(g => g.Group.Code == "A").Select(g => g.Series[0].Series.Name).ShouldBe(["greater"]);
        // A complete standard series makes the equivalent risk series unnecessary, and nothing is said twice.
        var done = new Forecaster(rules).Forecast(Child(("2020-12-01", "a")).With(new ObservationMade("o")), Day("2021-01-01"));
        done.Groups.Where(g => g.Group.Code == "A").Select(g => g.Series[0].Series.Name).ShouldBe(["standard"]);
    }

    [Fact]
    public void Series_groups_that_are_not_equivalent_answer_beside_each_other_and_the_one_to_act_on_has_begun()
    {
        var rules = Rules(Series("young", Dose(1, max: "5 years")),
            Series("old", Dose(1, min: "50 years")) with { Group = "2", MinAgeToStart = P("50 years") });
        var forecast = new Forecaster(rules).Forecast(Child(), Day("2021-01-01"));
        forecast.Groups.Count(g => g.Group.Code == "A").ShouldBe(2);
        forecast.For("A")!.Series[0].Series.Name.ShouldBe("young");
        // Too old for the one and too young for the other: aged out, and a dose for nothing is extraneous, not too young for a series of old age.
        var between = new Forecaster(rules).Forecast(Child(("2026-01-01", "a")), Day("2026-01-02"));
        between.For("A")!.Status.ShouldBe(SeriesStatus.AgedOut);
        between.Dose("A", 0).Reason.ShouldBe(DoseReason.TooOld);
        // A dose that counts begins the later series before its age.
        var early = Rules(Series("young", Dose(1, max: "5 years")),
            Series("old", Dose(1, min: "50 years", grace: "30 years"), Dose(2, from: "1 year")) with { Group = "2", MinAgeToStart = P("50 years") });
        early.Ask(Child(("2045-01-01", "a")), "2045-01-02").Series[0].Series.Name.ShouldBe("old");
        new Forecaster(rules).Forecast(Child(), Day("2071-01-01")).For("A")!.Series[0].Series.Name.ShouldBe("old");
    }

    [Fact]
    public void An_aged_out_risk_series_stands_only_where_the_rules_say_so()
    {
        var risk = Series("risk", Dose(1, max: "1 year")) with { Type = SeriesType.Risk, Group = "2", IsDefault = false, Indications = [new(["o"])] };
        var rules = Rules(Series("standard", Dose(1)), risk);
        var patient = Child().With(new ObservationMade("o"));
        rules.Ask(patient, "2020-12-31").Series[0].Series.Name.ShouldBe("risk");
        rules.Ask(patient, "2021-01-31").Series[0].Series.Name.ShouldBe("standard");
        (rules with { Reading = new Reading(RiskStands: true) }).Ask(patient, "2021-01-31").Series[0].Series.Name.ShouldBe("risk");
    }

    [Fact]
    public void An_evaluation_only_series_counts_when_it_is_complete_and_is_never_forecast()
    {
        var rules = Rules(Series("standard", Dose(1), Dose(2)),
            Series("abroad", Dose(1, vaccine: "b"), Dose(2, vaccine: "b")) with { Type = SeriesType.EvaluationOnly, IsDefault = false });
        Chosen(rules, Child(("2021-01-01", "b"), ("2021-02-01", "b"))).ShouldBe("abroad");
        Chosen(rules, Child(("2021-01-01", "b"))).ShouldBe("standard");
    }

    private static RuleSet Combined(bool? full, Interval? secondOfB = null) => new()
    {
        Id = "combined",
        Vaccines = [new("ab", "", [new("A"), new("B")]), new("a", "", [new("A")]), new("b", "", [new("B")])],
        Antigens =
        [
            new AntigenRules
            {
                Antigen = "A",
                Series = [Series("A", Both(1), Both(2) with { Intervals = [new Interval { AbsoluteMin = P("28 days"), Min = P("28 days") }] })]
            },
            new AntigenRules
            {
                Antigen = "B", Series = [Series("B", Both(1),
                    Both(2) with { Intervals = [secondOfB ?? new Interval { AbsoluteMin = P("56 days"), Min = P("56 days") }] })],
                Contraindications = [new("o")],
            },
        ],
        Groups = [new("A", "A and B", ["A", "B"], full)],
        Observations = [new("o", "")],
    };

    private static SeriesDose Both(int number) => new() { Number = number, Preferable = [new("ab")], Allowable = [new("a"), new("b")] };

    [Fact]
    public void Of_several_antigens_the_last_one_to_be_ready_sets_the_earliest_date()
    {
        var answer = Combined(true).Ask(Child(("2021-01-01", "ab")), "2021-01-10");
        (answer.Earliest, answer.DoseNumber).ShouldBe((Day("2021-02-26"), 2));
        Combined(true, new Interval { AbsoluteMin = P("56 days"), Min = P("56 days"), Overrides = true })
            .Ask(Child(("2021-01-01", "ab")), "2021-01-10").Earliest.ShouldBe(Day("2021-01-29"));
    }

    [Fact]
    public void The_dose_number_of_several_antigens_is_the_least_when_all_are_given_together_and_else_the_greatest()
    {
        var history = Child(("2021-01-01", "a"));
        Combined(true).Ask(history, "2021-01-10").DoseNumber.ShouldBe(1);
        Combined(false).Ask(history, "2021-01-10").DoseNumber.ShouldBe(2);
    }

    [Fact]
    public void A_contraindicated_antigen_stops_a_group_that_is_given_in_full_and_not_one_that_is_not()
    {
        var patient = Child(("2021-01-01", "ab")).With(new ObservationMade("o"));
        Combined(true).Ask(patient, "2021-01-10").Status.ShouldBe(SeriesStatus.Contraindicated);
        var part = Combined(false).Ask(patient, "2021-01-10");
        (part.Status, part.Earliest).ShouldBe((SeriesStatus.NotComplete, Day("2021-01-29")));
    }

    [Fact]
    public void A_dose_that_fails_for_one_antigen_of_the_group_is_not_valid()
    {
        var forecast = new Forecaster(Combined(true)).Forecast(Child(("2021-01-01", "ab"), ("2021-01-30", "ab")), Day("2021-02-01"));
        forecast.Dose("A", 1).Status.ShouldBe(DoseStatus.NotValid);
        forecast.For("A")!.Series[0].Doses[1].Status.ShouldBe(DoseStatus.Valid);
    }
}
