using Legwork.Messages.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Journeys.Tests;

/// <summary>What people are told, from the act of which it speaks to the page on which it is read.</summary>
public class MessagesJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    [Fact]
    public async Task Who_asked_for_a_correction_is_told_of_the_answer_and_says_how_to_be_told()
    {
        var resident = await browser.Open(district.Served, "resident", width: 360, script: false);
        await resident.GotoAsync("/me/corrections/new");
        await resident.SelectOptionAsync("#field", "phone");
        await resident.FillAsync("#value", "13900000000");
        await resident.FillAsync("#why", "a new telephone");
        await resident.ClickAsync("main form[action^='/me'] button");
        await resident.GotoAsync("/me/messages");
        (await resident.QuerySelectorAllAsync(".card .quiet")).ShouldBeEmpty("nobody has answered yet");

        var clerk = await browser.Open(district.Served, "counter", language: "en");
        await clerk.GotoAsync("/cases?kind=correction");
        await clerk.Locator("main table a[href^='/cases/']").First.ClickAsync();
        var at = new Uri(clerk.Url).AbsolutePath;
        await clerk.GotoAsync(at + "/answer?answer=correction_refused");
        foreach (var text in await clerk.QuerySelectorAllAsync("main form[method=post] textarea, main form[method=post] input[type=text]"))
            await text.FillAsync("the telephone belongs to somebody else");
        await clerk.ClickAsync("main form[method=post] button.large");
        var checker = await browser.Open(district.Served, "checker", language: "en");
        await checker.GotoAsync(at);
        await checker.ClickAsync("form[action$='/verify'] button");
        (await district.Afterwards("select count(*) from messages_message where kind = 'correction_answered'", new { })).ShouldBe(1);
        await district.Served.Services.GetRequiredService<IMessages>().HandOver(TestContext.Current.CancellationToken);

        await resident.GotoAsync("/me/messages");
        (await resident.QuerySelectorAllAsync(".card .tag.info")).Count.ShouldBe(1, "it is new");
        await resident.GotoAsync("/me/messages");
        (await resident.QuerySelectorAllAsync(".card .tag.info")).ShouldBeEmpty("read once it is not new any more");
        (await resident.QuerySelectorAllAsync("main .card")).Count.ShouldBeGreaterThan(1);

        await resident.UncheckAsync("input[name=by][value=sms]");
        await resident.SelectOptionAsync("#language", "bo");
        await resident.ClickAsync("main form[action='/me/messages'] button");
        (await resident.QuerySelectorAsync(".notice.good")).ShouldNotBeNull();
        await resident.GotoAsync("/me/messages");
        (await resident.IsCheckedAsync("input[name=by][value=sms]")).ShouldBeFalse();
        (await resident.InputValueAsync("#language")).ShouldBe("bo");

        await clerk.GotoAsync("/messages");
        (await clerk.TitleAsync()).ShouldNotContain("403");
        (await clerk.QuerySelectorAsync("main h1")).ShouldNotBeNull();
    }
}
