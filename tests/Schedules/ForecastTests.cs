using static Legwork.Schedules.Tests.Made;

namespace Legwork.Schedules.Tests;

/// <summary>Chapters 5, 7 and 9 of the specification. The child is born on 2020-01-31.</summary>
public class ForecastTests
{
    private static (string?, string?, string?, string?) Dates(GroupAnswer answer) =>
        (answer.Earliest?.ToString("O"), answer.Recommended?.ToString("O"), answer.PastDue?.ToString("O"), answer.Latest?.ToString("O"));

    [Fact]
    public void Dates_come_from_the_ages_of_the_dose()
    {
        var answer = Rules(Dose(1, min: "6 weeks", recommended: "2 months", latest: "3 months + 4 weeks", max: "1 year")).Ask(Child(), "2020-02-01");
        Dates(answer).ShouldBe(("2020-03-13", "2020-03-31", "2020-05-28", "2021-01-30"));
        (answer.Status, answer.DoseNumber).ShouldBe((SeriesStatus.NotComplete, 1));
    }

    [Fact]
    public void A_late_dose_pushes_every_date_and_the_notes_say_which_bound_won()
    {
        var second = Dose(2, min: "10 weeks", recommended: "4 months", latest: "5 months + 4 weeks") with
        {
            Intervals = [new Interval
            {
                AbsoluteMin = P("24 days"),
                Min = P("28 days"),
                EarliestRecommended = P("8 weeks"),
                LatestRecommended = P("13 weeks")
            }],
        };
        var answer = Rules(Dose(1), second).Ask(Child(("2020-12-31", "a")), "2021-01-01", explain: true);
        Dates(answer).ShouldBe(("2021-01-28", "2021-01-28", "2021-01-28", null));
        answer.Series[0].Notes.Select(n => n.Code).ShouldBe(["dose.valid", "earliest.min_interval", "recommended.earliest", "past_due.earliest"]);
        answer.Series[0].Notes[1].Clause!.Id.ShouldBe("A-2");
        answer.Series[0].Notes[1].Other.ShouldBe(0);
    }

    [Fact]
    public void Without_ages_the_intervals_set_the_recommended_and_the_past_due_date()
    {
        var second = Dose(2) with
        {
            Intervals = [new Interval { Min = P("28 days"), EarliestRecommended = P("8 weeks"), LatestRecommended = P("13 weeks") }]
        };
        Dates(Rules(Dose(1), second).Ask(Child(("2020-12-31", "a")), "2021-01-01")).ShouldBe(("2021-01-28", "2021-02-25", "2021-03-31", null));
    }

    [Fact]
    public void A_patient_ages_out_on_the_day_of_the_maximum_age_or_when_nothing_fits_before_it()
    {
        var rules = Rules(Dose(1), Dose(2, from: "28 days", max: "1 year"));
        rules.Ask(Child(("2020-12-01", "a")), "2021-01-30").Status.ShouldBe(SeriesStatus.NotComplete);
        rules.Ask(Child(("2020-12-01", "a")), "2021-01-31").Status.ShouldBe(SeriesStatus.AgedOut);
        var cannot = rules.Ask(Child(("2021-01-20", "a")), "2021-01-21", explain: true);
        cannot.Status.ShouldBe(SeriesStatus.AgedOut);
        Dates(cannot).ShouldBe((null, null, null, null));
        cannot.Series[0].Notes.ShouldContain(n => n.Code == "series.cannot_finish");
    }

    [Fact]
    public void An_invalid_dose_says_by_how_many_days_and_what_would_have_made_it_valid()
    {
        var notes = Rules(Dose(1, min: "2 months"), Dose(2, min: "4 months", from: "28 days")).Ask(Child(("2020-03-31", "a"), ("2020-04-20", "a")),
            "2020-05-01", explain: true).Series[0].Notes;
        notes.ShouldContain(n => n.Code == "dose.too_young" && n.Dose == 1 && n.Days == 41 && n.Date == Day("2020-05-31") && n.Clause!.Id == "A-2");
        notes.ShouldContain(n => n.Code == "dose.too_soon" && n.Dose == 1 && n.Days == 8 && n.Date == Day("2020-04-28") && n.Other == 0);
        notes.ShouldContain(n => n.Code == "dose.would_count_from" && n.Dose == 1 && n.Date == Day("2020-05-31"));
        notes.ShouldNotContain(n => n.Dose == 0 && n.Code != "dose.valid");
    }

    [Fact]
    public void Too_little_volume_is_noted_and_guidance_is_passed_on()
    {
        var rules = Rules(Series("one", Dose(1) with { Preferable = [new("a", Volume: 0.5m)] }, Dose(2)) with { Guidance = ["Ask about fever."] });
        var patient = Child() with { Doses = [new(Day("2021-01-01"), "a", Volume: 0.25m)] };
        var series = rules.Ask(patient, "2021-01-02", explain: true).Series[0];
        series.Doses[0].Status.ShouldBe(DoseStatus.Valid);
        series.Notes.ShouldContain(n => n.Code == "dose.low_volume" && n.Subject == "0.5");
        series.Guidance.ShouldBe(["Ask about fever."]);
        rules.Ask(patient, "2021-01-02").Series[0].Guidance.ShouldBeEmpty();
    }

    [Fact]
    public void Notes_are_made_only_when_they_are_asked_for() => Rules(Dose(1)).Ask(Child(), "2021-01-01").Series[0].Notes.ShouldBeEmpty();

    [Fact]
    public void Evidence_of_immunity_ends_the_need_unless_an_exclusion_stands_against_a_birth_date()
    {
        RuleSet With(Immunity immunity)
        {
            var rules = Rules(Dose(1));
            return rules with { Antigens = [rules.Antigens[0] with { Immunity = immunity }, rules.Antigens[1]] };
        }

        With(new Immunity(["o"], [])).Ask(Child().With(new ObservationMade("o")), "2021-01-01").Status.ShouldBe(SeriesStatus.Immune);
        With(new Immunity(["o"], [])).Ask(Child(), "2021-01-01").Status.ShouldBe(SeriesStatus.NotComplete);
        var birth = With(new Immunity([], [new BirthImmunity(Day("2020-02-01"), "CN", ["p"])]));
        birth.Ask(Child() with { BirthCountry = "cn" }, "2021-01-01").Status.ShouldBe(SeriesStatus.Immune);
        birth.Ask(Child(), "2021-01-01").Status.ShouldBe(SeriesStatus.NotComplete);
        // Who is immune by an observation is not told that the birth date proved it, where it does not.
        var both = With(new Immunity(["o"], [new BirthImmunity(Day("2020-02-01"), "CN", ["p"])]));
        both.Ask(Child().With(new ObservationMade("o")), "2021-01-01", explain: true).Series[0].Notes.Select(n => n.Code).ShouldBe(["series.immune"]);
        (birth.Ask(Child().With(new ObservationMade("p")) with { BirthCountry = "CN" }, "2021-01-01").Status).ShouldBe(SeriesStatus.NotComplete);
    }

    [Fact]
    public void A_contraindication_stops_the_series_at_its_ages_and_while_it_is_active()
    {
        RuleSet With(ContraindicationEffect effect)
        {
            var rules = Rules(Dose(1));
            return rules with
            {
                Antigens = [rules.Antigens[0] with { Contraindications = [new("o", P("1 year"), P("2 years"), effect)] }, rules.Antigens[1]]
            };
        }

        var always = Child().With(new ObservationMade("o"));
        With(ContraindicationEffect.Prohibit).Ask(always, "2021-01-30").Status.ShouldBe(SeriesStatus.NotComplete);
        With(ContraindicationEffect.Prohibit).Ask(always, "2021-01-31").Status.ShouldBe(SeriesStatus.Contraindicated);
        With(ContraindicationEffect.Prohibit).Ask(always, "2022-01-31").Status.ShouldBe(SeriesStatus.NotComplete);
        var over = Child().With(new ObservationMade("o", Day("2021-02-01"), Day("2021-02-10")));
        With(ContraindicationEffect.Prohibit).Ask(over, "2021-02-10").Status.ShouldBe(SeriesStatus.Contraindicated);
        With(ContraindicationEffect.Prohibit).Ask(over, "2021-02-11").Status.ShouldBe(SeriesStatus.NotComplete);
        With(ContraindicationEffect.Defer).Ask(always, "2021-02-01", explain: true).Series[0].Notes.ShouldContain(n => n.Code == "series.deferred");
        var asked = With(ContraindicationEffect.Evaluate).Ask(always, "2021-02-01", explain: true);
        asked.Status.ShouldBe(SeriesStatus.NotComplete);
        asked.Series[0].Notes.ShouldContain(n => n.Code == "notice.evaluate" && n.Subject == "o");
    }

    [Fact]
    public void A_contraindicated_vaccine_stops_a_series_only_when_no_other_vaccine_is_left()
    {
        var rules = Rules(Dose(1) with { Preferable = [new("a", ForecastVaccine: true), new("b", ForecastVaccine: true)] }, Dose(2));
        RuleSet With(params string[] codes) =>
            rules with
            {
                Antigens = [rules.Antigens[0] with { VaccineContraindications = [new("o", [.. codes.Select(c => new ContraindicatedVaccine(c))])] },
                    rules.Antigens[1]]
            };
        var patient = Child().With(new ObservationMade("o"));
        With("a").Ask(patient, "2021-01-01").Series[0].RecommendedVaccines.ShouldBe(["b"]);
        With("a", "b").Ask(patient, "2021-01-01").Status.ShouldBe(SeriesStatus.Contraindicated);
        // Dose 2 takes vaccine a alone: the whole series still has b, the next dose has not.
        var done = Child(("2021-01-01", "a")).With(new ObservationMade("o"));
        With("a").Ask(done, "2021-06-01").Status.ShouldBe(SeriesStatus.NotComplete);
        (With("a") with { Reading = new Reading(ContraindicateByDose: true) }).Ask(done, "2021-06-01").Status.ShouldBe(SeriesStatus.Contraindicated);
    }

    [Fact]
    public void A_season_begins_ends_and_counts_its_own_doses()
    {
        var rules = Rules(Dose(1) with { Recurring = true, Season = new(Day("2021-09-01"), Day("2022-03-31")) });
        rules.Ask(Child(("2020-10-01", "a")), "2021-06-01").Earliest.ShouldBe(Day("2021-09-01"));
        rules.Ask(Child(("2020-10-01", "a")), "2021-06-01").DoseNumber.ShouldBe(1);
        rules.Ask(Child(("2021-10-01", "a")), "2021-11-01").DoseNumber.ShouldBe(2);
        rules.Ask(Child(), "2022-04-01").Status.ShouldBe(SeriesStatus.NotRecommended);
    }

    [Fact]
    public void A_risk_series_is_for_those_to_whom_an_indication_applies()
    {
        var rules = Rules(Series("risk", Dose(1)) with
        {
            Type = SeriesType.Risk,
            IsDefault = false,
            Indications = [new(["o", "p"], P("2 years"), P("5 years"))]
        });
        GroupAnswer? Ask(string on, params string[] observations) =>
            new Forecaster(rules).Forecast(Child().With([.. observations.Select(o => new ObservationMade(o))]), Day(on)).For("A");
        Ask("2022-01-31", "o", "p").ShouldNotBeNull().Series[0].Series.Name.ShouldBe("risk");
        Ask("2022-01-31", "o").ShouldBeNull();
        Ask("2025-01-31", "o", "p").ShouldBeNull();
        // Not yet, but it will apply: the answer is there, for later.
        Ask("2021-01-31", "o", "p").ShouldNotBeNull();
    }

    [Fact]
    public void Sex_and_birth_cohort_decide_who_a_series_is_for()
    {
        var rules = Rules(Series("girls", Dose(1)) with { Sexes = [Sex.Female], Born = new(Day("2020-01-31"), null) });
        new Forecaster(rules).Forecast(Child(), Day("2021-01-01")).For("A").ShouldNotBeNull();
        new Forecaster(rules).Forecast(Child() with { Sex = Sex.Male }, Day("2021-01-01")).For("A").ShouldBeNull();
        new Forecaster(rules).Forecast(Child() with { Born = Day("2020-01-30") }, Day("2021-01-01")).For("A").ShouldBeNull();
    }

    [Fact]
    public void Doses_after_the_day_that_is_asked_about_have_not_happened() =>
        Rules(Dose(1)).Ask(Child(("2021-01-01", "a")), "2020-12-31").Status.ShouldBe(SeriesStatus.NotComplete);
}
