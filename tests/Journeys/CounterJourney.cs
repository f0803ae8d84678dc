namespace Legwork.Journeys.Tests;

public class CounterJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    [Fact]
    public async Task A_look_at_a_file_at_the_counter_stands_in_what_the_resident_reads_about_it()
    {
        var resident = await browser.Open(district.Served, "resident", width: 360);
        await resident.GotoAsync("/me/reads");
        (await resident.InnerTextAsync("main")).ShouldNotContain("Serving the person at the counter");

        var clerk = await browser.Open(district.Served, "counter");
        await clerk.ClickAsync("nav a[href='/people']");
        await clerk.FillAsync("#q", district.Resident.Name);
        await clerk.ClickAsync("main button[type=submit]");
        await clerk.ClickAsync($"main a[href^='/people/{district.Resident.Person.Value}']");
        var file = await clerk.InnerTextAsync("main");
        file.ShouldContain(district.Resident.Name);
        file.ShouldContain("********");

        await resident.ReloadAsync();
        var reads = await resident.InnerTextAsync("main");
        reads.ShouldContain("央金");
        reads.ShouldContain("Serving the person at the counter");
    }

    [Fact]
    public async Task A_resident_asks_for_a_correction_and_the_clerk_finds_it_as_a_case_with_a_clock()
    {
        var resident = await browser.Open(district.Served, "resident", width: 360, script: false);
        await resident.GotoAsync("/me/corrections/new");
        await resident.ClickAsync("main form[action^='/me'] button");
        (await resident.QuerySelectorAsync(".error-summary")).ShouldNotBeNull();
        await resident.SelectOptionAsync("#field", "phone");
        await resident.FillAsync("#value", "13900000000");
        await resident.FillAsync("#why", "a new telephone");
        await resident.ClickAsync("main form[action^='/me'] button");
        (await resident.InnerTextAsync("main")).ShouldContain("13900000000");

        var clerk = await browser.Open(district.Served, "counter");
        await clerk.GotoAsync("/cases?kind=correction");
        await clerk.Locator("main table a[href^='/cases/']").First.ClickAsync();
        var asked = await clerk.InnerTextAsync("main");
        asked.ShouldContain("13900000000");
        asked.ShouldContain("Due");
    }

    [Fact]
    public async Task Nobody_is_found_gives_advice_and_a_script_in_a_name_stays_text()
    {
        var clerk = await browser.Open(district.Served, "counter");
        await clerk.GotoAsync("/people?q=" + Uri.EscapeDataString("<script>document.title='x'</script>"));
        (await clerk.TitleAsync()).ShouldNotBe("x");
        (await clerk.QuerySelectorAllAsync("main table")).ShouldBeEmpty();
        (await clerk.InputValueAsync("#q")).ShouldContain("<script>");
    }
}
