using Legwork.Schedules.Cdsi;

namespace Legwork.Schedules.Tests;

/// <summary>Reading CDC's layout, on a schedule made up for the test: the element names are CDC's, the disease is nobody's.</summary>
public sealed class CdsiRulesTests : IDisposable
{
    private const string Schedule = """
        <scheduleSupportingData>
        <liveVirusConflicts><liveVirusConflict><previous><vaccineType>One</vaccineType><cvx>1</cvx></previous><current>
            <vaccineType>One</vaccineType><cvx>01</cvx></current>
        <conflictBeginInterval>1 day</conflictBeginInterval><minConflictEndInterval>24 days</minConflictEndInterval>
            <conflictEndInterval>28 days</conflictEndInterval></liveVirusConflict></liveVirusConflicts>
        <vaccineGroups><vaccineGroup><name>Pox</name><administerFullVaccineGroup/></vaccineGroup></vaccineGroups>
        <vaccineGroupToAntigenMap><vaccineGroupMap><name>Pox</name><antigen>Pox</antigen></vaccineGroupMap></vaccineGroupToAntigenMap>
        <cvxToAntigenMap><cvxMap><cvx>01</cvx><shortDescription>One</shortDescription><association><antigen>Pox</antigen><associationBeginAge/>
            <associationEndAge>50 years</associationEndAge></association></cvxMap></cvxToAntigenMap>
        <observations><observation><observationCode>007</observationCode><observationTitle>Pregnant</observationTitle></observation></observations>
        </scheduleSupportingData>
        """;

    private const string Antigen = """
        <antigenSupportingData>
        <immunity><clinicalHistory><guidelineCode>020</guidelineCode><guidelineTitle/></clinicalHistory>
        <dateOfBirth><immunityBirthDate>01/01/1957</immunityBirthDate><birthCountry>U.S.</birthCountry><exclusion><exclusionCode>055</exclusionCode>
            </exclusion></dateOfBirth></immunity>
        <contraindications><vaccineGroup><contraindication><observationCode>007</observationCode>
            <contraindicationGuidance>Wait.</contraindicationGuidance><beginAge/><endAge>10 years</endAge></contraindication></vaccineGroup>
                <vaccine/></contraindications>
        <series><seriesName>Pox 2-dose series</seriesName><targetDisease>Pox</targetDisease><vaccineGroup>Pox</vaccineGroup><seriesAdminGuidance/>
            <seriesType>Standard</seriesType><equivalentSeriesGroups>2;3</equivalentSeriesGroups>
        <requiredGender>Female</requiredGender><requiredGender>Unknown</requiredGender>
        <selectSeries><defaultSeries>Yes</defaultSeries><productPath>No</productPath><seriesGroupName>Standard</seriesGroupName>
            <seriesGroup>1</seriesGroup><seriesPriority>A</seriesPriority><seriesPreference>1</seriesPreference><minAgeToStart/>
                <maxAgeToStart>n/a</maxAgeToStart></selectSeries>
        <indication/>
        <seriesDose><doseNumber>Dose 1</doseNumber><age><absMinAge>12 months - 4 days</absMinAge><minAge>12 months</minAge><earliestRecAge/>
            <latestRecAge/><maxAge/><effectiveDate>20200101</effectiveDate><cessationDate/></age><interval/><allowableInterval/>
        <preferableVaccine><vaccineType>One</vaccineType><cvx>01</cvx><beginAge/><endAge/><tradeName/><mvx/><volume>0.5</volume>
            <forecastVaccineType>Y</forecastVaccineType></preferableVaccine><allowableVaccine/><inadvertentVaccine/><conditionalSkip/>
                <recurringDose>No</recurringDose><seasonalRecommendation/></seriesDose>
        <seriesDose><doseNumber>Dose 2</doseNumber><age/>
        <interval><fromPrevious>N</fromPrevious><fromTargetDose>1</fromTargetDose><fromMostRecent/><fromRelevantObs/><absMinInt>24 days</absMinInt>
            <minInt>28 days</minInt><earliestRecInt/><latestRecInt/><intervalPriority>override</intervalPriority></interval>
        <preferableVaccine><vaccineType>One</vaccineType><cvx>01</cvx></preferableVaccine>
        <conditionalSkip><context>Both</context><setLogic>n/a</setLogic><set><setID>1</setID><setDescription>Grown.</setDescription>
            <conditionLogic>AND</conditionLogic>
        <condition><conditionType>Age</conditionType><beginAge>19 years</beginAge></condition>
        <condition><conditionType>Vaccine Count By Age</conditionType><doseCount>0</doseCount><doseType>Valid</doseType>
            <doseCountLogic>Greater Than</doseCountLogic><vaccineTypes>01; 99</vaccineTypes></condition></set></conditionalSkip>
        <recurringDose>Yes</recurringDose><seasonalRecommendation><startDate>20250901</startDate><endDate>20260331</endDate>
            </seasonalRecommendation></seriesDose>
        </series></antigenSupportingData>
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("legwork-cdsi-").FullName;

    private RuleSet Load(Func<string, string>? antigen = null, Func<string, string>? schedule = null)
    {
        File.WriteAllText(Path.Combine(folder, "ScheduleSupportingData.xml"), (schedule ?? (text => text))(Schedule));
        File.WriteAllText(Path.Combine(folder, "AntigenSupportingData- Pox-508.xml"), (antigen ?? (text => text))(Antigen));
        return CdsiRules.Load(folder);
    }

    [Fact]
    public void Everything_that_the_layout_says_is_read()
    {
        var rules = Load();
        rules.Vaccines.Select(v => v.Code).ShouldBe(["01", "99"]);
        rules.Vaccines[0].Antigens[0].EndAge.ShouldBe(Period.Parse("50 years"));
        rules.Conflicts[0].ShouldBe(new VaccineConflict("01", "01", Period.Parse("1 day"), Period.Parse("24 days"), Period.Parse("28 days")));
        var antigen = rules.Antigens[0];
        antigen.Immunity.Births[0].BornBefore.ShouldBe(new DateOnly(1957, 1, 1));
        antigen.Contraindications[0].EndAge.ShouldBe(Period.Parse("10 years"));
        var series = antigen.Series[0];
        (series.IsDefault, series.MaxAgeToStart, series.Sexes.Count, series.Indications.Count,
            series.EquivalentGroups.Count).ShouldBe((true, null, 2, 0, 2));
        series.Doses[0].Ages[0].Effective.From.ShouldBe(new DateOnly(2020, 1, 1));
        series.Doses[0].Preferable[0].Volume.ShouldBe(0.5m);
        var second = series.Doses[1];
        (second.Intervals[0].From, second.Intervals[0].TargetDose, second.Intervals[0].Overrides,
            second.Recurring).ShouldBe((IntervalFrom.TargetDose, 1, true, true));
        second.Season.ShouldBe(new DateRange(new DateOnly(2025, 9, 1), new DateOnly(2026, 3, 31)));
        second.Skips[0].Sets[0].Conditions.Count.ShouldBe(2);
        new Forecaster(rules).Forecast(new Patient(new DateOnly(2024, 1, 1), Sex.Female, [], []), new DateOnly(2025, 1, 1))
            .For("Pox")!.Earliest.ShouldBe(new DateOnly(2025, 1, 1));
    }

    [Theory]
    [InlineData("12 months<", "12 moons<", ":15: <minAge> '12 moons' is no length of time")]
    [InlineData("<context>Both", "<context>Never", ": <context> 'Never' is not known")]
    [InlineData("<fromTargetDose>1<", "<fromTargetDose><", ": an interval that counts from nothing")]
    [InlineData("<doseCountLogic>Greater Than", "<doseCountLogic>about", "'about' is not known")]
    [InlineData("20250901", "Michaelmas", "<startDate> 'Michaelmas' is no date")]
    [InlineData("</series>", "", "AntigenSupportingData- Pox-508.xml:")]
    public void What_cannot_be_read_is_refused_with_file_and_line(string of, string with, string said)
    {
        var refused = Should.Throw<RuleFileException>(() => Load(text => text.Replace(of, with, StringComparison.Ordinal)));
        refused.Message.ShouldContain(said);
        refused.Line.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_part_that_is_missing_is_named() =>
        Should.Throw<RuleFileException>(
            () => Load(schedule: text => text.Replace("vaccineGroups>", "groups>"))).Message.ShouldContain("<vaccineGroups> is missing");

    [Fact]
    public void A_folder_without_the_files_is_refused() =>
        Should.Throw<RuleFileException>(() => CdsiRules.Load(folder)).Message.ShouldContain("is not there");

    [Fact]
    public void Rules_that_do_not_hold_together_are_refused_by_the_engine()
    {
        Should.Throw<ArgumentException>(
            () => new Forecaster(Load(schedule: text => text.Replace("<name>Pox</name><administer", "<name>Fox</name><administer")))).Message
            .ShouldContain("'Pox', which is not defined");
        Should.Throw<ArgumentException>(() => new Forecaster(Made.Rules(Made.Dose(2)))).Message.ShouldContain("not numbered");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
