using Legwork.Schedules;
using Legwork.Schedules.National;

namespace Legwork.Immunization;

/// <summary>What stands against a dose before it is written down: it is said, and nobody is kept from what a doctor decided.</summary>
/// <param name="View">The page as it would stand with the dose.</param>
/// <param name="Dose">The dose as the schedule would take it.</param>
/// <param name="Against">The programmes that would not count it.</param>
/// <param name="States">States of health that speak against the vaccine on that day, or want a doctor's word first.</param>
internal sealed record DoseWeighed(RecordView View, DoseStanding Dose,
    IReadOnlyList<(Programme Programme, SeriesAnswer Answer, DoseAnswer Verdict)> Against,
    IReadOnlyList<(HealthState State, ContraindicationEffect Effect)> States)
{
    /// <summary>A dose that does not count and lies less than four weeks back. The rules count intervals from doses that count only; whether one
    /// from this dose is to be kept awaits confirmation (docs/how-to/rules.md), so the desk says it and a doctor decides.</summary>
    public DoseRow? AfterUncounted { get; init; }

    public bool Passes => Against.Count == 0 && States.Count == 0 && AfterUncounted is null;
}

internal static class WeighDose
{
    private const int DaysApart = 28;

    /// <param name="told">With a day that is possible and a vaccine of the rules.</param>
    /// <param name="instead">The dose that it takes the place of; null when it comes to the others.</param>
    public static DoseWeighed Of(RecordView view, DoseTold told, long? instead)
    {
        var with = ShowRecord.With(view, told, instead);
        var dose = with.Doses[^1];
        // Where the day of birth is not known an age may be reached from the first possible one on: better one warning too many.
        var born = ShowRecord.FirstDay(view.Person);
        return new DoseWeighed(with, dose,
            [.. dose.Said.Where(said => said.Verdict.Status is DoseStatus.NotValid or DoseStatus.Extraneous)],
            [.. from row in view.States
                where row.HoldsOn(told.On!.Value)
                let state = view.Rules.Book.State(row.Told.Observation)
                where state is not null
                from effect in state.Effects
                where effect.Vaccines.Contains(told.Vaccine) && (effect.From is not { } age || told.On >= age.After(born))
                select (state, effect.Effect)])
        {
            AfterUncounted = with.Doses.SkipLast(1).Where(before => told.On!.Value.DayNumber - before.Dose.On.DayNumber is >= 0 and < DaysApart
                && before.Said.Any(said => said.Verdict.Status == DoseStatus.NotValid
                    && dose.Said.Any(also => also.Programme.Id == said.Programme.Id && also.Verdict.Status == DoseStatus.Valid)))
                .Select(before => before.Dose).LastOrDefault(),
        };
    }
}
