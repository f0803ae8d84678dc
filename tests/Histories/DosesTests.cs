using Legwork.Immunization;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Histories.Tests;

public class DosesTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static string OfPema(string vaccine, string on, string lot = "") =>
        $"白玛,2025-03-10,{FormerDistrict.NumberOfPema},{vaccine},{on},{lot},,旧门诊";

    private static readonly string[] Rows =
    [
        OfPema("乙肝疫苗", "20250310", "A1"),
        "白玛,2025年3月10日,,BCG,2025/3/11,,,",
        OfPema("乙肝疫苗", "2025-03-10"),
        OfPema("仙丹", "2025-05-10"),
        OfPema("乙肝疫苗", "2025-03-09"),
        OfPema("乙肝疫苗", "2031-03-09"),
        OfPema("乙肝疫苗", "2025-04"),
        "没有此人,2025-03-10,,卡介苗,2025-03-10,,,",
        "旺堆,1970-05-05,,乙肝疫苗,1999-05-05,,,",
        $"次仁,1980-01-01,{FormerDistrict.NumberOfPema},乙肝疫苗,2025-04-10,,,",
        "白玛,2025-03-10,540102202503100031,乙肝疫苗,2025-04-10,,,",
        ",,,乙肝疫苗,2025-04-10,,,",
        $"央宗,2013-01-15,{FormerDistrict.NumberOfYangzom},麻腮风疫苗,2014-07-20,,,",
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Old_doses_are_told_row_by_row_taken_and_undone_whole(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var before = await ForecastOfPema(district);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, Rows);
        string[] told =
        [
            "new", "new", "refused twice 1", "refused dose.vaccine", "refused dose.before_birth", "refused dose.future", "refused dose.day",
            "unknown nobody", "unknown several", "contradicts number_of_another", "refused number", "refused who", "new",
        ];
        district.RowsOf(take).ShouldBe(told);
        (district.StateOf(take), Doses(district)).ShouldBe(("tried", 0), "a trial writes nothing of a module");
        (await ForecastOfPema(district)).ShouldBe(before);

        await district.Do(take, "take");
        district.StateOf(take).ShouldBe("taken");
        district.RowsOf(take).ShouldBe(told.Select(row => row == "new" ? "taken" : row));
        (await ForecastOfPema(district)).ShouldNotBe(before, "the schedule goes on from the doses that were given");
        (await district.Get<WorkTakeOvers>().Say(FormerDistrict.Clerk(), take, "take")).Refusal!.Code.ShouldBe("histories.state");
        var again = await district.Try("旧免疫系统接种记录_2026.csv", FormerDistrict.Doses, Rows);
        district.RowsOf(again).ShouldBe(told.Select(row => row == "new" ? "known" : row));

        await district.Do(take, "undo");
        district.StateOf(take).ShouldBe("undone");
        district.RowsOf(take).ShouldBe(told.Select(row => row == "new" ? "undone" : row));
        (await ForecastOfPema(district)).ShouldBe(before);
        // What was undone may be taken again.
        district.RowsOf(await district.Try("旧免疫系统接种记录_2027.csv", FormerDistrict.Doses, Rows)).ShouldBe(told);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_somebody_has_worked_on_since_stays_and_is_told(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, Rows);
        await district.Do(take, "take");
        var bcg = district.Store.Read(session => session.Single<long>("select id from immunization_dose where vaccine = 'BCG'"));
        (await district.Get<RecordDose>().Correct(FormerDistrict.Of(Role.Vaccinator), district.Pema, bcg,
            new DoseTold(new DateOnly(2025, 3, 12), "BCG", "", "", "", "", "vaccination_book", ""))).Refusal.ShouldBeNull();
        await district.Do(take, "undo");
        district.RowsOf(take).Count(row => row == "undone").ShouldBe(2);
        district.RowsOf(take)[1].ShouldBe("stays dose.touched");
        InForce(district).ShouldBe(["BCG 2025-03-12"]);
        district.RowsOf(await district.Try("旧免疫系统接种记录_2026.csv", FormerDistrict.Doses, Rows))[1].ShouldBe("contradicts dose.told_again");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_nurse_said_stands_over_an_older_system(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var (nurse, record) = (FormerDistrict.Of(Role.Vaccinator), district.Get<RecordDose>());
        var given = new DoseTold(new DateOnly(2025, 3, 10), "HepB", "Z9", "", "妇幼保健院", "", "vaccination_book", "");
        (await record.Record(nurse, district.Pema, given)).Ok.ShouldBeTrue();
        var taken = (await record.Record(nurse, district.Pema, given with { Vaccine = "BCG" })).Value;
        (await record.Withdraw(nurse, district.Pema, taken, "写错了人")).Ok.ShouldBeTrue();
        district.RowsOf(await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses,
            OfPema("乙肝疫苗", "2025-03-10", "A1"), OfPema("乙肝疫苗", "2025-03-10", "z9"), OfPema("BCG", "2025-03-10")))
            .ShouldBe(["contradicts dose.lot Z9", "refused twice 1", "contradicts dose.taken_back"]);
        district.RowsOf(await district.Try("旧免疫系统接种记录_2026.csv", FormerDistrict.Doses, OfPema("乙肝疫苗", "2025-03-10", "z9")))
            .ShouldBe(["known"]);
    }

    [Fact]
    public async Task A_clinics_list_tells_again_what_was_undone()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        var take = await district.Try("旧免疫系统接种记录_2025.csv", FormerDistrict.Doses, Rows);
        await district.Do(take, "take");
        await district.Do(take, "undo");
        var path = district.In("接种记录_202610.csv");
        await File.WriteAllTextAsync(path, $"姓名,性别,出生日期,证件号码,疫苗名称,接种日期\r\n白玛,男,2025-03-10,{FormerDistrict.NumberOfPema},乙肝疫苗,2025-03-10\r\n", Over);
        (await district.Get<IImmunization>().TakeDoses(path, Actor.System)).Value.Learned.ShouldBe(1);
        InForce(district).ShouldBe(["HepB 2025-03-10"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_workbook_of_a_street_with_merged_cells_is_read_by_its_own_layout(Engine engine)
    {
        await using var district = await FormerDistrict.Open(engine);
        var book = FormerDistrict.Workbook(
            FormerDistrict.Row(1, "八廓街道接种证补录") + FormerDistrict.Row(2, "种的什么", "哪天种的", "孩子", "生日", "身份证", "批次", "在哪里种的")
            + FormerDistrict.Row(3, "乙肝疫苗", "45726", "白玛", "2025.3.10", "", "A1", "旧门诊")
            + FormerDistrict.Row(4, "卡介苗", "２０２５年３月１１日", "", "", "", "", ""),
            "<mergeCell ref=\"A1:G1\"/><mergeCell ref=\"C3:C4\"/><mergeCell ref=\"D3:D4\"/><mergeCell ref=\"G3:G4\"/>");
        var take = await district.Try(FormerDistrict.Clerk(), "八廓街.xlsx", book, "接种证补录");
        district.RowsOf(take).ShouldBe(["new", "new"]);
        await district.Do(take, "take");
        InForce(district).ShouldBe(["BCG 2025-03-11", "HepB 2025-03-10"]);
        (await district.Get<TryFile>().Send(FormerDistrict.Clerk(), district.Put("八廓街.xlsx", book), "八廓街.xlsx", "")).Refusal!.Code
            .ShouldBe("histories.name", "a name that says nothing is not guessed from");
    }

    /// <summary>The decision beside a naive one that goes through everything that was ever said, the latest last.</summary>
    [Fact]
    public void A_dose_is_decided_as_by_whoever_reads_everything_that_was_said()
    {
        var random = new Random(20261130);
        var (people, day) = ((PersonId[])[PersonId.New(), PersonId.New()], new DateOnly(2020, 1, 1));
        var outcomes = new HashSet<string>();
        for (var round = 0; round < 5_000; round++)
        {
            List<HeldDose> held = [.. Enumerable.Range(0, random.Next(5)).Select(_ => new HeldDose(Who(), Some(), Vaccine(), Lot(),
                random.Next(3) switch { 0 => "", 1 => "taken_back", _ => "told_again" }))];
            var told = new OldDose(Who(), [], Some(), Vaccine(), Lot(), "", "", "");
            var decided = OldDoses.Decide(told, held.ToLookup(dose => (dose.Person, dose.On, dose.Vaccine)));
            $"{decided.Becomes} {decided.Why}".Trim().ShouldBe(Naive(told, held), $"{told} beside {string.Join(", ", held)}");
            outcomes.Add($"{decided.Becomes} {decided.Why}");
        }
        outcomes.Count.ShouldBe(5);

        PersonId Who() => people[random.Next(2)];
        DateOnly Some() => day.AddDays(random.Next(2));
        string Vaccine() => random.Next(2) == 0 ? "HepB" : "BCG";
        string Lot() => random.Next(3) switch { 0 => "", 1 => "A1", _ => "b2" };
    }

    private static string Naive(OldDose told, List<HeldDose> held)
    {
        var (answer, last) = ("New", "");
        foreach (var dose in held)
        {
            if (dose.Person != told.Person || dose.On != told.On || dose.Vaccine != told.Vaccine) continue;
            last = dose.Later.Length > 0 ? "Contradicts dose." + dose.Later : last;
            if (dose.Later.Length > 0) continue;
            var against = dose.Lot != "" && told.Lot != "" && !string.Equals(dose.Lot, told.Lot, StringComparison.OrdinalIgnoreCase);
            if (against) answer = "Contradicts dose.lot";
            else if (answer == "New") answer = "Known";
        }
        return answer == "New" && last.Length > 0 ? last : answer;
    }

    private static List<string> InForce(FormerDistrict district) => [.. new[] { district.Pema, district.Yangzom }
        .SelectMany(person => district.Store.Read(session => DoseRow.InForce(session, [person])))
        .Select(dose => $"{dose.Vaccine} {dose.GivenOn}").Order()];

    private static int Doses(FormerDistrict district) =>
        (int)district.Store.Read(session => session.Scalar<long>("select count(*) from immunization_dose"));

    private static async Task<string> ForecastOfPema(FormerDistrict district)
    {
        var card = (await district.Get<IPersonCards>().Open(FormerDistrict.Of(Role.Vaccinator), ImmunizationPermissions.View,
            district.Pema, Over)).Value;
        var standing = (await district.Get<ShowRecord>().Standing(card, statesOpen: true, Over))!.Value;
        return $"{standing.Doses}: " + string.Join(", ", standing.Programmes
            .Select(one => $"{one.Programme.Id} {one.State} {one.Answer?.Earliest}").Order(StringComparer.Ordinal));
    }
}
