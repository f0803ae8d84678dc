using Legwork.Platform.Shell;
using Legwork.Schedules;

namespace Legwork.Immunization.Pages;

/// <summary>One dose of a course beside the schedule: given on a day, due from a day, or to come at an age.</summary>
/// <param name="On">The day given or due; null for what is still to come.</param>
internal sealed record Slot(int Dose, Tone Tone, DateOnly? On, Period Age);

/// <summary>A programme's doses against its schedule.</summary>
internal static class Slots
{
    public static IReadOnlyList<Slot> Of(RecordView view, ProgrammeStanding one)
    {
        if (one.Answer is null) return [];
        var course = one.Programme.Courses.First(course => course.Id == one.Answer.Series.Name);
        var slots = one.Answer.Doses.Where(dose => dose.Status == DoseStatus.Valid)
            .Select(dose => new Slot(course.Rows[dose.TargetDose - 1].Dose, Tone.Good, view.Doses[dose.Dose].Dose.On, default)).ToList();
        if (one.Next is not { Row: var next }) return slots;
        slots.Add(new Slot(next.Dose, Wording.ToneOf(one.State), one.Answer.Earliest, next.Age));
        // Rows for catching up start at a lower number again: what comes after them depends on what is given.
        var at = course.Rows.ToList().IndexOf(next);
        if (course.Rows.Take(at).Any(row => row.Dose > next.Dose)) return slots;
        slots.AddRange(course.Rows.Where(row => row.Dose > next.Dose).DistinctBy(row => row.Dose)
            .Select(row => new Slot(row.Dose, Tone.Plain, null, row.Age)));
        return slots;
    }
}
