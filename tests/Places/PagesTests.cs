using System.Net;
using System.Text.Json;
using Legwork.Places.Contracts;
using Legwork.Places.Queue;
using Legwork.Platform.Access;

namespace Legwork.Places.Tests;

public class PagesTests
{
    private const string Old = "540102008001-G02";

    [Fact]
    public async Task A_clerk_settles_a_text_takes_it_back_and_sets_it_aside()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.Clerk, "540102");
        var entry = await Ask(site, "太阳花园3区1-2-101");
        var (_, list) = await site.Get("/places/unresolved");
        list.QuerySelector("a[href='" + entry + "']")!.TextContent.ShouldBe("太阳花园3区1-2-101");

        var (_, page) = await site.Get(entry);
        var first = page.QuerySelector("input[name=answer]")!.GetAttribute("value")!;
        Guid.Parse(first).ShouldBe(site.Places.Book.Find("540102008/太阳小区3区1-2-101")!.Id);
        var (status, after) = await site.Send(page, entry, ("answer", first));
        status.ShouldBe(HttpStatusCode.OK);
        after.QuerySelector(".notice")!.TextContent.ShouldContain("Settled");
        site.Places.Book.Resolve("太阳花园三区1幢2单元101").How.ShouldBe(How.Alias);

        var (_, lessons) = await site.Get("/places/unresolved?state=settled");
        await site.Send(lessons, "/places/lessons/1/undo");
        site.Places.Book.Resolve("太阳花园3区1-2-101").Dwelling.ShouldBeNull();

        (_, page) = await site.Get(entry);
        await site.Send(page, entry, ("answer", "set_aside"));
        site.District.Store.Read(UnresolvedRow.Waiting).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_that_asks_for_a_place_is_offered_those_that_hold_now_by_name()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.Supervisor, "540102008");
        await site.Places.Carry(site.Places.Plan(new SplitGrid(Old, [(91.115, 29.0), (91.115, 30.0)], null)).Value, site.Someone);
        site.Someone = OpenDistrict.Someone(Role.GridWorker, "540102008001-G01");
        var offered = JsonSerializer.Deserialize<List<string[]>>(await site.GetText("/places/choices"))!
            .ToDictionary(pair => pair[0], pair => pair[1]);
        offered.ShouldNotContainKey(Old);
        offered["540102008"].ShouldBe("Liangdao");
        offered["540102008001-G04"].ShouldStartWith("Liangdao ");
        offered["540102008001-G04"].ShouldEndWith("G04");
        site.Someone = OpenDistrict.Someone(Role.Citizen, "540102");
        (await site.Get("/places/choices")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_clerk_writes_another_address_or_adds_a_dwelling()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.Clerk, "540102");
        var entry = await Ask(site, "向阳院3区1-2-101");
        var (_, page) = await site.Get(entry);
        var (status, again) = await site.Send(page, entry, ("answer", "other"), ("other", "没有的小区1-1-1"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.QuerySelector("#other-error").ShouldNotBeNull();
        again.QuerySelector("#other")!.GetAttribute("value").ShouldBe("没有的小区1-1-1");

        await site.Send(again, entry, ("answer", "other"), ("other", "太阳小区3区1-2-101"), ("whole", "yes"));
        site.Places.Book.Resolve("向阳院3区2-1-302").Grid.ShouldBe("540102008001-G01");

        var door = await Ask(site, "两岛路15号附2");
        (_, page) = await site.Get(door);
        await site.Send(page, door, ("answer", "new"), ("grid", Old));
        site.Places.Book.Find("540102008/两岛路15号附2号").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_typed_address_that_finds_no_dwelling_comes_back_with_those_near_it_to_choose_from()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.Clerk, "540102");
        var entry = await Ask(site, "向阳院3区1-2-101");
        var meant = site.Places.Book.Find("540102008/太阳小区3区1-2-101")!.Id.ToString();
        var (_, page) = await site.Get(entry);
        Offered(page).ShouldNotContain(meant);
        var (status, again) = await site.Send(page, entry, ("answer", "other"), ("other", "太阳小去3区1-2-101"), ("whole", "yes"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.QuerySelector("#other-error")!.TextContent.ShouldContain("near it");
        again.QuerySelector("#other")!.GetAttribute("value").ShouldBe("太阳小去3区1-2-101");
        again.QuerySelector("input[name=whole]")!.HasAttribute("checked").ShouldBeTrue();
        Offered(again).ShouldContain(meant);
        Offered(again).ShouldBeUnique();
        site.District.Store.Read(UnresolvedRow.Waiting).ShouldHaveSingleItem("nothing was settled by a guess");

        site.Someone = OpenDistrict.Someone(Role.Clerk, "540102011");
        (await site.Send(page, entry, ("answer", "other"), ("other", "太阳小去3区1-2-101"))).Page
            .QuerySelectorAll($"input[value='{meant}']").ShouldBeEmpty("another street's dwellings are not offered");

        site.Someone = OpenDistrict.Someone(Role.Clerk, "540102");
        await site.Send(again, entry, ("answer", meant), ("other", "太阳小去3区1-2-101"), ("whole", "yes"));
        site.Places.Book.Resolve("向阳院3区2-1-302").Grid.ShouldBe("540102008001-G01");
    }

    private static List<string?> Offered(AngleSharp.Dom.IDocument page) =>
        [.. page.QuerySelectorAll("input[name=answer]").Select(choice => choice.GetAttribute("value"))];

    [Fact]
    public async Task A_supervisor_looks_at_a_split_before_it_happens()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.Supervisor, "540102008");
        var (_, list) = await site.Get("/places/grids");
        list.QuerySelectorAll("tbody tr").Length.ShouldBe(3);
        var (_, page) = await site.Get("/places/grids/" + Old);
        var stretches = page.QuerySelectorAll("input[name=leaving]").Select(input => input.GetAttribute("value")).ToList();
        stretches.ShouldBe(["两岛路 1–20", "两岛路 21–40", "和平大院1区1栋", "和平大院1区2栋", "和平大院1区3栋"], ignoreOrder: true);

        var (_, plan) = await site.Send(page, $"/places/grids/{Old}/plan", ("leaving", "两岛路 1–20"), ("leaving", "两岛路 21–40"));
        plan.Body!.TextContent.ShouldContain("540102008001-G05");
        site.Places.Book.Grid(Old)!.Until.ShouldBeNull();
        var (status, done) = await site.Send(plan, $"/places/grids/{Old}/carry");
        status.ShouldBe(HttpStatusCode.OK);
        done.QuerySelector(".notice")!.TextContent.ShouldContain("split");
        site.Places.Book.Resolve("两岛路15号").Grid.ShouldBe("540102008001-G05");

        var (_, retired) = await site.Get("/places/grids/" + Old);
        retired.Body!.TextContent.ShouldContain("Retired on 22 November 2026");
        retired.QuerySelector("form[action$=plan]").ShouldBeNull();
    }

    [Fact]
    public async Task A_line_that_crosses_nothing_comes_back_with_its_error()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.Supervisor, "540102008");
        var (_, page) = await site.Get("/places/grids/" + Old);
        foreach (var line in new[] { "91, 29; 91, 30", "here to there", "" })
        {
            var (status, again) = await site.Send(page, $"/places/grids/{Old}/plan", ("line", line));
            status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            again.QuerySelector("#line-error").ShouldNotBeNull();
        }
        var (_, merged) = await site.Send(page, $"/places/grids/{Old}/plan", ("with", "540102008001-G01"));
        merged.Body!.TextContent.ShouldContain("540102008001-G04");
    }

    [Theory]
    [InlineData("/places/unresolved", "Clerk", "Supervisor")]
    [InlineData("/places/unresolved/1", "Clerk", "Supervisor")]
    [InlineData("/places/grids", "Supervisor", "Officer", "Auditor")]
    [InlineData("/places/grids/" + Old, "Supervisor", "Officer", "Auditor")]
    [InlineData("/places/grids.geojson", "GridWorker", "Clerk", "Supervisor", "Officer", "Auditor")]
    public async Task A_page_opens_for_its_roles_only_and_within_their_scope(string address, params string[] roles)
    {
        await using var site = await PlacesSite.Open();
        await Ask(site, "两岛街道太阳花园3区1-2-101");
        foreach (var role in OpenDistrict.Roles)
        {
            site.Someone = OpenDistrict.Someone(role, "540102");
            (await site.Get(address)).Status.ShouldBe(roles.Contains(role.Code) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{role} {address}");
        }
        if (address.Any(char.IsAsciiDigit))
        {
            site.Someone = OpenDistrict.Someone(Role.Supervisor, "540102011");
            (await site.Get(address)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
        site.Someone = OpenDistrict.Someone(Role.Clerk, "540102");
        (await site.PostWithoutToken("/places/unresolved/1")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_map_holds_the_grids_of_the_readers_scope()
    {
        await using var site = await PlacesSite.Open();
        site.Someone = OpenDistrict.Someone(Role.GridWorker, "540102011");
        using var map = JsonDocument.Parse(await site.GetText("/places/grids.geojson"));
        map.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => feature.GetProperty("properties").GetProperty("street").GetString())
            .ShouldBe(["夺底街道", "夺底街道", "夺底街道"]);
    }

    /// <returns>Address of the entry's page.</returns>
    private static async Task<string> Ask(PlacesSite site, string text)
    {
        await site.District.Store.Write(session => site.Places.Ask(session, site.Places.Book, [new AskedText(text, null, "网格台账")]));
        return "/places/unresolved/" + site.District.Store.Read(UnresolvedRow.Waiting).Last().Id;
    }
}
