using System.Globalization;

namespace Legwork.Schedules.Conformance;

/// <summary>What the engine answered to one case, in the words of the case files, and where that differs from what is expected.</summary>
/// <param name="Unknown">Vaccines and observations of the case that the supporting data do not know, such as <c>vaccine 998</c>.</param>
internal sealed record CaseAnswer(ConformanceCase Case, string Group, string SeriesStatus, int? ForecastNumber,
    string Earliest, string Recommended, string PastDue, IReadOnlyList<DoseSaid> Doses, string Series,
    IReadOnlyList<Miss> Misses, IReadOnlyList<string> Unknown)
{
    public bool Right => Misses.Count == 0;
}

internal readonly record struct DoseSaid(string Status, string Reason);

internal readonly record struct Miss(string Field, string Expected, string Got);

/// <summary>Runs cases through the engine and compares field by field.</summary>
internal static class ConformanceRun
{
    /// <summary>The fields that are counted.</summary>
    public static readonly IReadOnlyList<string> Fields = ["seriesStatus", "forecastNumber", "earliest", "recommended", "pastDue", "doses"];

    /// <summary>Vaccine groups as the case files write them, where that is not the group's name in the supporting data.</summary>
    private static readonly Dictionary<string, string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DTAP"] = "DTaP/Tdap/Td",
        ["Tdap"] = "DTaP/Tdap/Td",
        ["Td"] = "DTaP/Tdap/Td",
        ["POL"] = "Polio",
        ["IPOL"] = "Polio",
        ["IPV"] = "Polio",
        ["PCV"] = "Pneumococcal",
        ["PPSV"] = "Pneumococcal",
        ["MCV"] = "Meningococcal",
        ["MenACWY"] = "Meningococcal",
        ["MENB"] = "Meningococcal B",
        ["FLU"] = "Influenza",
        ["VAR"] = "Varicella",
        ["ROTA"] = "Rotavirus",
        ["JE"] = "Japanese Encephalitis",
        ["YF"] = "Yellow Fever",
        ["COVID"] = "COVID-19",
        ["ZOS"] = "Zoster",
        ["RAB"] = "Rabies",
    };

    public static List<CaseAnswer> Run(Forecaster forecaster, IReadOnlyList<ConformanceCase> cases) =>
        [.. cases.Select(one => Answer(forecaster, one))];

    private static CaseAnswer Answer(Forecaster forecaster, ConformanceCase one)
    {
        var label = Labels.GetValueOrDefault(one.GroupLabel, one.GroupLabel);
        var code = forecaster.RuleSet.Groups.FirstOrDefault(g => g.Code.Equals(label, StringComparison.OrdinalIgnoreCase))?.Code ?? label;
        var forecast = forecaster.Forecast(one.Patient, one.Assessed);
        var group = forecast.For(code);
        var doses = one.Doses.Select((_, i) => Said(forecast.Dose(code, i), one.Expected.Healthy)).ToList();
        var answer = new CaseAnswer(one, code, StatusWord(group?.Status, one.Expected.Healthy),
            forecast.DoseNumber(code) is > 0 and var number ? number : null, Iso(group?.Earliest),
            Iso(group?.Recommended), Iso(group?.PastDue), doses, group is null ? "" : string.Join(" + ", group.Series.Select(s => s.Series.Name)), [],
            [.. forecast.UnknownVaccines.Select(unknown => $"vaccine {unknown}"),
                .. forecast.UnknownObservations.Select(unknown => $"observation {unknown}")]);
        return answer with { Misses = Compare(answer) };
    }

    private static DoseSaid Said(DoseAnswer answer, bool healthy) => new(answer.Status switch
    {
        DoseStatus.Valid => "Valid",
        DoseStatus.NotValid => "Not Valid",
        DoseStatus.Extraneous => "Extraneous",
        DoseStatus.Substandard => "Sub-standard",
        _ => "",
    }, ReasonWord(answer, healthy));

    /// <summary>Reasons in the words of the case files.</summary>
    private static string ReasonWord(DoseAnswer answer, bool healthy) => answer.Reason switch
    {
        DoseReason.Inadvertent => "Inadvertent Vaccine",
        DoseReason.TooYoung => "Age: Too Young",
        DoseReason.TooOld => "Age: Too Old",
        DoseReason.TooSoon => healthy ? "Interval: too Soon" : "Interval too soon",
        DoseReason.TooLate => "Interval: too Late",
        DoseReason.Conflict => "Live Virus Conflict",
        DoseReason.WrongVaccine or DoseReason.WrongVaccineAge or DoseReason.WrongProduct => "Not a preferable or allowable vaccine",
        DoseReason.SeriesComplete => "Series Already Complete",
        DoseReason.Expired => "Lot expired",
        DoseReason.Condition => "Dose condition",
        _ => "",
    };

    private static string StatusWord(SeriesStatus? status, bool healthy) => status switch
    {
        SeriesStatus.NotComplete => healthy ? "Not complete" : "Not Complete",
        SeriesStatus.Complete => "Complete",
        SeriesStatus.Immune => "Immune",
        SeriesStatus.Contraindicated => "Contraindicated",
        SeriesStatus.AgedOut => healthy ? "Aged out" : "Aged Out",
        SeriesStatus.NotRecommended => healthy ? "Not recommended" : "Not Recommended",
        _ => "",
    };

    private static List<Miss> Compare(CaseAnswer answer)
    {
        var misses = new List<Miss>();
        if (answer.Case.Expected is not { Given: true } expected) return misses;
        Check("seriesStatus", expected.SeriesStatus, answer.SeriesStatus);
        Check("forecastNumber", expected.ForecastNumber, answer.ForecastNumber?.ToString(CultureInfo.InvariantCulture) ?? "");
        Check("earliest", expected.Earliest, answer.Earliest);
        Check("recommended", expected.Recommended, answer.Recommended);
        Check("pastDue", expected.PastDue, answer.PastDue);
        var (asked, said) = (Statuses(answer.Case.Doses.Select(d => d.Status)),
            Statuses(answer.Doses.Select((d, i) => answer.Case.Doses[i].Status.Length == 0 ? "" : d.Status)));
        Check("doses", asked, said);
        return misses;

        void Check(string field, string wanted, string got)
        {
            if (!wanted.Equals(got, StringComparison.OrdinalIgnoreCase)) misses.Add(new Miss(field, wanted, got));
        }
    }

    private static string Statuses(IEnumerable<string> doses) => string.Join(", ", doses);

    private static string Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
