using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

public class DoorJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    private const string CaseIs = "select count(*) from cases_case where id = @id and state = @state";

    [Fact]
    public async Task An_answer_given_at_the_door_without_network_is_sent_later_verified_by_someone_else_and_stands_in_the_file()
    {
        var worker = await browser.Open(district.Served, "door", width: 360);
        await worker.GotoAsync("/day");
        await worker.EvaluateAsync(Chromium.UntilKept);
        await worker.Context.SetOfflineAsync(true);
        await worker.ReloadAsync();
        await worker.Locator(".day-visit[href^='#']").First.ClickAsync();
        var question = worker.Locator("form.day-question", new() { Has = worker.Locator("input[value=lives_here]") }).First;
        var id = (await question.Locator("input[type=radio]").First.GetAttributeAsync("name"))![2..38];
        await question.Locator(".choice", new() { HasText = "Lives here" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Keep the answer" }).ClickAsync();
        await Assertions.Expect(worker.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "1");
        State(id, "open").ShouldBe(1);

        await worker.Context.SetOfflineAsync(false);
        await Assertions.Expect(worker.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "0");
        State(id, "answered").ShouldBe(1);

        // Whoever answered cannot verify; the page does not even offer it.
        await worker.GotoAsync($"/cases/{id}");
        (await worker.QuerySelectorAsync("form[action$='/verify']")).ShouldBeNull();

        var supervisor = await browser.Open(district.Served, "checker");
        await supervisor.ClickAsync("a[href='/queue']");
        await supervisor.ClickAsync($"main a[href^='/cases/{id}']");
        (await supervisor.InnerTextAsync("main")).ShouldContain("Lives here");
        await supervisor.Locator("form").Filter(new() { HasText = "Verify and close" }).GetByRole(AriaRole.Button).First.ClickAsync();
        State(id, "closed").ShouldBe(1);
        (await district.Afterwards("select count(*) from people_finding where case_id = @id and state = 'open'",
            new { id = Guid.Parse(id) })).ShouldBe(0);
        (await district.Afterwards("select count(*) from people_statement where source = 'case' and evidence like @like",
            new { like = $"case {id}%" })).ShouldBe(1);
    }

    [Fact]
    public async Task The_day_fits_a_phone_in_each_language_and_works_without_script()
    {
        foreach (var language in new[] { "zh-CN", "bo", "en" })
        {
            var page = await browser.Open(district.Served, "door", width: 360, language: language, script: false);
            await page.GotoAsync("/day");
            await page.Locator("main a[href^='/day/']").Last.ClickAsync();
            await Assertions.Expect(page.Locator("main form").First).ToBeVisibleAsync();
            (await page.Locator("main").EvaluateAsync<bool>("main => main.ownerDocument.documentElement.scrollWidth <= 360")).ShouldBeTrue(language);
            await page.Context.CloseAsync();
        }
    }

    private long State(string id, string state) =>
        district.Served.Store.Read(session => session.Scalar<long>(CaseIs, new { id = Guid.Parse(id), state }));
}
