using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Turns a rule set into its fast form, and refuses one that does not hold together.</summary>
internal sealed class RuleCompiler(RuleSet source)
{
    private readonly Dictionary<Period, int> ages = [];
    private readonly Dictionary<string, int> vaccines = Numbered(source.Vaccines.Select(v => v.Code), "vaccine");
    private readonly Dictionary<string, int> observations = Numbered(source.Observations.Select(o => o.Code), "observation");
    private readonly Dictionary<string, int> antigens = Numbered(source.Antigens.Select(a => a.Antigen), "antigen");
    private readonly Dictionary<string, int> groups = Numbered(source.Groups.Select(g => g.Code), "vaccine group");
    private readonly Dictionary<int, ConflictCode[]> conflicts = [];
    private readonly List<string> groupNames = [];
    private string compiling = "";
    private int seriesCount;

    public static CompiledRules Compile(RuleSet source) => new RuleCompiler(source).Run();

    private CompiledRules Run()
    {
        foreach (var group in source.Conflicts.Select(Conflict).GroupBy(c => c.Current)) conflicts[group.Key] = [.. group];
        var earlier = source.Conflicts.Select(c => c.Previous).ToHashSet(StringComparer.Ordinal);
        var codes = source.Vaccines.Select((vaccine, i) => new VaccineCode
        {
            Source = vaccine,
            Antigens = [.. vaccine.Antigens.Select(a => new AntigenAt(Known(antigens, a.Antigen, "antigen"), Age(a.BeginAge), Age(a.EndAge)))],
            Conflicts = conflicts.GetValueOrDefault(i) ?? [],
            ConflictsLater = earlier.Contains(vaccine.Code),
        }).ToArray();
        var antigenCodes = source.Antigens.Select(Antigen).ToArray();
        return new CompiledRules
        {
            Source = source,
            Vaccines = codes,
            VaccineByCode = vaccines,
            Antigens = antigenCodes,
            Groups = [.. source.Groups.Select(g => new GroupCode(g, [.. g.Antigens.Select(a => Known(antigens, a, "antigen"))]))],
            SeriesCount = seriesCount,
            GroupNames = groupNames.Count,
            Ages = [.. ages.OrderBy(a => a.Value).Select(a => a.Key)],
            ObservationByCode = observations,
            Observations = [.. observations.OrderBy(o => o.Value).Select(o => o.Key)],
        };
    }

    private ConflictCode Conflict(VaccineConflict rule) =>
        new(Known(vaccines, rule.Previous, "vaccine"), Known(vaccines, rule.Current, "vaccine"), rule.Begin, rule.MinEnd, rule.End, rule.Clause);

    private AntigenCode Antigen(AntigenRules rules, int index)
    {
        compiling = rules.Antigen;
        var seriesGroups = rules.Series.Select(s => s.Group).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (seriesGroups.Length > 32) throw new ArgumentException($"{rules.Antigen} has more than 32 series groups.");
        var waiting = rules.Series.OrderBy(AsksForCompletedSeries).ToList();
        return new AntigenCode
        {
            Index = index,
            Source = rules,
            SeriesGroups = seriesGroups,
            Series = [.. waiting.Select(s => Series(s, index, seriesGroups))],
            ImmunityObservations = [.. rules.Immunity.Observations.Select(Observation)],
            Births = [.. rules.Immunity.Births.Select(b => new BirthCode(b.BornBefore.DayNumber, b.Country, [.. b.Exclusions.Select(Observation)]))],
            Contraindications = [.. rules.Contraindications
                .Select(c => new ContraCode(Observation(c.Observation), Age(c.BeginAge), Age(c.EndAge), c))],
            VaccineContraindications = [.. rules.VaccineContraindications.Select(c => new VaccineContraCode(Observation(c.Observation),
                [.. c.Vaccines.Select(v => (Known(vaccines, v.Vaccine, "vaccine"), Age(v.BeginAge), Age(v.EndAge)))], c))],
        };
    }

    private static bool AsksForCompletedSeries(Series series) =>
        series.Doses.Any(d => d.Skips.Any(s => s.Sets.Any(set => set.Conditions.Any(c => c is SkipByCompletedSeries))));

    private SeriesCode Series(Series series, int antigen, string[] seriesGroups)
    {
        if (series.Doses.Count == 0) throw new ArgumentException($"The series '{series.Name}' has no dose.");
        for (var i = 0; i < series.Doses.Count; i++)
            if (series.Doses[i].Number != i + 1)
                throw new ArgumentException($"The doses of the series '{series.Name}' are not numbered 1, 2, 3 ….");
        return new SeriesCode
        {
            Index = seriesCount++,
            Source = series,
            Antigen = antigen,
            Group = Array.IndexOf(seriesGroups, series.Group),
            VaccineGroup = Known(groups, series.VaccineGroup, "vaccine group"),
            EquivalentGroups = Bits(series.EquivalentGroups, seriesGroups),
            GroupName = GroupName(series.Group),
            MinAgeToStart = Age(series.MinAgeToStart),
            MaxAgeToStart = Age(series.MaxAgeToStart),
            Sexes = series.Sexes.Aggregate(0, (bits, sex) => bits | 1 << (int)sex),
            Indications = [.. series.Indications
                .Select(i => new IndicationCode([.. i.Observations.Select(Observation)], Age(i.BeginAge), Age(i.EndAge), i))],
            Doses = [.. series.Doses.Select(d => Dose(d, seriesGroups))],
        };
    }

    private int GroupName(string name)
    {
        if (groupNames.IndexOf(name) is var at and >= 0) return at;
        groupNames.Add(name);
        return groupNames.Count - 1;
    }

    private DoseCode Dose(SeriesDose dose, string[] seriesGroups)
    {
        var preferable = dose.Preferable
            .Select(p => new PreferableCode(Known(vaccines, p.Vaccine, "vaccine"), Age(p.BeginAge), Age(p.EndAge), p)).ToArray();
        return new DoseCode
        {
            Source = dose,
            Ages = [.. dose.Ages.Select(a => new AgeCode(Age(a.AbsoluteMin), Age(a.Min), Age(a.EarliestRecommended),
                Age(a.LatestRecommended), Age(a.Max), Range(a.Effective), a))],
            Intervals = [.. dose.Intervals.Select(Interval)],
            AllowableIntervals = [.. dose.AllowableIntervals.Select(Interval)],
            Preferable = preferable,
            Allowable = [.. dose.Allowable.Select(a => new AllowableCode(Known(vaccines, a.Vaccine, "vaccine"), Age(a.BeginAge), Age(a.EndAge), a))],
            Inadvertent = VaccineBits.Of(dose.Inadvertent.Select(v => Known(vaccines, v, "vaccine"))),
            Skips = [.. dose.Skips.Select(s => Skip(s, seriesGroups))],
            Conflicts = [.. preferable.Select(p => p.Vaccine).Distinct().SelectMany(v => conflicts.GetValueOrDefault(v) ?? [])],
            Recurring = dose.Recurring,
            SeasonStart = dose.Season?.From?.DayNumber ?? None,
            SeasonEnd = dose.Season?.Until?.DayNumber ?? None,
        };
    }

    private IntervalCode Interval(Interval interval) => new()
    {
        Source = interval,
        From = interval.From,
        TargetDose = interval.TargetDose - 1,
        Vaccines = VaccineBits.Of(interval.Vaccines.Select(v => Known(vaccines, v, "vaccine"))),
        Outside = interval.Vaccines.Any(IsOutside),
        Observation = interval.From == IntervalFrom.Observation ? Observation(interval.Observation) : None,
        Effective = Range(interval.Effective),
    };

    private SkipCode Skip(Skip skip, string[] seriesGroups) =>
        new(skip.Context != SkipContext.Forecast, skip.Context != SkipContext.Evaluation, skip.AllSets,
        [.. skip.Sets.Select(s => new SkipSetCode(s.AllConditions, Range(s.Effective),
            [.. s.Conditions.Select(c => Condition(c, seriesGroups))], s))]);

    private ConditionCode Condition(SkipCondition condition, string[] seriesGroups) => condition switch
    {
        SkipByAge age => new() { Kind = ConditionKind.Age, BeginAge = Age(age.BeginAge), EndAge = Age(age.EndAge), Source = age },
        SkipByInterval interval => new() { Kind = ConditionKind.Interval, Since = interval.Since, Source = interval },
        SkipByCompletedSeries series => new() { Kind = ConditionKind.CompletedSeries, Groups = Bits(series.Groups, seriesGroups), Source = series },
        SkipByCount count => new()
        {
            Kind = ConditionKind.Count,
            Source = count,
            Vaccines = VaccineBits.Of(count.Vaccines.Select(v => Known(vaccines, v, "vaccine"))),
            Outside = !count.ValidOnly && count.Vaccines.Any(IsOutside),
            ValidOnly = count.ValidOnly,
            Comparison = count.Comparison,
            Count = count.Count,
            BeginAge = Age(count.BeginAge),
            EndAge = Age(count.EndAge),
            Dates = new Days(count.From?.DayNumber ?? int.MinValue, count.Before is { } before ? before.DayNumber - 1 : int.MaxValue),
        },
        _ => throw new ArgumentException($"{condition.GetType().Name} is not a condition that the engine knows."),
    };

    private bool IsOutside(string vaccine) =>
        !source.Vaccines[Known(vaccines, vaccine, "vaccine")].Antigens.Any(a => a.Antigen == compiling && a.BeginAge is null && a.EndAge is null);

    private static uint Bits(IReadOnlyList<string> named, string[] seriesGroups)
    {
        var bits = 0u;
        foreach (var name in named)
            if (Array.IndexOf(seriesGroups, name) is var at and >= 0) bits |= 1u << at;
        return bits;
    }

    private int Age(Period? age)
    {
        if (age is not { } period) return None;
        if (!ages.TryGetValue(period, out var at)) ages.Add(period, at = ages.Count);
        return at;
    }

    /// <summary>Rules name observations that the list of them lacks; such a one is never active and stands in no patient's way.</summary>
    private int Observation(string code)
    {
        if (!observations.TryGetValue(code, out var at)) observations.Add(code, at = observations.Count);
        return at;
    }

    private static Days Range(DateRange range) => new(range.From?.DayNumber ?? int.MinValue, range.Until?.DayNumber ?? int.MaxValue);

    private static int Known(Dictionary<string, int> numbers, string code, string what) =>
        numbers.TryGetValue(code, out var number)
            ? number : throw new ArgumentException($"The rules name the {what} '{code}', which is not defined.");

    private static Dictionary<string, int> Numbered(IEnumerable<string> codes, string what)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var code in codes)
            if (!numbers.TryAdd(code, numbers.Count)) throw new ArgumentException($"The {what} '{code}' is defined twice.");
        return numbers;
    }
}
