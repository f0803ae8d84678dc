namespace Legwork.Schedules.National;

/// <summary>What the engine answers for one programme, in the words in which worked cases are written.</summary>
public static class NationalAnswer
{
    /// <summary>The series that stands: the one for a state of health before the usual one; null when the programme is not for this person.</summary>
    public static SeriesAnswer? Of(PatientForecast forecast, string programme)
    {
        GroupAnswer? chosen = null;
        foreach (var group in forecast.Groups)
            if (group.Group.Code == programme && (chosen is null || group.Type == SeriesType.Risk)) chosen = group;
        return chosen?.Series[0];
    }

    /// <summary>What else the programme answers: the usual course that was completed before a state of health asked for another, say.</summary>
    public static IEnumerable<SeriesAnswer> Others(PatientForecast forecast, string programme) => Of(forecast, programme) is { } stands
        ? forecast.Groups.Where(group => group.Group.Code == programme).Select(group => group.Series[0]).Where(series => series != stands) : [];

    public static string Verdict(SeriesAnswer? series, int dose)
    {
        if (series is null || series.Doses.All(one => one.Dose != dose)) return "no dose of this";
        var answer = series.Doses.First(one => one.Dose == dose);
        var row = answer.TargetDose > 0 ? series.Series.Doses[answer.TargetDose - 1].Clause?.Id : "";
        return answer.Status == DoseStatus.Valid ? $"counts as {row}" : answer.Reason switch
        {
            DoseReason.TooYoung => $"too young for {row}",
            DoseReason.TooSoon => $"too soon for {row}",
            DoseReason.Conflict => $"live too close for {row}",
            DoseReason.WrongVaccine or DoseReason.WrongVaccineAge => $"wrong vaccine for {row}",
            DoseReason.TooOld => $"too old for {row}",
            DoseReason.SeriesComplete => "one too many",
            _ => $"{answer.Reason} for {row}",
        };
    }

    /// <summary>"HepB-2, dose 2, from 2025-04-10, complete by 2025-05-10", or the word for where the person stands.</summary>
    public static string Next(NationalBook book, SeriesAnswer? series) => series?.Status switch
    {
        null => "not for this person",
        SeriesStatus.Complete => "complete",
        SeriesStatus.AgedOut => "aged out",
        SeriesStatus.Contraindicated => "contraindicated",
        SeriesStatus.NotComplete => $"{series.Clause!.Id}, dose {book.Row(series.Clause.Id)!.Value.Row.Dose}, from {series.Earliest:yyyy-MM-dd}"
            + (series.PastDue is { } late ? $", complete by {late:yyyy-MM-dd}" : ""),
        var other => other.ToString()!,
    };
}
