using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>
/// Says why, for one chosen series, by walking it once more with the findings at hand. Only asked-for answers pay for it. The codes are listed in
/// docs/how-to/forecast.md.
/// </summary>
internal static class Explainer
{
    /// <summary>The workspace has the antigen of the run selected.</summary>
    public static IReadOnlyList<Note> Explain(Workspace work, SeriesRun run)
    {
        var notes = new List<Note>(8);
        var target = 0;
        for (var i = 0; i < work.OfAntigenCount; i++)
        {
            var dose = work.Doses[work.OfAntigen[i]];
            var finding = run.Findings[i];
            if (finding.Status == DoseStatus.Substandard)
            {
                notes.Add(new Note(finding.Reason == DoseReason.Expired ? "dose.expired" : "dose.condition", dose.Original));
                continue;
            }
            target = Skipped(work, run, target, dose.Day, i, forecasting: false, notes);
            if (finding.Target == None) notes.Add(new Note("dose.extra", dose.Original));
            else DoseNotes.Add(work, run, i, notes);
            if (finding.Status == DoseStatus.Valid && !run.Rules.Doses[target].Recurring) target++;
        }
        Forecast(work, run, target, notes);
        return notes;
    }

    /// <summary>Notes the target doses that are jumped over from <paramref name="target"/> on; returns the first that is not.</summary>
    private static int Skipped(Workspace work, SeriesRun run, int target, int reference, int before, bool forecasting, List<Note> notes)
    {
        for (; target < run.Rules.Doses.Length; target++)
        {
            if (!SkipEvaluation.CanSkip(work, run, run.Rules.Doses[target], forecasting, reference, before, out var set)) break;
            notes.Add(new Note("target.skipped", Target: target + 1, Date: DateOnly.FromDayNumber(reference), Subject: set!.Source.Text,
                Clause: set.Source.Clause ?? run.Rules.Doses[target].Source.Clause));
        }
        return target;
    }

    private static void Forecast(Workspace work, SeriesRun run, int target, List<Note> notes)
    {
        target = Skipped(work, run, target, work.Assessed, work.OfAntigenCount, forecasting: true, notes);
        for (; target < run.Target; target++)
            notes.Add(new Note("target.skipped_ahead", Target: target + 1, Clause: run.Rules.Doses[target].Source.Clause));
        Notices(work, run, notes);
        switch (run.Status)
        {
            case SeriesStatus.NotComplete:
                DateNotes.Add(work, run, notes);
                break;
            case SeriesStatus.Complete:
                notes.Add(new Note("series.complete", Subject: run.Rules.Source.Name, Clause: run.Rules.Source.Clause));
                break;
            case SeriesStatus.Immune:
                Immunity(work, run, notes);
                break;
            case SeriesStatus.Contraindicated:
                Contraindication(work, run, notes);
                break;
            case SeriesStatus.AgedOut:
                AgedOut(work, run, notes);
                break;
            default:
                var dose = run.Target < run.Rules.Doses.Length ? run.Rules.Doses[run.Target] : null;
                notes.Add(dose is null ? new Note("series.not_recommended", Subject: run.Rules.Source.Name)
                    : new Note("series.season_over", Target: run.Target + 1, Date: GroupForecast.Day(dose.SeasonEnd), Clause: dose.Source.Clause));
                break;
        }
    }

    private static void AgedOut(Workspace work, SeriesRun run, List<Note> notes)
    {
        var dose = run.Rules.Doses[run.Target];
        var row = DoseEvaluation.RowAt(dose, work.Assessed)!;
        var code = work.Assessed >= work.AgeDay[row.Max] ? "series.aged_out" : "series.cannot_finish";
        notes.Add(new Note(code, Target: run.Target + 1, Date: DateOnly.FromDayNumber(work.AgeDay[row.Max]), Period: row.Source.Max,
            Clause: row.Source.Clause ?? dose.Source.Clause));
    }

    private static void Immunity(Workspace work, SeriesRun run, List<Note> notes)
    {
        var antigen = work.Rules.Antigens[run.Rules.Antigen];
        foreach (var observation in antigen.ImmunityObservations)
            if (work.Active[observation]) notes.Add(new Note("series.immune", Subject: work.Rules.Observations[observation]));
        foreach (var birth in antigen.Births)
            if (Relevance.ImmuneByBirth(work, birth))
                notes.Add(new Note("series.immune_by_birth", Date: DateOnly.FromDayNumber(birth.BornBefore), Subject: birth.Country));
    }

    private static void Contraindication(Workspace work, SeriesRun run, List<Note> notes)
    {
        var antigen = work.Rules.Antigens[run.Rules.Antigen];
        foreach (var rule in antigen.Contraindications)
            if (Relevance.Applies(work, rule) && rule.Source.Effect != ContraindicationEffect.Evaluate)
                notes.Add(new Note(rule.Source.Effect == ContraindicationEffect.Defer ? "series.deferred" : "series.contraindicated",
                    Date: GroupForecast.Day(work.Age(rule.EndAge)), Subject: rule.Source.Observation, Clause: rule.Source.Clause));
        foreach (var rule in antigen.VaccineContraindications)
            if (work.Active[rule.Observation] && rule.Source.Effect != ContraindicationEffect.Evaluate)
                notes.Add(new Note(rule.Source.Effect == ContraindicationEffect.Defer ? "vaccine.deferred" : "vaccine.contraindicated",
                    Subject: rule.Source.Observation, Clause: rule.Source.Clause));
    }

    /// <summary>What a doctor must weigh, and what is not decided yet.</summary>
    private static void Notices(Workspace work, SeriesRun run, List<Note> notes)
    {
        var antigen = work.Rules.Antigens[run.Rules.Antigen];
        foreach (var rule in antigen.Contraindications)
            if (rule.Source.Effect == ContraindicationEffect.Evaluate && Relevance.Applies(work, rule))
                notes.Add(new Note("notice.evaluate", Subject: rule.Source.Observation, Clause: rule.Source.Clause));
        foreach (var rule in antigen.VaccineContraindications)
            if (rule.Source.Effect == ContraindicationEffect.Evaluate && work.Active[rule.Observation])
                notes.Add(new Note("notice.evaluate", Subject: rule.Source.Observation, Clause: rule.Source.Clause));
        if (run.Rules.Source.Type == SeriesType.Risk)
            foreach (var indication in run.Rules.Indications)
                if (Relevance.AllActive(work, indication.Observations))
                    notes.Add(new Note("series.indicated", Date: GroupForecast.Day(work.Age(indication.BeginAge)),
                        Subject: string.Join(' ', indication.Source.Observations)));
    }
}
