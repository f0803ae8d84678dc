using Legwork.Schedules.Engine;
using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules;

/// <summary>
/// Answers for a person and a day: which doses count, what is due when, and why. Compiles its rule set once; safe to share between threads,
/// each of which keeps its own working memory.
/// </summary>
public sealed class Forecaster
{
    private readonly CompiledRules rules;
    private readonly ThreadLocal<Workspace> workspaces;

    /// <exception cref="ArgumentException">The rule set does not hold together: an unknown code, doses out of order.</exception>
    public Forecaster(RuleSet ruleSet)
    {
        rules = RuleCompiler.Compile(ruleSet);
        workspaces = new(() => new Workspace(rules));
    }

    public RuleSet RuleSet => rules.Source;

    /// <summary>
    /// The answer for <paramref name="patient"/> on <paramref name="assessed"/>. Doses after that day are left out. Never throws for what a
    /// history holds; a dose of an unknown vaccine is answered as not evaluated, and
    /// <see cref="PatientForecast.UnknownVaccines"/> names it.
    /// </summary>
    /// <param name="explain">Also say why, as notes in each series' answer; costs about as much again.</param>
    public PatientForecast Forecast(Patient patient, DateOnly assessed, bool explain = false)
    {
        var work = workspaces.Value!;
        work.Load(patient, assessed.DayNumber);
        foreach (var antigen in rules.Antigens) Run(work, antigen);
        return Answer(work, assessed, explain);
    }

    private static void Run(Workspace work, AntigenCode antigen)
    {
        work.SelectAntigen(antigen.Index);
        var immune = Relevance.Immune(work, antigen);
        var contraindicated = Relevance.Contraindicated(work, antigen);
        Relevance.Mark(work, antigen);
        // A skip may ask whether a series is complete that is evaluated after it: never by what the patient before left there.
        foreach (var series in antigen.Series) work.Runs[series.Index].Status = SeriesStatus.NotComplete;
        foreach (var series in antigen.Series)
        {
            var run = work.Runs[series.Index];
            if (!run.Relevant) continue;
            run.Begin(series, work.OfAntigenCount);
            DoseEvaluation.Evaluate(work, run);
            SeriesForecast.Forecast(work, run, immune, contraindicated);
        }
    }

    private PatientForecast Answer(Workspace work, DateOnly assessed, bool explain)
    {
        Span<int> best = stackalloc int[rules.SeriesCount];
        var count = 0;
        Span<int> chosen = stackalloc int[32];
        foreach (var antigen in rules.Antigens)
        {
            var groups = chosen[..antigen.SeriesGroups.Length];
            SeriesChoice.Prioritize(work, antigen, groups);
            for (var group = 0; group < groups.Length; group++)
                if (groups[group] != None && SeriesChoice.IsBest(work, antigen, group, groups)) best[count++] = antigen.Series[groups[group]].Index;
        }
        var answers = new List<GroupAnswer>(rules.Groups.Length);
        Span<int> mine = stackalloc int[rules.SeriesCount];
        for (var group = 0; group < rules.Groups.Length; group++)
            for (var name = 0; name < rules.GroupNames; name++)
            {
                var held = 0;
                foreach (var run in best[..count])
                    if (work.Runs[run].Rules is var series && series.VaccineGroup == group && series.GroupName == name) mine[held++] = run;
                if (held == 0) continue;
                var parts = new SeriesAnswer[held];
                for (var i = 0; i < held; i++) parts[i] = SeriesAnswers.Of(work, work.Runs[mine[i]], explain);
                answers.Add(GroupForecast.Combine(work, rules.Groups[group], mine[..held], parts));
            }
        return new PatientForecast(assessed, answers)
        {
            RiskStands = rules.Source.Reading.RiskStands,
            UnknownVaccines = work.UnknownVaccines ?? (IReadOnlyCollection<string>)[],
            UnknownObservations = work.UnknownObservations ?? (IReadOnlyCollection<string>)[],
        };
    }
}
