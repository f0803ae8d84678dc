using System.Net;
using Legwork.People.Guardians;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>Who is recorded as a guardian, and what the clerk is told of it.</summary>
public class GuardianTests
{
    [Theory]
    [InlineData("parent", "2002-02-28", "2016-02-29", null)]
    [InlineData("parent", "2002-03-01", "2016-02-29", "people.guardian.ages")]
    [InlineData("parent", "2003", "2016-02-29", "people.guardian.ages")]
    [InlineData("parent", "2002", "2016-02-29", null)]
    [InlineData("parent", "", "2016-02-29", null)]
    [InlineData("parent", "2003-03-01", "", null)]
    [InlineData("grandparent", "1990-01-01", "2016-02-29", "people.guardian.ages")]
    [InlineData("grandparent", "1980-01-01", "2016-02-29", null)]
    [InlineData("adult_child", "1992-05-12", "1985", "people.guardian.ages")]
    [InlineData("adult_child", "1992-05-12", "1960", null)]
    [InlineData("guardian", "2003-03-01", "2016-02-29", null)]
    [InlineData("court", "2003-03-01", "2016-02-29", null)]
    public async Task Whoever_is_too_near_in_age_is_no_parent_and_a_birth_that_is_not_known_refuses_nobody(string kind, string guardian, string ward,
        string? refusal)
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var (drolma, tenzin) = (district.FileOf("卓玛"), district.FileOf("丹增"));
        foreach (var (id, birth) in new[] { (drolma, guardian), (tenzin, ward) })
            await district.Store.Write(session => session.Execute("update people_file set birth = @birth where id = @id", new { id, birth }));
        var recorded = await district.Get<RecordGuardian>()
            .Run(SmallDistrict.Clerk(), tenzin, new GuardianAsked(drolma, kind, "household_book", "", null));
        (recorded.Refusal?.Code).ShouldBe(refusal);
        district.Store.Read(session => session.Scalar<long>("select count(*) from people_guardian")).ShouldBe(refusal is null ? 1 : 0);
    }

    [Fact]
    public async Task What_was_recorded_is_told_with_a_way_back_and_on_and_only_to_whoever_did_it_on_that_day()
    {
        await using var host = await DeskHost.Open();
        var tenzin = host.District.FileOf("丹增");
        var (clerk, other) = (host.As(SmallDistrict.Clerk()), host.As(SmallDistrict.Clerk(name: "窗口二号")));
        var form = $"/people/{tenzin}/guardians";
        (await clerk.Get(form)).Page.QuerySelector(".done").ShouldBeNull();
        var after = (await clerk.Send(form, form, new() { ["guardian"] = MadeUp.Drolma, ["kind"] = "parent", ["evidence"] = "household_book" }))
            .Location!;
        var page = (await clerk.Get(after)).Page;
        var done = page.QuerySelector(".done")!;
        done.TextContent.ShouldContain("监护人已登记");
        done.TextContent.ShouldContain("父母 · 卓玛");
        done.TextContent.ShouldContain("到 2034年2月28日 为止");
        done.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/people/{tenzin}");
        page.QuerySelector("main")!.TextContent.ShouldContain("窗口登记 · 到 2034年2月28日");
        (await other.Get(after)).Page.QuerySelector(".done").ShouldBeNull("somebody else recorded it");

        var undo = done.QuerySelector("form")!;
        var back = await clerk.Send(after, undo.GetAttribute("action")!,
            undo.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value")!));
        done = (await clerk.Get(back.Location!)).Page.QuerySelector(".done")!;
        done.TextContent.ShouldContain("监护登记已解除");
        done.QuerySelector("form").ShouldBeNull();
        host.District.Store.Read(session => session.Scalar<long>("select count(*) from people_guardian where ended_at is null")).ShouldBe(0);

        host.District.Clock.Advance(TimeSpan.FromDays(1));
        (await clerk.Get(back.Location!)).Page.QuerySelector(".done").ShouldBeNull("it was yesterday");
        (await clerk.Get($"/people/{host.District.FileOf("卓玛")}/guardians?done=1")).Page.QuerySelector(".done").ShouldBeNull("another's file");
    }

    [Fact]
    public async Task Who_is_too_near_in_age_stays_chosen_beside_what_is_wrong()
    {
        await using var host = await DeskHost.Open();
        var tashi = host.District.FileOf("扎西次仁");
        var form = $"/people/{tashi}/guardians";
        var (status, page, _) = await host.As(SmallDistrict.Clerk()).Send(form, form,
            new() { ["guardian"] = MadeUp.Penba, ["kind"] = "parent", ["evidence"] = "household_book" });
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#guardian-error")!.TextContent.ShouldContain("年龄相差太小");
        page.QuerySelector("#guardian")!.GetAttribute("value").ShouldBe(MadeUp.Penba);
        (await host.As(SmallDistrict.Clerk()).Send(form, form,
            new() { ["guardian"] = MadeUp.Tsering, ["kind"] = "parent", ["evidence"] = "household_book" })).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_recorded_correction_is_told_with_a_way_back_and_on()
    {
        await using var host = await DeskHost.Open();
        var drolma = host.District.FileOf("卓玛");
        var clerk = host.As(SmallDistrict.Clerk());
        var after = (await clerk.Send($"/people/{drolma}/statements/new", $"/people/{drolma}/statements",
            new() { ["field"] = "name", ["value"] = "仓木决", ["evidence"] = "household_book" })).Location!;
        var done = (await clerk.Get(after)).Page.QuerySelector(".done")!;
        done.TextContent.ShouldContain("更正已登记");
        done.TextContent.ShouldContain("仓木决");
        done.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/people/{drolma}/statements/new");
        (await host.As(SmallDistrict.Clerk(name: "窗口二号")).Get(after)).Page.QuerySelector(".done").ShouldBeNull();

        await clerk.Send(after, done.QuerySelector("form")!.GetAttribute("action")!, []);
        (await clerk.Get(after)).Page.QuerySelector(".done").ShouldBeNull("it was taken back");
        host.District.Store.Read(session => session.Scalar<long>("select count(*) from people_statement where withdrawn_at is null")).ShouldBe(0);
    }
}
