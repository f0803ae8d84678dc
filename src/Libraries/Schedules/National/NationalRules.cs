using System.Globalization;

namespace Legwork.Schedules.National;

/// <summary>
/// A national rule set for the engine. Each programme is one "antigen" and one vaccine group; each course is a series, and one that takes the place
/// of another for a health state is a risk series; each row is a target dose that is skipped when its conditions do not hold.
/// </summary>
public static class NationalRules
{
    private const string Usual = "1";
    private const string Instead = "2";

    /// <summary>The folder as it is written, for pages and for <see cref="Compile"/>.</summary>
    /// <exception cref="RuleFileException">A file is missing or is not understood; names file, line and reason.</exception>
    public static NationalBook Read(string folder) => NationalReader.Read(NationalReader.Files(folder));

    /// <param name="area">Code of the place whose programme is asked for (<c>110101</c>); empty is the national one.</param>
    /// <exception cref="RuleFileException">As <see cref="Read"/>.</exception>
    public static RuleSet Load(string folder, string area = "") => Compile(Read(folder), area);

    public static RuleSet Compile(NationalBook book, string area = "")
    {
        var antigens = book.Programmes.Select(programme => Antigen(book, programme, area)).OfType<AntigenRules>().ToList();
        var present = antigens.Select(antigen => antigen.Antigen).ToHashSet(StringComparer.Ordinal);
        return new RuleSet
        {
            Id = book.Id,
            Title = book.Title.Zh,
            Reading = new Reading(SimpleChoice: true, ContraindicateByDose: true, RiskStands: true),
            InForce = new DateRange(FirstDay(book.Effective), book.Until),
            Vaccines = [.. book.Vaccines.Select(vaccine => new Vaccine(vaccine.Code, vaccine.Name.Zh,
                [.. book.Programmes.Where(programme => present.Contains(programme.Id) && Counts(programme, vaccine.Code))
                    .Select(programme => new AntigenAssociation(programme.Id))]))],
            Antigens = antigens,
            Groups = [.. book.Programmes.Where(programme => present.Contains(programme.Id))
                .Select(programme => new VaccineGroup(programme.Id, programme.Name.Zh, [programme.Id]))],
            Conflicts = [.. Conflicts(book)],
            Observations = [.. book.States.Select(state => new Observation(state.Observation, state.Name.Zh))],
        };
    }

    /// <summary>Whether the vaccine counts for a row of the programme.</summary>
    public static bool Counts(Programme programme, string vaccine) => programme.Courses.SelectMany(course => course.Rows).Any(row =>
        row.Vaccine == vaccine || row.ByLabel.Contains(vaccine) || row.Also.Any(also => also.Vaccine == vaccine));

    private static AntigenRules? Antigen(NationalBook book, Programme programme, string area)
    {
        var place = area.Length == 0
            ? null : programme.Places.FirstOrDefault(place => place.Areas.Any(prefix => area.StartsWith(prefix, StringComparison.Ordinal)));
        if (place is { NotInProgramme: true }) return null;
        var series = new List<Series>();
        foreach (var course in programme.Courses)
        {
            if (course.IsUsual) series.Add(OfCourse(programme, course, place, SeriesType.Standard));
            if (course.InsteadFor.Count > 0) series.Add(OfCourse(programme, course, place, SeriesType.Risk));
        }
        return new AntigenRules
        {
            Antigen = programme.Id,
            Series = series,
            VaccineContraindications = [.. from state in book.States
                                           from effect in state.Effects
                                           let vaccines = effect.Vaccines.Where(code => Counts(programme, code)).ToList()
                                           where vaccines.Count > 0
                                           select new VaccineContraindication(state.Observation,
                                               [.. vaccines.Select(code => new ContraindicatedVaccine(code, effect.From))],
                                               effect.Effect, state.Text.Zh, ClauseOf(state.Observation, state.Standing, state.Text.Zh))],
        };
    }

    private static Series OfCourse(Programme programme, Course course, PlaceRule? place, SeriesType type) => new()
    {
        Name = course.Id,
        VaccineGroup = programme.Id,
        Type = type,
        Group = type == SeriesType.Standard ? Usual : Instead,
        EquivalentGroups = type == SeriesType.Standard && programme.Courses.Any(other => other.InsteadFor.Count > 0) ? [Instead] : [],
        IsDefault = type == SeriesType.Standard && course.Choice is null or 1,
        ProductPath = course.Choice is not null,
        Preference = course.Choice,
        Sexes = course.Sex is { } sex ? [sex] : [],
        Born = new DateRange(Later(course.BornFrom, place?.BornFrom), course.BornBefore?.AddDays(-1)),
        Indications = type == SeriesType.Risk ? [.. course.InsteadFor.Select(observation => new Indication([observation]))] : [],
        Doses = [.. course.Rows.Select((row, i) => OfRow(course, row, i))],
    };

    private static SeriesDose OfRow(Course course, CourseRow row, int at) => new()
    {
        Number = at + 1,
        Ages = [.. Ages(course, row)],
        Intervals = row.Interval is { } interval ? [.. Intervals(course, row, interval, at)] : [],
        Preferable = [new PreferableVaccine(row.Vaccine, ForecastVaccine: true)],
        Allowable = [.. row.Also.Select(also => new AllowableVaccine(also.Vaccine, also.From)),
            .. row.ByLabel.Select(code => new AllowableVaccine(code, OwnAge: true))],
        Skips = [new Skip(SkipContext.Both, AllSets: false, [.. Skips(row)])],
        Clause = ClauseOf(row.Id, row.Standing, row.Note?.Zh ?? ""),
    };

    private static IEnumerable<AgeRule> Ages(Course course, CourseRow row)
    {
        AgeRule Rule(Period age, DateRange effective, Clause clause) =>
            new(age, age, age, row.CompleteBefore, course.Ends.Age, effective, clause);
        var clause = ClauseOf(row.Id, row.Standing);
        if (row.EarlierAge is { } earlier)
        {
            yield return Rule(earlier.Age, new DateRange(null, earlier.GivenBefore.AddDays(-1)), ClauseOf(row.Id, earlier.Standing));
            yield return Rule(row.Age, new DateRange(earlier.GivenBefore, null), clause);
        }
        else yield return Rule(row.Age, DateRange.Always, clause);
    }

    /// <summary>One for each row that may have given the dose from which is counted; those that did not ask nothing.</summary>
    private static IEnumerable<Interval> Intervals(Course course, CourseRow row, RowInterval interval, int at) =>
        from i in Enumerable.Range(0, at)
        where course.Rows[i].Dose == interval.FromDose
        select new Interval
        {
            From = IntervalFrom.TargetDose,
            TargetDose = i + 1,
            AbsoluteMin = interval.AtLeast,
            Min = interval.AtLeast,
            Max = interval.AtMost,
            LatestRecommended = interval.AtMost is { } most ? most with { Days = most.Days + 1 } : null,
            Clause = ClauseOf(row.Id, row.Standing),
        };

    private static IEnumerable<SkipSet> Skips(CourseRow row)
    {
        var clause = ClauseOf(row.Id, row.Standing);
        SkipSet When(string text, SkipCondition condition) => new(text, true, [condition], Clause: clause);
        yield return When("given", new SkipByCount([], true, CountComparison.GreaterThan, row.Dose - 1));
        if (row.Until is { } until) yield return When("until", new SkipByAge(until, null));
        foreach (var condition in row.When)
        {
            if (condition.How is CountedAs.Is or CountedAs.AtLeast && condition.Count > 0)
                yield return When("when", new SkipByCount(condition.Vaccines, true, CountComparison.LessThan, condition.Count));
            if (condition.How is CountedAs.Is)
                yield return When("when", new SkipByCount(condition.Vaccines, true, CountComparison.GreaterThan, condition.Count));
            if (condition.How is CountedAs.Under)
                yield return When("when", new SkipByCount(condition.Vaccines, true, CountComparison.GreaterThan, condition.Count - 1));
        }
    }

    private static IEnumerable<VaccineConflict> Conflicts(NationalBook book)
    {
        var (live, day) = (book.LiveInjected, Period.OfDays(1));
        var clause = ClauseOf(live.Id, live.Standing, live.Text.Zh);
        foreach (var first in live.Vaccines)
            foreach (var second in live.Vaccines)
                if (first != second) yield return new VaccineConflict(first, second, day, live.AtLeast, live.AtLeast, clause);
        foreach (var after in book.AfterImmunoglobulin)
            foreach (var vaccine in after.Vaccines)
                yield return new VaccineConflict(after.After, vaccine, default, after.AtLeast, after.AtLeast,
                    ClauseOf(after.Id, after.Standing, after.Text.Zh));
    }

    private static Clause ClauseOf(string id, Standing standing, string text = "") =>
        new(id, standing.Confidence, string.Join(' ', standing.Sources), text);

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null ? other : other is null || one > other ? one : other;

    private static DateOnly FirstDay(string effective) => DateOnly.ParseExact(effective + "-01-01"[..(10 - effective.Length)],
        "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
