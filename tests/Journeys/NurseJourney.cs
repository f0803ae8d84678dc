using Legwork.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

public class NurseJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    private sealed record Child(Guid Id, string Name, string Birth);

    /// <summary>A child of some months whose name and birth nobody shares.</summary>
    private Child Youngest(int skip) => district.Served.Store.Read(session => session.Query<Child>("""
        select id, name, birth from people_file f where state = 'open' and length(birth) = 10 and birth >= '2025-01-01'
            and birth < '2026-06-01' and lives <> ''
        and (select count(*) from people_file same where same.name = f.name) = 1 order by birth desc, id limit 5
        """))[skip];

    [Fact]
    public async Task A_nurse_types_a_name_and_a_lot_and_the_page_says_what_comes_next()
    {
        var child = Youngest(0);
        var nurse = await browser.Open(district.Served, "vaccinator");
        await nurse.ClickAsync("main a[href='/immunization']");
        (await nurse.QuerySelectorAllAsync("nav a[href='/people']")).ShouldBeEmpty("files are not the nurse's");
        // The box has the focus: nothing is clicked to begin with.
        await nurse.WaitForSelectorAsync("input[name=q]:focus");
        await nurse.Keyboard.TypeAsync($"{child.Name} {child.Birth}");
        await Enter(nurse, $"**/people/{child.Id}/immunization");
        (await nurse.InnerTextAsync("main h1")).ShouldBe(child.Name);
        await nurse.Locator("main a[href*='doses/new?vaccine=HepB']").First.ClickAsync();
        await Browser.Reach(nurse, "**/doses/new?vaccine=HepB");
        await nurse.WaitForSelectorAsync("#lot:focus");
        await nurse.Keyboard.TypeAsync("202611A7");
        await Enter(nurse, "**/immunization?kept=*");
        var kept = await nurse.InnerTextAsync("main .notice");
        kept.ShouldContain("Recorded: Hepatitis B");
        kept.ShouldContain("Counts as Hepatitis B, dose 1");
        kept.ShouldContain("Still possible today");
        // The same again on the same day is a slip.
        await nurse.GotoAsync($"/people/{child.Id}/immunization/doses/new?vaccine=HepB");
        (await nurse.InputValueAsync("#lot")).ShouldBe("202611A7");
        await nurse.ClickAsync("main form[action$='/doses'] button");
        (await nurse.InnerTextAsync(".error-summary")).ShouldContain("The same vaccine of the same day");
    }

    [Fact]
    public async Task A_state_of_health_changes_what_the_nurse_is_told_and_the_counter_learns_nothing_of_it()
    {
        var child = Youngest(1);
        var clerk = await browser.Open(district.Served, "counter");
        await clerk.GotoAsync($"/people/{child.Id}/immunization");
        var before = await clerk.InnerTextAsync("main");
        // A phone without script, in Tibetan: the form is long and must still work.
        var nurse = await browser.Open(district.Served, "vaccinator", width: 360, language: "bo", script: false);
        await nurse.GotoAsync($"/people/{child.Id}/immunization");
        await nurse.ClickAsync("main a[href$='/states/new']");
        await nurse.ClickAsync("main form[action$='/states'] button");
        (await nurse.QuerySelectorAsync(".error-summary")).ShouldNotBeNull();
        await nurse.CheckAsync("input[value='hiv-exposed']");
        await nurse.FillAsync("#since", child.Birth);
        await nurse.CheckAsync("input[value='laboratory']");
        await nurse.ClickAsync("main form[action$='/states'] button");
        (await nurse.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        (await nurse.InnerTextAsync("main")).ShouldContain("HIV");
        await nurse.GotoAsync($"/people/{child.Id}/immunization/doses/new?vaccine=bOPV");
        (await nurse.InnerTextAsync("main .notice")).ShouldContain("hiv-exposed");

        await clerk.ReloadAsync();
        (await clerk.InnerTextAsync("main")).ShouldBe(before);
        (await clerk.InnerTextAsync("main")).ShouldNotContain("HIV");
        (await clerk.GotoAsync($"/people/{child.Id}/immunization/states/new"))!.Status.ShouldBe(403);

        await district.Served.Services.GetRequiredService<DemonstrationAccounts>()
            .Make([new("grown", child.Name, Role.Citizen, ServedDistrict.District, child.Id)]);
        var own = await browser.Open(district.Served, "grown", width: 360);
        await own.GotoAsync("/me/immunization");
        (await own.InnerTextAsync("main")).ShouldContain("Born to an HIV-infected mother");
        await own.GotoAsync("/me/reads");
        (await own.InnerTextAsync("main")).ShouldContain("拉姆");
        (await own.InnerTextAsync("main")).ShouldContain("Vaccination nurse");
    }

    [Fact]
    public async Task A_warning_shows_its_box_at_once_and_going_back_from_it_loses_nothing_that_was_typed()
    {
        var address = $"/people/{Youngest(2).Id}/immunization";
        var nurse = await browser.Open(district.Served, "vaccinator", width: 360);
        await nurse.GotoAsync(address + "/doses/new");
        await nurse.SelectOptionAsync("#vaccine", "MeaslesMumps");
        await nurse.FillAsync("#lot", "202611B2");
        await nurse.FillAsync("#clinic", "妇幼保健院");
        await nurse.FocusAsync("#lot");
        // The address goes back to the form's own at once, so what is waited for is the warning itself.
        await nurse.Keyboard.PressAsync("Enter");
        await nurse.WaitForSelectorAsync("#warned");
        (await nurse.EvaluateAsync<double>("document.querySelector('#warned').getBoundingClientRect().bottom")).ShouldBeLessThan(800,
            "the box is on the first screen of a phone");
        await nurse.FocusAsync("#lot");
        await Task.WhenAll(nurse.WaitForSelectorAsync(".error-summary a[href='#warned']"), nurse.Keyboard.PressAsync("Enter"));
        await nurse.GotoAsync(address + "/doses/new");
        await nurse.SelectOptionAsync("#vaccine", "MeaslesMumps");
        await nurse.FillAsync("#lot", "202611B2");
        await nurse.FillAsync("#clinic", "妇幼保健院");
        await nurse.ClickAsync("main form[action$='/doses'] button[type=submit]");
        await nurse.WaitForSelectorAsync("#warned");
        await nurse.GoBackAsync();
        (await nurse.InputValueAsync("#vaccine"), await nurse.InputValueAsync("#lot"), await nurse.InputValueAsync("#clinic"))
            .ShouldBe(("MeaslesMumps", "202611B2", "妇幼保健院"));
    }

    private static async Task Enter(IPage page, string address)
    {
        await page.Keyboard.PressAsync("Enter");
        await Browser.Reach(page, address);
    }
}
