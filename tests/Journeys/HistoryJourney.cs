namespace Legwork.Journeys.Tests;

public class HistoryJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    [Fact]
    public async Task A_clerk_takes_old_doses_over_on_a_telephone_without_script_sees_them_on_the_childs_page_and_takes_them_back()
    {
        var served = district.Served;
        var child = served.Store.Read(session => session.Query<string>("""
            select cast(id as text) from people_file f where state = 'open' and birth >= '2024-01-01' and birth < '2026-05-01' and length(birth) = 10
                and lives <> '' and (select count(*) from people_file o where o.name = f.name and o.birth = f.birth) = 1 order by id
            """))[0];
        var name = served.Store.Read(session => session.Query<string>($"select name from people_file where cast(id as text) = '{child}'"))[0];
        var clerk = await browser.Open(served, "counter", width: 360, script: false);
        await clerk.GotoAsync("/histories");
        await clerk.ClickAsync("main form button");
        (await clerk.InnerTextAsync(".error-summary")).ShouldContain("Choose the file");
        await clerk.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload
        {
            Name = OldDoses.FileName,
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(OldDoses.Csv(served, name, child)),
        });
        await clerk.ClickAsync("main form button");
        var take = clerk.Url.Split('/')[^1];
        await OldDoses.Until(served, take, "tried");
        await clerk.GotoAsync("/histories/" + take);
        var tried = await clerk.InnerTextAsync("main");
        tried.ShouldContain("nothing has been taken yet");
        tried.ShouldContain("The day of the dose lies before the birth");
        tried.ShouldContain("Nobody here is this person");
        (await Record()).ShouldNotContain("旧门诊");

        await clerk.GotoAsync("/histories/" + take);
        await clerk.ClickAsync("main form[action$='/take'] button");
        await OldDoses.Until(served, take, "taken");
        (await Record()).ShouldContain("旧门诊");

        await clerk.GotoAsync("/histories/" + take);
        await clerk.ClickAsync("main a[href$='/undo']");
        await clerk.ClickAsync("main form[action$='/undo'] button");
        await OldDoses.Until(served, take, "undone");
        await clerk.GotoAsync("/histories/" + take);
        (await clerk.InnerTextAsync("main")).ShouldContain("It was undone");
        (await clerk.QuerySelectorAllAsync("main form")).ShouldBeEmpty();

        async Task<string> Record()
        {
            await clerk.GotoAsync($"/people/{child}/immunization");
            return await clerk.InnerTextAsync("main");
        }
    }
}
