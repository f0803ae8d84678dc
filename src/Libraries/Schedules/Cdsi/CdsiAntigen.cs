using System.Globalization;
using System.Xml.Linq;

namespace Legwork.Schedules.Cdsi;

/// <summary>One file of antigen supporting data.</summary>
internal sealed class CdsiAntigen(string file, CdsiVaccines vaccines)
{
    public AntigenRules Read(XElement root)
    {
        var reader = new CdsiReader(file, root);
        var series = root.Elements("series").ToList();
        if (series.Count == 0) throw reader.Wrong(root, "the file holds no series");
        var contraindications = root.Element("contraindications");
        return new AntigenRules
        {
            Antigen = series[0].Word("targetDisease"),
            Immunity = Immunity(root.Element("immunity"), reader),
            Contraindications = [.. contraindications?.Element("vaccineGroup").Filled("contraindication").Select(c => new AntigenContraindication(
                c.Word("observationCode"), reader.Period(c, "beginAge"), reader.Period(c, "endAge"), Text: c.Word("contraindicationText"),
                Guidance: c.Word("contraindicationGuidance"))) ?? []],
            VaccineContraindications = [.. contraindications?.Element("vaccine").Filled("contraindication").Select(c => new VaccineContraindication(
                c.Word("observationCode"), [.. c.Filled("contraindicatedVaccine").Select(v => new ContraindicatedVaccine(vaccines.Code(v.Word("cvx")),
                    reader.Period(v, "beginAge"), reader.Period(v, "endAge")))], Text: c.Word("contraindicationText"),
                Guidance: c.Word("contraindicationGuidance"))) ?? []],
            Series = [.. series.Select(s => Series(s, new CdsiReader(file, s)))],
        };
    }

    private static Immunity Immunity(XElement? immunity, CdsiReader reader) => new(
        [.. immunity.Filled("clinicalHistory").Select(c => c.Word("guidelineCode"))],
        [.. immunity.Filled("dateOfBirth").Where(b => b.Word("immunityBirthDate").Length > 0)
            .Select(b => new BirthImmunity(reader.Date(b, "immunityBirthDate")!.Value,
            b.Word("birthCountry"), [.. b.Filled("exclusion").Select(e => e.Word("exclusionCode"))]))]);

    private Series Series(XElement series, CdsiReader reader)
    {
        var select = series.Element("selectSeries") ?? throw reader.Wrong(series, "<selectSeries> is missing");
        return new Series
        {
            Name = series.Word("seriesName"),
            VaccineGroup = series.Word("vaccineGroup"),
            Type = series.Word("seriesType") switch
            {
                "Standard" => SeriesType.Standard,
                "Risk" => SeriesType.Risk,
                "Evaluation Only" => SeriesType.EvaluationOnly,
                var other => throw reader.Wrong(series.Element("seriesType"), $"<seriesType> '{other}' is not known"),
            },
            Group = select.Word("seriesGroup"),
            EquivalentGroups = series.Word("equivalentSeriesGroups").Parts(),
            IsDefault = select.Word("defaultSeries") == "Yes",
            ProductPath = select.Word("productPath") == "Yes",
            Priority = select.Word("seriesPriority") is [var priority, ..] ? priority : 'Z',
            Preference = reader.Number(select, "seriesPreference"),
            MinAgeToStart = reader.Period(select, "minAgeToStart"),
            MaxAgeToStart = reader.Period(select, "maxAgeToStart"),
            Sexes = [.. series.Elements("requiredGender").Select(g => g.Value.Trim()).Where(g => g.Length > 0 && g != "n/a").Select(g => g switch
            {
                "Female" => Sex.Female,
                "Male" => Sex.Male,
                "Unknown" => Sex.Unknown,
                _ => throw reader.Wrong(series, $"<requiredGender> '{g}' is not known"),
            })],
            Indications = [.. series.Filled("indication")
                .Where(i => i.Element("observationCode")?.Word("code").Length > 0).Select(i => new Indication(
                [i.Element("observationCode")!.Word("code")], reader.Period(i, "beginAge"), reader.Period(i, "endAge"),
                i.Word("description"), i.Word("guidance")))],
            Guidance = [.. series.Elements("seriesAdminGuidance").Select(g => g.Value.Trim()).Where(g => g.Length > 0 && g != "n/a")],
            Doses = [.. series.Elements("seriesDose").Select((d, i) => Dose(d, i + 1, new CdsiReader(file, d)))],
        };
    }

    private SeriesDose Dose(XElement dose, int number, CdsiReader reader)
    {
        var season = dose.Filled("seasonalRecommendation").FirstOrDefault();
        var range = season is null ? default : new DateRange(reader.Date(season, "startDate"), reader.Date(season, "endDate"));
        return new SeriesDose
        {
            Number = number,
            Ages = [.. dose.Filled("age")
                .Select(a => new AgeRule(reader.Period(a, "absMinAge"), reader.Period(a, "minAge"), reader.Period(a, "earliestRecAge"),
                reader.Period(a, "latestRecAge"), reader.Period(a, "maxAge"), reader.Effective(a)))],
            Intervals = [.. dose.Filled("interval").Select(i => Interval(i, reader))],
            AllowableIntervals = [.. dose.Filled("allowableInterval").Select(i => Interval(i, reader))],
            Preferable = [.. dose.Filled("preferableVaccine").Where(v => v.Word("cvx").Length > 0)
                .Select(v => new PreferableVaccine(vaccines.Code(v.Word("cvx")),
                reader.Period(v, "beginAge"), reader.Period(v, "endAge"), v.Word("tradeName"), v.Word("mvx"),
                decimal.TryParse(v.Word("volume"), NumberStyles.Number, CultureInfo.InvariantCulture, out var volume) ? volume : null,
                v.Word("forecastVaccineType") == "Y"))],
            Allowable = [.. dose.Filled("allowableVaccine").Where(v => v.Word("cvx").Length > 0)
                .Select(v => new AllowableVaccine(vaccines.Code(v.Word("cvx")),
                reader.Period(v, "beginAge"), reader.Period(v, "endAge")))],
            Inadvertent = [.. dose.Filled("inadvertentVaccine").Where(v => v.Word("cvx").Length > 0).Select(v => vaccines.Code(v.Word("cvx")))],
            Skips = [.. dose.Filled("conditionalSkip").Where(s => s.Word("context").Length > 0).Select(s => Skip(s, reader))],
            Recurring = dose.Word("recurringDose") == "Yes",
            Season = range == default ? null : range,
        };
    }

    private Interval Interval(XElement interval, CdsiReader reader)
    {
        var target = reader.Number(interval, "fromTargetDose");
        var recent = interval.Word("fromMostRecent");
        var observation = interval.Element("fromRelevantObs")?.Word("code") ?? "";
        return new Interval
        {
            From = interval.Word("fromPrevious") == "Y" ? IntervalFrom.PreviousDose : target is not null ? IntervalFrom.TargetDose
                : recent.Length > 0 ? IntervalFrom.MostRecent : observation.Length > 0 ? IntervalFrom.Observation
                : throw reader.Wrong(interval, "an interval that counts from nothing"),
            TargetDose = target ?? 0,
            Vaccines = [.. recent.Parts().Select(vaccines.Code)],
            Observation = observation,
            AbsoluteMin = reader.Period(interval, "absMinInt"),
            Min = reader.Period(interval, "minInt"),
            EarliestRecommended = reader.Period(interval, "earliestRecInt"),
            LatestRecommended = reader.Period(interval, "latestRecInt"),
            Overrides = interval.Word("intervalPriority").Equals("override", StringComparison.OrdinalIgnoreCase),
            Effective = reader.Effective(interval),
        };
    }

    private Skip Skip(XElement skip, CdsiReader reader) => new(
        skip.Word("context") switch
        {
            "Evaluation" => SkipContext.Evaluation,
            "Forecast" => SkipContext.Forecast,
            "Both" => SkipContext.Both,
            var other => throw reader.Wrong(skip.Element("context"), $"<context> '{other}' is not known"),
        },
        skip.Word("setLogic") == "AND",
        [.. skip.Filled("set").Select(s => new SkipSet(s.Word("setDescription"), s.Word("conditionLogic") != "OR",
            [.. s.Filled("condition").Select(c => Condition(c, reader))], reader.Effective(s)))]);

    private SkipCondition Condition(XElement condition, CdsiReader reader)
    {
        var (begin, end) = (reader.Period(condition, "beginAge"), reader.Period(condition, "endAge"));
        return condition.Word("conditionType").ToLowerInvariant() switch
        {
            "age" => new SkipByAge(begin, end),
            "interval" => new SkipByInterval(reader.Need(condition, "interval")),
            "completed series" => new SkipByCompletedSeries(condition.Word("seriesGroups").Parts()),
            var count when count.StartsWith("vaccine count by", StringComparison.Ordinal) => new SkipByCount(
                [.. condition.Word("vaccineTypes").Parts().Select(vaccines.Code)],
                condition.Word("doseType").Equals("valid", StringComparison.OrdinalIgnoreCase),
                condition.Word("doseCountLogic").ToLowerInvariant() switch
                {
                    "greater than" => CountComparison.GreaterThan,
                    "equal to" => CountComparison.Equal,
                    "less than" => CountComparison.LessThan,
                    var other => throw reader.Wrong(condition, $"<doseCountLogic> '{other}' is not known"),
                },
                reader.Number(condition, "doseCount") ?? 0, begin, end, reader.Date(condition, "startDate"), reader.Date(condition, "endDate")),
            var other => throw reader.Wrong(condition, $"<conditionType> '{other}' is not known"),
        };
    }
}
