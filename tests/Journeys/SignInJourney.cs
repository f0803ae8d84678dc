namespace Legwork.Journeys.Tests;

public class SignInJourney(Browser browser, EmptyDistrict district) : IClassFixture<EmptyDistrict>
{
    [Theory, InlineData("en"), InlineData("zh-CN"), InlineData("bo")]
    public async Task A_clerk_signs_in_sees_the_own_role_and_signs_out(string language)
    {
        var page = await browser.Open(district.Served, width: 360, language: language);
        await page.GotoAsync("/");
        page.Url.ShouldEndWith("/sign-in");
        await Browser.SignIn(page, "clerk");

        new Uri(page.Url).AbsolutePath.ShouldBe("/");
        (await page.InnerTextAsync("main")).ShouldContain("央金");
        (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        (await page.EvaluateAsync<double>("document.querySelector('main').getBoundingClientRect().top")).ShouldBeLessThan(64, "one line of header");
        await page.ClickAsync(".account > summary");
        await page.ClickAsync("form[action='/sign-out'] button");
        page.Url.ShouldContain("/sign-in");
        await page.GotoAsync("/password");
        page.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_plain_words_beside_its_field_also_without_script()
    {
        var page = await browser.Open(district.Served, script: false);
        await page.GotoAsync("/sign-in?returnUrl=%2Fpassword");
        await page.FillAsync("#signIn", "clerk");
        await page.FillAsync("#password", "not the password");
        await page.ClickAsync("main button[type=submit]");

        (await page.InnerTextAsync(".error-summary")).ShouldContain("The sign-in name or the password is wrong.");
        (await page.InputValueAsync("#signIn")).ShouldBe("clerk");
        (await page.InputValueAsync("#password")).ShouldBeEmpty();
        await page.FillAsync("#password", Platform.Access.DemonstrationAccounts.Password);
        await page.ClickAsync("main button[type=submit]");
        page.Url.ShouldEndWith("/password");
    }
}
