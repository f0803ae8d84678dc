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
        foreach (var act in await auditor.Locator("td:nth-child(4) div:first-child").AllInnerTextsAsync())
            act.ShouldNotMatch(@"\b[a-z]+\.[a-z_]+\b", "an act is told in words");
        (await auditor.GotoAsync($"/people/{district.Resident.Person.Value}"))!.Status.ShouldBe(403);
        (await auditor.GotoAsync("/day"))!.Status.ShouldBe(403);
    }
}
