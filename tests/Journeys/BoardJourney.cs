namespace Legwork.Journeys.Tests;

public class BoardJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    [Fact]
    public async Task An_officer_goes_from_the_district_to_the_tasks_of_one_grid_and_meets_no_person()
    {
        var officer = await browser.Open(district.Served, "officer");
        await officer.GotoAsync("/board");
        (await officer.QuerySelectorAllAsync("main svg a")).Count.ShouldBe(24);
        await officer.GotoAsync($"/board?place={district.Grid[..9]}");
        await officer.GotoAsync($"/board/grids/{district.Grid}");
        var name = await officer.InnerTextAsync("main h1");
        await officer.Locator($"main a[href*='/cases?place={district.Grid}']").First.ClickAsync();
        var tasks = await officer.InnerTextAsync("main");
        tasks.ShouldContain(name);
        tasks.ShouldNotContain(district.Resident.Name);
        (await officer.GotoAsync("/people"))!.Status.ShouldBe(403);
    }

    [Theory, InlineData("zh-CN"), InlineData("bo"), InlineData("en")]
    public async Task The_board_fits_a_phone(string language)
    {
        var officer = await browser.Open(district.Served, "officer", width: 360, language: language);
        await officer.GotoAsync("/board");
        (await officer.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        await officer.Context.CloseAsync();
    }
}
