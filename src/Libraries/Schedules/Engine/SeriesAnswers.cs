using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Copies a run into an answer that outlives the workspace.</summary>
internal static class SeriesAnswers
{
    public static SeriesAnswer Of(Workspace work, SeriesRun run, bool explain)
    {
        var antigen = work.Rules.Antigens[run.Rules.Antigen];
        work.SelectAntigen(antigen.Index);
        var doses = new DoseAnswer[work.OfAntigenCount];
        for (var i = 0; i < doses.Length; i++)
        {
            var finding = run.Findings[i];
            doses[i] = new DoseAnswer(work.Doses[work.OfAntigen[i]].Original, finding.Status, finding.Reason, finding.Target + 1, finding.Grace,
                finding.Target == None ? null : run.Rules.Doses[finding.Target].Source.Clause);
        }
        var open = run.DoseNumber > 0;
        return new SeriesAnswer(antigen.Source.Antigen, run.Rules.Source, run.Status, run.DoseNumber, open ? run.Target + 1 : 0,
            open ? run.Rules.Doses[run.Target].Source.Clause : null,
            GroupForecast.Day(open ? run.Earliest : None), GroupForecast.Day(open ? run.Recommended : None),
            GroupForecast.Day(open ? run.PastDue : None),
            GroupForecast.Day(open ? run.Latest : None), doses, open ? Vaccines(work, run, antigen) : [], explain ? Explainer.Explain(work, run) : [])
        {
            Guidance = explain ? Guidance(work, run, antigen) : [],
        };
    }

    /// <summary>FORECASTRECVAC-1.</summary>
    private static IReadOnlyList<string> Vaccines(Workspace work, SeriesRun run, AntigenCode antigen)
    {
        List<string>? named = null;
        foreach (var preferable in run.Rules.Doses[run.Target].Preferable)
            if (preferable.Source.ForecastVaccine && !SeriesForecast.IsContraindicated(work, antigen.VaccineContraindications, preferable.Vaccine)
                && (work.AtAge(run.Earliest, preferable.BeginAge, preferable.EndAge)
                    || work.AtAge(run.Recommended, preferable.BeginAge, preferable.EndAge)))
                (named ??= []).Add(preferable.Source.Vaccine);
        return named ?? (IReadOnlyList<string>)[];
    }

    /// <summary>FORECASTGUIDANCE-1: of the series that is recommended, of the indications that are active,
    /// of the contraindications that are.</summary>
    private static List<string> Guidance(Workspace work, SeriesRun run, AntigenCode antigen)
    {
        var said = new List<string>();
        if (run.Status == SeriesStatus.NotComplete) said.AddRange(run.Rules.Source.Guidance);
        foreach (var indication in run.Rules.Indications)
            if (indication.Source.Guidance.Length > 0 && Relevance.AllActive(work, indication.Observations)) said.Add(indication.Source.Guidance);
        foreach (var rule in antigen.Contraindications)
            if (rule.Source.Guidance.Length > 0 && work.Active[rule.Observation]) said.Add(rule.Source.Guidance);
        foreach (var rule in antigen.VaccineContraindications)
            if (rule.Source.Guidance.Length > 0 && work.Active[rule.Observation]) said.Add(rule.Source.Guidance);
        return said;
    }
}
