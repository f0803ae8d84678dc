using Legwork.Schedules.National;

namespace Legwork.Schedules.Tests;

/// <summary>What no published case asks: each argued from the text of the specification and the rows of the data.</summary>
public class FollowTests
{
    private static readonly string[] Ages = ["0 days", "2 months", "5 months", "9 months", "14 months", "3 years", "6 years", "8 years", "12 years",
        "17 years", "25 years", "40 years", "55 years", "70 years"];
    private static readonly DateOnly From = new(2026, 1, 15);

    /// <summary>Whoever comes on the recommended day and is given a vaccine that the dose prefers has a dose that counts, and comes
    /// to an end or to a booster.</summary>
    private static IEnumerable<string> Refused(Forecaster forecaster, VaccineGroup group, Patient patient)
    {
        for (var (on, round) = (From, 0); round < 8; round++)
        {
            var answer = forecaster.Forecast(patient, on).For(group.Code);
            if (answer?.Recommended is not { } recommended) yield break;
            on = recommended > on ? recommended : on;
            var open = answer.Series.Where(s => s.DoseNumber > 0).Select(s => s.Series.Doses[s.TargetDose - 1].Preferable
                .Where(p => (p.BeginAge is not { } begin || on >= begin.After(patient.Born))
                    && (p.EndAge is not { } end || on < end.After(patient.Born))).ToList()).ToList();
            var vaccine = open[0].FirstOrDefault(p => open.All(o => o.Any(other => other.Vaccine == p.Vaccine)));
            // Nothing that the next dose prefers is made for this age: a pregnant infant, the first series of those who never began.
            if (vaccine is null) yield break;
            patient = patient with { Doses = [.. patient.Doses, new DoseGiven(on, vaccine.Vaccine, vaccine.Maker, vaccine.TradeName)] };
            var given = forecaster.Forecast(patient, on).Dose(group.Code, patient.Doses.Count - 1);
            if (given.Status != DoseStatus.Valid)
                yield return $"{group.Code}, born {patient.Born:O}, {string.Join(' ', patient.Observations.Select(o => o.Code))}: {vaccine.Vaccine} "
                    + $"on {on:O} by {answer.Series[0].Series.Name}, dose {answer.Series[0].TargetDose}, is {given.Status} {given.Reason}";
        }
    }

    private static List<string> Walk(Forecaster forecaster)
    {
        var refused = new List<string>();
        foreach (var group in forecaster.RuleSet.Groups)
        {
            var seen = forecaster.RuleSet.Antigens.SelectMany(a => a.Series).Where(s => s.VaccineGroup == group.Code).SelectMany(s => s.Indications)
                .SelectMany(i => i.Observations).Distinct().Prepend("").ToList();
            foreach (var observation in seen)
                foreach (var age in Ages.Select(age => Period.Parse(age)))
                    foreach (var sex in (Sex[])[Sex.Female, Sex.Male])
                    {
                        var born = From.AddMonths(-age.Months).AddDays(-age.Days - 2);
                        refused.AddRange(Refused(forecaster, group,
                            new Patient(born, sex, [], observation.Length == 0 ? [] : [new ObservationMade(observation)])));
                    }
        }
        return refused;
    }

    [Fact]
    public void Who_follows_the_forecast_by_CDC_rules_is_never_given_a_dose_that_does_not_count() => Walk(SampleData.Cdsi).ShouldBeEmpty();

    [Fact]
    public void Who_follows_the_forecast_by_national_rules_is_never_given_a_dose_that_does_not_count() =>
        Walk(new Forecaster(NationalRules.Load(Path.Combine(Repository.Root, "rules", "immunization", "cn-2026")))).ShouldBeEmpty();

    [Fact]
    public void A_rule_that_recommends_what_it_refuses_is_found() =>
        Walk(new Forecaster(Made.Rules(Made.Dose(1),
            Made.Dose(2) with { Intervals = [new Interval { Min = Made.P("10 days"), AbsoluteMin = Made.P("20 days") }] }))).ShouldNotBeEmpty();

    private static Patient Given(string born, params (string On, string Vaccine)[] doses) =>
        new(Made.Day(born), Sex.Female, [.. doses.Select(d => new DoseGiven(Made.Day(d.On), d.Vaccine))], []);

    [Fact]
    public void A_zoster_vaccine_waits_eight_weeks_after_a_varicella_vaccine_though_that_holds_nothing_of_zoster()
    {
        // Zoster 2-dose series, dose 1: from the most recent of CVX 21, 94 and 121, absolute minimum 0 days, minimum 8 weeks.
        SampleData.Cdsi.Forecast(Given("1970-01-01", ("2025-10-01", "94")), Made.Day("2025-10-15"))
            .For("Zoster")!.Earliest.ShouldBe(Made.Day("2025-11-26"));
        SampleData.Cdsi.Forecast(Given("1970-01-01", ("2025-10-01", "94"), ("2025-10-10", "187")), Made.Day("2025-10-15"))
            .Dose("Zoster", 1).Status.ShouldBe(DoseStatus.Valid);
        SampleData.Cdsi.Forecast(Given("1970-01-01"), Made.Day("2025-10-15")).For("Zoster")!.Earliest.ShouldBe(Made.Day("2020-01-01"));
    }

    [Fact]
    public void Td_after_seven_years_makes_doses_of_pertussis_unnecessary_and_Tdap_waits_for_it()
    {
        // Pertussis standard series: dose 8 is skipped after one Td from seven years on, dose 9 after two;
        // dose 10 counts six months from the most recent Td.
        SeriesAnswer Pertussis(params (string, string)[] later) =>
            SampleData.Cdsi.Forecast(Given("2013-01-01", [("2013-06-01", "20"), ("2013-08-01", "20"), .. later]), Made.Day("2025-08-01"))
                .For("DTaP/Tdap/Td")!.Series.Single(s => s.Antigen == "Pertussis");
        Pertussis().TargetDose.ShouldBe(8);
        Pertussis(("2025-06-01", "09")).TargetDose.ShouldBe(9);
        var two = Pertussis(("2025-06-01", "09"), ("2025-07-01", "09"));
        (two.TargetDose, two.Earliest).ShouldBe((10, Made.Day("2026-01-01")));
    }

    [Fact]
    public void Who_is_too_old_for_the_infants_series_has_aged_out_though_a_series_of_old_age_lies_ahead()
    {
        var toddler = SampleData.Cdsi.Forecast(Given("2025-01-01"), Made.Day("2025-10-15"));
        toddler.For("RSV")!.Status.ShouldBe(SeriesStatus.AgedOut);
        toddler.Groups.ShouldContain(g => g.Group.Code == "RSV" && g.Earliest == Made.Day("2100-01-01"));
        SampleData.Cdsi.Forecast(Given("2020-01-01", ("2025-03-01", "216")), Made.Day("2025-10-15"))
            .Dose("Pneumococcal", 0).Reason.ShouldBe(DoseReason.TooOld);
    }
}
