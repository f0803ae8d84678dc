using Legwork.Platform.Shell;
using Legwork.Schedules;
using Legwork.Schedules.National;

namespace Legwork.Immunization.Pages;

/// <summary>What clauses, lengths of time and reasons read like in the language of the page.</summary>
internal sealed class Wording(T t)
{
    private const int MonthsOfYear = 12;

    public string In(LocalText text) => text.In(t.Language.Tag);

    public string Vaccine(NationalBook book, string code) => book.Vaccine(code) is { } vaccine ? In(vaccine.Name) : code;

    public string State(NationalBook book, string observation) => book.State(observation) is { } state ? In(state.Name) : observation;

    /// <summary>"Hepatitis B, dose 2" of a clause of the rules; the clause itself where the rules name none such.</summary>
    public string Row(NationalBook book, string clause) =>
        book.Row(clause) is { } row ? t["immunization.dose_of", In(row.Programme.Name), row.Row.Dose] : clause;

    /// <summary>An age: years where it is whole years from two on, as the schedule writes them.</summary>
    public string Age(Period age) => age == default ? t["immunization.length.birth"]
        : age.Days != 0 ? Length(age)
        : age.Months >= 3 * MonthsOfYear && age.Months % MonthsOfYear == 0
            ? t["immunization.length.years", age.Months / MonthsOfYear] : t["immunization.length.months", age.Months];

    public string Length(Period length) => length.Months == 0 ? t["immunization.length.days", length.Days]
        : length.Months % MonthsOfYear == 0 && length.Months > MonthsOfYear
            ? t["immunization.length.gap_years", length.Months / MonthsOfYear] : t["immunization.length.gap_months", length.Months];

    public string Interval(RowInterval interval) => interval.AtMost is { } most
        ? t["immunization.set.between", Length(interval.AtLeast), Length(most), interval.FromDose]
        : t["immunization.set.interval", Length(interval.AtLeast), interval.FromDose];

    public string StateOf(ProgrammeStanding one) =>
        one.Answer is null ? t["immunization.standing.not_for"] : t[$"immunization.standing.{one.State.ToString().ToLowerInvariant()}"];

    /// <summary>"The usual course: complete" of a course that answers beside the one that stands; from which day where a dose is due.</summary>
    public string Also(ProgrammeStanding other)
    {
        var course = other.Programme.Courses.First(course => course.Id == other.Answer!.Series.Name).Name is { } name ? In(name)
            : t["immunization.course.usual"];
        return other.Next is not null && other.Answer!.Earliest is { } from ? t["immunization.also.from", course, StateOf(other), from]
            : t["immunization.also", course, StateOf(other)];
    }

    /// <summary>What became of a dose in one programme, in a few words.</summary>
    public string Verdict(RecordView view, SeriesAnswer series, DoseAnswer verdict) => verdict.Status switch
    {
        DoseStatus.Valid => t["immunization.counts", Row(view.Rules.Book, series.Series.Doses[verdict.TargetDose - 1].Clause!.Id)],
        DoseStatus.Extraneous when verdict.Reason == DoseReason.SeriesComplete => t["immunization.extra"],
        _ => t["immunization.not_counted"],
    };

    public static Tone ToneOf(DueState state) => state switch
    {
        DueState.Overdue => Tone.Danger,
        DueState.Due => Tone.Warn,
        DueState.Upcoming => Tone.Info,
        DueState.Complete => Tone.Good,
        DueState.Barred => Tone.Danger,
        _ => Tone.Plain,
    };

    /// <summary>The reasons about the forecast (<paramref name="dose"/> below 0) or about one dose, each a sentence with its clause.</summary>
    public IEnumerable<(string Sentence, string Clause, Standing? Standing)> Reasons(RecordView view, SeriesAnswer series, int dose)
    {
        var book = view.Rules.Book;
        // An upper age is the course's own clause, whichever row it stopped.
        var ends = book.Programmes.SelectMany(programme => programme.Courses).First(course => course.Id == series.Series.Name).Ends.Id;
        foreach (var note in series.Notes)
            if (note.Dose == dose && t.Has($"immunization.why.{note.Code}") && Matters(note, dose)
                && (note.Code is "latest.max_age" or "series.aged_out" or "series.cannot_finish" or "dose.too_old"
                    ? ends : note.Clause?.Id ?? "") is var clause)
                yield return (Sentence(view, series, note), clause, book.StandingOf(clause));
    }

    private static bool Matters(Note note, int dose) => note.Code != "target.skipped" || dose < 0 && note.Subject == "until";

    private string Sentence(RecordView view, SeriesAnswer series, Note note)
    {
        var book = view.Rules.Book;
        var row = note.Target > 0 && series.Series.Doses[note.Target - 1].Clause is { } clause ? Row(book, clause.Id) : "";
        var age = note.Code is "dose.too_young" or "dose.too_old" or "earliest.min_age" or "past_due.age" or "latest.max_age"
            or "series.aged_out" or "series.cannot_finish";
        var length = note.Period is { } period ? age ? Age(period) : Length(period) : "";
        var other = note.Other >= 0 && view.Doses[note.Other].Dose is var from
            ? t["immunization.other_dose", from.On, Vaccine(book, from.Vaccine)] : "";
        var vaccines = string.Join(" / ", note.Subject.Split(' ').Select(code => Vaccine(book, code)));
        return t[$"immunization.why.{note.Code}", row, length, note.Date ?? default, note.Days, other, State(book, note.Subject), vaccines];
    }
}
