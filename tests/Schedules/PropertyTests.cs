using FsCheck;
using FsCheck.Fluent;
using Legwork.Schedules.National;
using Legwork.Schedules.Population;

namespace Legwork.Schedules.Tests;

/// <summary>What must hold for every history, whatever the rules.</summary>
public class PropertyTests
{
    private static readonly DateOnly Until = new(2026, 6, 30);
    private static readonly Lazy<Forecaster> National = new(
        () => new Forecaster(NationalRules.Load(Path.Combine(Repository.Root, "rules", "immunization", "cn-2026"))));

    /// <summary>Half of the histories follow the schedule more or less, half are doses at random days.</summary>
    private static Gen<Patient> Histories(RuleSet rules) =>
        from seed in Gen.Choose(0, int.MaxValue)
        from wild in Gen.Choose(0, 1)
        from days in Gen.Choose(0, 4000).ListOf(8)
        from picks in Gen.Choose(0, rules.Vaccines.Count - 1).ListOf(8)
        from seen in Gen.Choose(0, Math.Max(0, rules.Observations.Count * 3)).ListOf(2)
        let near = new InventedPatients(rules, seed).Next(Until)
        let doses = wild == 0
            ? near.Doses : [.. days.Zip(picks).Select(d => new DoseGiven(near.Born.AddDays(d.First), rules.Vaccines[d.Second].Code))]
        select near with
        {
            Doses = doses,
            Observations = [.. seen.Where(o => o < rules.Observations.Count).Select(o => new ObservationMade(rules.Observations[o].Code))]
        };

    // One seed for every run; a group told by several series groups may name a series more than once.
    private static void Hold(Forecaster forecaster, Func<Patient, bool> property, int times = 300) =>
        Prop.ForAll(Histories(forecaster.RuleSet).ToArbitrary(), property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(5712429873088932095UL, 12606480067921742001UL));

    private static void OrderNeverMatters(Forecaster forecaster) => Hold(forecaster, patient =>
    {
        var turned = patient with { Doses = [.. patient.Doses.Reverse()], Observations = [.. patient.Observations.Reverse()] };
        var (one, other) = (forecaster.Forecast(patient, Until), forecaster.Forecast(turned, Until));
        return one.Groups.Select(Facts).SequenceEqual(other.Groups.Select(Facts))
            && Statuses(forecaster, patient, one).SequenceEqual(Statuses(forecaster, turned, other).Reverse());
    });

    /// <summary>Two doses of one vaccine and day are the same dose told twice: which of them is the first has no meaning.</summary>
    private static IEnumerable<string> Statuses(Forecaster forecaster, Patient patient, PatientForecast forecast) => patient.Doses.Select((dose, i) =>
        patient.Doses.Count(d => d.On == dose.On && d.Vaccine == dose.Vaccine) > 1 ? "twice"
        : string.Join(' ', forecaster.RuleSet.Groups.Select(g => forecast.Dose(g.Code, i) with { Dose = 0 })));

    private static string Facts(GroupAnswer answer) =>
        $"{answer.Group.Code} {answer.SeriesGroup} {answer.Status} {answer.DoseNumber} {answer.Earliest} {answer.Recommended} {answer.PastDue} "
            + $"{answer.Latest} {string.Join('+', answer.Series.Select(s => s.Series.Name))}";

    private static void AValidDoseStaysValid(Forecaster forecaster) => Hold(forecaster, patient =>
    {
        var later = forecaster.Forecast(patient, Until).Groups.SelectMany(g => g.Series).DistinctBy(s => (s.Antigen, s.Series.Name))
            .ToDictionary(s => (s.Antigen, s.Series.Name));
        for (var on = Until.AddYears(-6); on < Until; on = on.AddDays(211))
            foreach (var before in forecaster.Forecast(patient, on).Groups.SelectMany(g => g.Series))
                if (later.TryGetValue((before.Antigen, before.Series.Name), out var after))
                    foreach (var dose in before.Doses.Where(d => d.Status == DoseStatus.Valid))
                        if (after.Doses.First(d => d.Dose == dose.Dose).Status != DoseStatus.Valid) return false;
        return true;
    }, times: 120);

    private static void DatesAreInOrder(Forecaster forecaster) => Hold(forecaster, patient =>
    {
        foreach (var on in (DateOnly[])[patient.Born, patient.Born.AddDays(200), Until])
            foreach (var answer in forecaster.Forecast(patient, on, explain: true).Groups)
            {
                if ((answer.Status == SeriesStatus.NotComplete) != (answer.DoseNumber > 0) || (answer.DoseNumber > 0) != answer.Earliest.HasValue)
                    return false;
                if (answer.Earliest < patient.Born || answer.Recommended < answer.Earliest || answer.PastDue < answer.Earliest
                    || answer.Latest < answer.Earliest) return false;
                // Every dose and every date of every series says why.
                foreach (var series in answer.Series)
                    if (series.Doses.Any(d => series.Notes.All(n => n.Dose != d.Dose))
                        || series.DoseNumber > 0 && !series.Notes.Any(n => n.Code.StartsWith("earliest.", StringComparison.Ordinal)))
                        return false;
            }
        return true;
    });

    [Fact]
    public void The_order_of_input_never_matters_by_national_rules() => OrderNeverMatters(National.Value);

    [Fact]
    public void The_order_of_input_never_matters_by_CDC_rules() => OrderNeverMatters(SampleData.Cdsi);

    [Fact]
    public void Within_one_series_a_later_day_never_makes_a_valid_dose_invalid_by_national_rules() => AValidDoseStaysValid(National.Value);

    [Fact]
    public void Within_one_series_a_later_day_never_makes_a_valid_dose_invalid_by_CDC_rules() => AValidDoseStaysValid(SampleData.Cdsi);

    [Fact]
    public void Nothing_is_due_before_birth_and_every_date_has_a_reason_by_national_rules() => DatesAreInOrder(National.Value);

    [Fact]
    public void Nothing_is_due_before_birth_and_every_date_has_a_reason_by_CDC_rules() => DatesAreInOrder(SampleData.Cdsi);

    [Fact]
    public void A_workspace_remembers_nothing_of_the_patient_before()
    {
        var people = new InventedPatients(National.Value.RuleSet, 3);
        var some = Enumerable.Range(0, 200).Select(_ => people.Next(Until)).ToList();
        var once = some.Select(p => string.Join('|', new Forecaster(National.Value.RuleSet).Forecast(p, Until).Groups.Select(Facts))).ToList();
        some.Select(p => string.Join('|', National.Value.Forecast(p, Until).Groups.Select(Facts))).ShouldBe(once);
    }
}
