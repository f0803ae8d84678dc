namespace Legwork.Journeys.Tests;

/// <summary>A supervisor is away: an administrator arranges who stands in, and every page of that one says in whose name it is.</summary>
public class StandInJourney(Browser browser, ServedDistrict district) : IClassFixture<ServedDistrict>
{
    [Fact]
    public async Task A_stand_in_works_in_the_absent_ones_name_until_that_one_is_back()
    {
        var admin = await browser.Open(district, "admin");
        await admin.GotoAsync("/staff?q=supervisor");
        await admin.Locator("a[href^='/staff/0']").First.ClickAsync();
        await admin.Locator("a[href$='/stand-in']").ClickAsync();
        await admin.FillAsync("#until", "1999-01-01");
        await admin.FillAsync("#reason", "training");
        await admin.Locator("form:has(#deputy) button").ClickAsync();
        (await admin.Locator(".error-summary li").CountAsync()).ShouldBe(2, "the stand-in and the day");
        (await admin.InputValueAsync("#reason")).ShouldBe("training", "nothing typed is lost");
        await admin.FillAsync("#deputy", "clerk");
        await admin.FillAsync("#until", Platform.Calendar.Today(TimeProvider.System).AddDays(3).ToString("yyyy-MM-dd"));
        await admin.Locator("form:has(#deputy) button").ClickAsync();
        (await admin.Locator("tbody tr").CountAsync()).ShouldBe(1);

        var clerk = await browser.Open(district, "clerk", width: 360, language: "bo");
        await Axe.Bring(clerk.Context);
        (await clerk.GotoAsync("/queue/substitutes"))!.Status.ShouldBe(403);
        await clerk.GotoAsync("/");
        await clerk.Locator("form[action$='/work'] button").ClickAsync();
        (await clerk.Locator(".in-name").CountAsync()).ShouldBe(1);
        (await clerk.GotoAsync("/queue/substitutes"))!.Status.ShouldBe(200);
        (await clerk.Locator(".in-name").CountAsync()).ShouldBe(1, "every page says in whose name it is");
        (await Axe.Violations(clerk)).ShouldBeEmpty();

        // A page left open in one name is no good once the sign-in works in another.
        var left = await clerk.Context.NewPageAsync();
        await left.GotoAsync("/stand-ins");
        await clerk.Locator("form[action='/stand-ins/own-name'] button").ClickAsync();
        (await clerk.Locator(".in-name").CountAsync()).ShouldBe(0);
        var refused = await left.RunAndWaitForResponseAsync(() => left.Locator("form[action$='/end'] button").First.ClickAsync(),
            answer => answer.Request.Method == "POST");
        refused.Status.ShouldBe(400);

        var supervisor = await browser.Open(district, "supervisor", width: 360);
        await supervisor.GotoAsync("/");
        await supervisor.Locator("form[action$='/end'] button").ClickAsync();
        (await supervisor.Locator(".notice.good").CountAsync()).ShouldBe(1);
        await clerk.GotoAsync("/");
        (await clerk.Locator("form[action$='/work']").CountAsync()).ShouldBe(0, "the work is back");
    }
}
