using System.Net;
using Legwork.People.Registers;
using Legwork.Platform.Access;

namespace Legwork.People.Tests;

/// <summary>What a clerk of one street may see of lists and do with them: lists concern the whole district.</summary>
public class StreetImportTests
{
    [Fact]
    public async Task A_streets_clerk_sees_the_own_streets_imports_and_neither_takes_in_nor_takes_back()
    {
        await using var host = await DeskHost.Open();
        var colleague = await host.District.Store.Write(session =>
        {
            var accounts = host.District.Get<Accounts>();
            var id = accounts.Create(session, "colleague", "同事", "long enough 1").Value;
            accounts.Give(session, id, Role.Clerk, SmallDistrict.BakuoStreet, new DateOnly(2020, 1, 1), null, Guid.Empty);
            session.Execute("update people_import set account = @id where id = 1", new { id });
            return id;
        });
        var job = (await host.District.Get<ListJobs>().Undo(SmallDistrict.Clerk(), Imports(host).Count)).Value;
        await host.District.Get<ListJobs>().Idle;
        var (before, jobs) = (Imports(host), Jobs(host));
        var form = $"/people/{host.District.FileOf("扎西次仁")}/same";

        var here = SmallDistrict.Clerk(SmallDistrict.BakuoStreet);
        foreach (var clerk in new[] { here, here with { Account = colleague } })
        {
            var street = host.As(clerk);
            var (status, page, _) = await street.Get("/imports");
            status.ShouldBe(HttpStatusCode.OK);
            page.QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")).ShouldBe(["/imports/1"]);
            page.QuerySelectorAll("main form, input[type=file]").ShouldBeEmpty();
            (status, page, _) = await street.Get("/imports/1");
            status.ShouldBe(HttpStatusCode.OK);
            page.QuerySelectorAll("a[href$='/undo']").ShouldBeEmpty();
            (await street.Get("/imports/2")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await street.Get($"/imports/jobs/{job}")).Status.ShouldBe(HttpStatusCode.NotFound);

            (await street.SendFile(form, "/imports", "files", "户籍人口_202612.csv", "姓名,公民身份号码\n某某,\n"u8.ToArray())).Status
                .ShouldBe(HttpStatusCode.Forbidden);
            foreach (var import in new[] { 1, 2 })
            {
                (await street.Get($"/imports/{import}/undo")).Status.ShouldBe(HttpStatusCode.Forbidden);
                (await street.Send(form, $"/imports/{import}/undo", [])).Status.ShouldBe(HttpStatusCode.Forbidden);
            }
        }
        await host.District.Get<ListJobs>().Idle;
        Imports(host).ShouldBe(before);
        Jobs(host).ShouldBe(jobs, "no work was begun");
        (await host.As(SmallDistrict.Clerk()).Get("/imports/2")).Status.ShouldBe(HttpStatusCode.OK, "the district's clerk sees it");
    }

    private static List<string> Imports(DeskHost host) => host.District.Store.Read(session => session.Query<string>(
        "select cast(id as text) || ' ' || state from people_import order by id"));

    private static long Jobs(DeskHost host) => host.District.Store.Read(session => session.Scalar<long>("select count(*) from people_job"));
}
