using System.Text;
using Legwork.Kernel;
using Legwork.People.Export;
using Legwork.People.Registers;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Legwork.People.Tests;

public class ListTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Sent_lists_are_taken_in_behind_the_page_and_leave_no_file_behind(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        district.Clock.Advance(TimeSpan.FromDays(30));
        MadeUp.Write(district.In("sent"), "202611", drolma: "卓玛措");
        var files = Directory.EnumerateFiles(district.In("sent")).Where(path => !path.Contains("在校学生")).Select(Sent).ToList();
        var before = Directory.EnumerateDirectories(Path.GetTempPath(), "legwork-lists-*").Count();
        var job = await district.Get<ReceiveLists>().Run(SmallDistrict.Clerk(), files);
        await district.Get<ListJobs>().Idle;

        var done = (await district.Get<ListDesk>().Job(SmallDistrict.Clerk(), job.Value, Over))!;
        done.State.ShouldBe("done", done.Result);
        done.Outcome.Files.Single(file => file.Source == "户籍人口")
            .ShouldSatisfyAllConditions(file => file.Verdict.ShouldBe("Take"), file => file.Changed.ShouldBe(2));
        Directory.EnumerateDirectories(Path.GetTempPath(), "legwork-lists-*").Count().ShouldBeLessThanOrEqualTo(before);
        var line = (await district.Get<ListDesk>().View(SmallDistrict.Clerk(), 1, Over)).Imports
            .Single(import => import.Source == "户籍人口" && import.Period == "2026-11");
        line.ShouldSatisfyAllConditions(import => import.RowsBefore.ShouldBe(6), import => import.Rows.ShouldBe(6),
            import => import.CanBeUndone.ShouldBe(1));

        var undo = await district.Get<ListJobs>().Undo(SmallDistrict.Clerk(), line.Id);
        await district.Get<ListJobs>().Idle;
        (await district.Get<ListDesk>().Job(SmallDistrict.Clerk(), undo.Value, Over))!
            .ShouldSatisfyAllConditions(undone => undone.State.ShouldBe("done", undone.Result));
        district.FileOf("卓玛").ShouldNotBe(default);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Checking_lists_says_what_taking_them_would_do_and_stores_nothing(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        district.Clock.Advance(TimeSpan.FromDays(30));
        MadeUp.Write(district.In("sent"), "202611", drolma: "卓玛措");
        File.Delete(Path.Combine(district.In("sent"), "在校学生_2026秋.csv"));
        MadeUp.WritePlaces(district.In("sent"));
        File.WriteAllText(Path.Combine(district.In("sent"), "死亡登记_2026.csv"), "姓名;性别\r\n一;男\r\n");
        var files = Directory.EnumerateFiles(district.In("sent")).Select(Sent).ToList();
        var before = Stored(district);
        var job = await district.Get<ReceiveLists>().Run(SmallDistrict.Clerk(), files, checkOnly: true);
        await district.Get<ListJobs>().Idle;

        var said = (await district.Get<ListDesk>().Job(SmallDistrict.Clerk(), job.Value, Over))!.Outcome;
        said.CheckedOnly.ShouldBeTrue();
        said.Grids.ShouldHaveSingleItem().Same.ShouldBe(2);
        said.Files.Single(file => file.Source == "死亡登记").Verdict.ShouldBe("Refuse");
        var told = said.Files.Single(file => file.Source == "户籍人口");
        Stored(district).ShouldBe(before, "nothing of what was looked at is kept, not even a refusal");

        var taken = (await district.Get<Contracts.IRegisters>().TakeFolder(district.In("sent"), Actor.System)).Files
            .Single(file => file.Source == "户籍人口");
        (told.Verdict, told.Rows, told.Learned, told.Changed, told.Ended).ShouldBe(("Take", taken.Rows, taken.Learned, taken.Changed, taken.Ended));
    }

    private static string Stored(SmallDistrict district) => district.Store.Read(s => string.Join(' ', new[]
    {
        "people_import", "people_record", "people_row", "people_file", "people_finding", "people_refused_file", "places_grid", "places_dwelling",
        "places_unresolved",
    }.Select(table => s.Scalar<long>($"select count(*) from {table}"))));

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_damaged_list_is_refused_whole_and_says_why_on_its_page(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var broken = new FormFile(new MemoryStream(Encoding.UTF8.GetBytes("姓名;性别\r\n一;男\r\n")), 0, 24, "files", "参保人员_202611.csv");
        var job = await district.Get<ReceiveLists>().Run(SmallDistrict.Clerk(), [broken]);
        await district.Get<ListJobs>().Idle;
        var refused = (await district.Get<ListDesk>().Job(SmallDistrict.Clerk(), job.Value, Over))!.Outcome.Files.ShouldHaveSingleItem();
        refused.Verdict.ShouldBe("Refuse");
        refused.Refusals.ShouldAllBe(said => said.Zh.Length > 0 && said.En.Length > 0);
        (await district.Get<ListDesk>().View(SmallDistrict.Clerk(), 1, Over)).Refused.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("../../etc/户籍人口_202611.csv", null)]
    [InlineData("C:\\lists\\户籍人口_202611.csv", null)]
    [InlineData("program.exe", "people.upload.ending")]
    [InlineData(".csv", "people.upload.name")]
    [InlineData("a\nb.csv", "people.upload.name")]
    public void A_files_name_never_leads_out_of_its_folder(string name, string? code) =>
        (ReceiveLists.Check([new FormFile(new MemoryStream([1]), 0, 1, "files", name)])?.Code).ShouldBe(code);

    [Fact]
    public async Task A_clerk_of_one_street_takes_no_lists_in()
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var refused = await district.Get<ReceiveLists>()
            .Run(SmallDistrict.Clerk(SmallDistrict.BakuoStreet), [new FormFile(new MemoryStream([1]), 0, 1, "files", "a.csv")]);
        refused.Refusal!.Code.ShouldBe("people.import.out_of_scope");
        (await district.Get<ListJobs>().Undo(SmallDistrict.Clerk(SmallDistrict.BakuoStreet), 1)).Refusal!.Code.ShouldBe("people.import.out_of_scope");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_street_sees_the_imports_of_its_own_staff_and_the_district_sees_all(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (desk, accounts) = (district.Get<ListDesk>(), district.Get<Accounts>());
        var colleague = await district.Store.Write(session =>
        {
            var id = accounts.Create(session, "colleague", "同事", "long enough 1").Value;
            accounts.Give(session, id, Role.Clerk, SmallDistrict.BakuoStreet, new DateOnly(2020, 1, 1), null, Guid.Empty);
            // Sent while the colleague acted for the district.
            session.Execute("update people_import set account = @id where id = 1", new { id });
            session.Execute("""
                insert into people_refused_file (file_name, source, at, account, code, sentence, detail)
                values ('own.csv', '', 0, @id, 'c', 's', 'd'), ('other.csv', '', 0, @other, 'c', 's', 'd')
                """, new { id, other = Guid.CreateVersion7() });
            return id;
        });
        var (bakuo, jiri) = (SmallDistrict.Clerk(SmallDistrict.BakuoStreet), SmallDistrict.Clerk(SmallDistrict.JiriStreet));

        var own = await desk.View(bakuo, 1, Over);
        own.Imports.Select(import => import.Id).ShouldBe([1]);
        own.Refused.Select(file => file.FileName).ShouldBe(["own.csv"]);
        (await desk.Find(bakuo, 1, Over)).ShouldNotBeNull();
        (await desk.Find(bakuo, 2, Over)).ShouldBeNull();
        (await desk.View(bakuo with { Account = colleague }, 1, Over)).Imports.ShouldHaveSingleItem();
        (await desk.View(jiri, 1, Over)).Imports.ShouldBeEmpty();
        (await desk.Find(jiri, 1, Over)).ShouldBeNull();
        var all = await desk.View(SmallDistrict.Clerk(), 1, Over);
        all.Imports.Count.ShouldBeGreaterThan(2);
        all.Refused.Count.ShouldBe(2);

        var job = (await district.Get<ListJobs>().Undo(SmallDistrict.Clerk(), all.Imports[0].Id)).Value;
        await district.Get<ListJobs>().Idle;
        (await desk.Job(SmallDistrict.Clerk(), job, Over)).ShouldNotBeNull();
        (await desk.Job(bakuo, job, Over)).ShouldBeNull();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_export_holds_the_own_area_only_masked_and_is_one_entry_in_the_log(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var clerk = SmallDistrict.Clerk(SmallDistrict.JiriStreet);
        (await district.Get<ExportPeople>()
            .Run(clerk, new ExportAsked(SmallDistrict.BakuoStreet, "", "", "lives"))).Refusal!.Code.ShouldBe("people.export.out_of_scope");
        (await district.Get<ExportPeople>().Run(clerk, new ExportAsked(SmallDistrict.JiriStreet + "0", "", "", "lives")))
            .Refusal!.Code.ShouldBe("people.export.out_of_scope", "ten digits are no place, whatever begins with them");
        var entries = district.Log().Count;

        var table = await Csv(district, clerk, new ExportAsked(SmallDistrict.JiriStreet, "", "", "lives"));
        table.ShouldStartWith("\ufeff姓名,");
        table.ShouldContain("次仁");
        table.ShouldNotContain("卓玛");
        table.ShouldNotContain(MadeUp.Tsering);
        table.ShouldContain(ResidentNumber.Mask(MadeUp.Tsering));
        district.Log().Count.ShouldBe(entries + 1);
        district.Log()[^1].ShouldBe("people.export export");
        (await Csv(district, clerk, new ExportAsked(SmallDistrict.JiriStreet, "separated", "", "lives")))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2,3", "\"'-2,3\"")]
    [InlineData("扎西", "扎西")]
    [InlineData("说\"好\"", "\"说\"\"好\"\"\"")]
    public void A_cell_is_never_run_as_a_formula(string text, string cell) => CsvCell.Of(text).ShouldBe(cell);

    private static async Task<string> Csv(SmallDistrict district, Actor actor, ExportAsked asked)
    {
        using var stream = new MemoryStream();
        await (await district.Get<ExportPeople>().Run(actor, asked)).Value(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IFormFile Sent(string path) => new FormFile(new MemoryStream(File.ReadAllBytes(path)), 0,
        new FileInfo(path).Length, "files", Path.GetFileName(path));
}
