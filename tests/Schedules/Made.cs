namespace Legwork.Schedules.Tests;

/// <summary>Small rule sets made by hand, so that each verb of the specification is tested alone and without CDC's data.</summary>
internal static class Made
{
    public static readonly DateOnly Born = new(2020, 1, 31);

    public static Period? P(string text) => text.Length == 0 ? null : Period.Parse(text);

    /// <summary>One antigen "A" with the vaccines a, b (also of A) and x (of another antigen, X).</summary>
    public static RuleSet Rules(params Series[] series) => new()
    {
        Id = "made",
        Vaccines = [new("a", "", [new("A")]), new("b", "", [new("A")]), new("x", "", [new("X")]), new("ig", "", [])],
        Antigens = [new AntigenRules { Antigen = "A", Series = series },
            new AntigenRules { Antigen = "X", Series = [Series("X1", Dose(1, vaccine: "x")) with { VaccineGroup = "X" }] }],
        Groups = [new("A", "A", ["A"]), new("X", "X", ["X"])],
        Observations = [new("o", "something"), new("p", "something else")],
    };

    public static RuleSet Rules(params SeriesDose[] doses) => Rules(Series("one", doses));

    public static Series Series(string name, params SeriesDose[] doses) => new() { Name = name, VaccineGroup = "A", Doses = doses, IsDefault = true };

    public static SeriesDose Dose(int number, string min = "", string grace = "", string from = "", string recommended = "", string latest = "",
        string max = "", string vaccine = "a") => new()
        {
            Number = number,
            Ages = min + recommended + latest + max == ""
            ? [] : [new AgeRule(P(grace.Length > 0 ? $"{min} - {grace}" : min), P(min), P(recommended), P(latest), P(max))],
            Intervals = from.Length == 0 ? [] : [new Interval { AbsoluteMin = P(from), Min = P(from) }],
            Preferable = [new(vaccine)],
            Clause = new Clause($"A-{number}"),
        };

    public static Patient Child(params (string On, string Vaccine)[] doses) =>
        new(Born, Sex.Female, [.. doses.Select(d => new DoseGiven(Day(d.On), d.Vaccine))], []);

    public static Patient With(this Patient patient, params ObservationMade[] observations) => patient with { Observations = observations };

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    public static GroupAnswer Ask(this RuleSet rules, Patient patient, string on, bool explain = false) =>
        new Forecaster(rules).Forecast(patient, Day(on), explain).For("A")!;

    /// <summary>"valid, not_valid …" of the group's doses in the order of the patient's list.</summary>
    public static string Said(this RuleSet rules, Patient patient, string on = "2030-01-01")
    {
        var forecast = new Forecaster(rules).Forecast(patient, Day(on));
        return string.Join(", ", patient.Doses.Select((_, i) => forecast.Dose("A", i))
            .Select(d => d.Reason == DoseReason.None ? $"{d.Status}" : $"{d.Status}: {d.Reason}"));
    }
}
