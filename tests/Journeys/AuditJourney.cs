namespace Legwork.Journeys.Tests;

public class AuditJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    [Fact]
    public async Task An_auditor_sees_every_look_and_no_file()
    {
        var clerk = await browser.Open(district.Served, "counter");
        await clerk.GotoAsync($"/people/{district.Resident.Person.Value}?for=counter");
        var auditor = await browser.Open(district.Served, "auditor");
        await auditor.ClickAsync("nav a[href='/reads']");
        var log = await auditor.InnerTextAsync("main");
        log.ShouldContain("央金");
        var acts = await auditor.Locator("td:nth-child(5) div:first-child").AllInnerTextsAsync();
        acts.ShouldNotBeEmpty();
        foreach (var act in acts) act.ShouldNotMatch(@"\b[a-z]+\.[a-z_]+\b", "an act is told in words");
        (await auditor.GotoAsync($"/people/{district.Resident.Person.Value}"))!.Status.ShouldBe(403);
        (await auditor.GotoAsync("/day"))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_log_says_whose_file_it_was_and_finds_it_by_name_and_keeps_a_childs_name()
    {
        var clerk = await browser.Open(district.Served, "counter");
        var child = district.Served.Store.Read(session => session.Query<Person>("""
            select id, name from people_file where state = 'open' and birth >= '2018' and length(birth) = 10 and lives <> '' order by id limit 1
            """))[0];
        foreach (var file in new[] { district.Resident.Person.Value, child.Id })
            (await clerk.GotoAsync($"/people/{file}?for=counter"))!.Status.ShouldBe(200);
        var auditor = await browser.Open(district.Served, "auditor");
        await auditor.GotoAsync("/reads");
        (await auditor.InnerTextAsync($"td a[href='/reads?person={district.Resident.Person.Value}'] >> nth=0")).ShouldBe(district.Resident.Name);
        (await auditor.InnerTextAsync($"td a[href='/reads?person={child.Id}'] >> nth=0")).ShouldNotContain(child.Name);
        await auditor.FillAsync("#person", district.Resident.Name);
        await auditor.PressAsync("#person", "Enter");
        await Browser.Reach(auditor, "**/reads?person=*");
        (await auditor.Locator("tbody tr").CountAsync()).ShouldBe(
            await auditor.Locator($"td:has(a[href='/reads?person={district.Resident.Person.Value}'])").CountAsync(), "looks at that file alone");
    }

    private sealed record Person(Guid Id, string Name);
}
