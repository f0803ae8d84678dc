using System.Text.Json;
using Legwork.Platform.Access;
using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>Passkeys in Chromium, with an authenticator that is not made of metal. A key is bound to a name: all is asked of localhost.</summary>
public class PasskeyJourney(Browser browser, EmptyDistrict district) : IClassFixture<EmptyDistrict>
{
    [Fact]
    public async Task A_clerk_adds_a_passkey_signs_in_with_it_and_a_copy_of_it_is_refused()
    {
        var page = await browser.Open(district.Served, width: 360);
        var (cdp, device) = await Device(page);
        await SignIn(page, "clerk");
        await page.GotoAsync(Here("/passkeys"));
        (await page.InnerTextAsync("main")).ShouldContain("No passkey yet");
        await page.FillAsync("#name", "counter computer");
        await Assertions.Expect(page.Locator("[data-cannot]")).ToHaveCountAsync(0);
        await page.ClickAsync("form[action='/passkeys'] button");
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("counter computer");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        History("clerk").ShouldBe(["passkey_added counter computer"]);

        await SignOut(page);
        await ByPasskey(page);
        await Browser.Leave(page, "/sign-in");
        (await page.InnerTextAsync("main")).ShouldContain("央金");
        var copied = (await cdp.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = device }))!.Value
            .GetProperty("credentials")[0].Clone();
        await SignOut(page);
        await ByPasskey(page);
        await Browser.Leave(page, "/sign-in");

        // Two devices with one key: the count of one of them stands still.
        await SignOut(page);
        await cdp.SendAsync("WebAuthn.clearCredentials", new() { ["authenticatorId"] = device });
        await cdp.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = device, ["credential"] = Copy(copied) });
        await ByPasskey(page);
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("This passkey was not accepted");
    }

    [Fact]
    public async Task Whoever_the_device_does_not_recognise_stays_where_they_are_and_a_passkey_taken_away_opens_nothing()
    {
        var page = await browser.Open(district.Served);
        var (cdp, device) = await Device(page);
        await SignIn(page, "nurse");
        await page.GotoAsync(Here("/passkeys"));
        await cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = device, ["isUserVerified"] = false });
        await page.FillAsync("#name", "phone");
        await Assertions.Expect(page.Locator("[data-cannot]")).ToHaveCountAsync(0);
        await page.ClickAsync("form[action='/passkeys'] button");
        await Assertions.Expect(page.Locator("[data-told]")).ToBeVisibleAsync();
        History("nurse").ShouldBeEmpty();

        await cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = device, ["isUserVerified"] = true });
        await page.ClickAsync("form[action='/passkeys'] button");
        await page.Locator("form[action$='/name'] input[name=name]").FillAsync("my phone");
        await page.ClickAsync("form[action$='/name'] button");
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("my phone");
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.ClickAsync("form[action$='/remove'] button");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No passkey yet");
        History("nurse").ShouldBe(["passkey_removed my phone", "passkey_added phone"]);
        await SignOut(page);
        await ByPasskey(page);
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("This passkey was not accepted");
    }

    [Fact]
    public async Task By_a_name_that_no_key_is_bound_to_and_without_script_the_password_is_all_that_is_offered()
    {
        foreach (var script in new[] { true, false })
        {
            var page = await browser.Open(district.Served, script: script);
            await page.GotoAsync("/sign-in"); // 127.0.0.1
            (await page.IsVisibleAsync("form[action='/sign-in/passkey'] button")).ShouldBeFalse();
            await Browser.SignIn(page, "grid");
            await page.GotoAsync("/passkeys");
            (await page.InnerTextAsync("main")).ShouldContain("This browser, or this address, takes no passkeys.");
        }
    }

    private static async Task<(ICDPSession Session, string Id)> Device(IPage page)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        var added = await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (cdp, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static Dictionary<string, object> Copy(JsonElement credential) => credential.EnumerateObject()
        .Where(field => field.Name is "credentialId" or "isResidentCredential" or "rpId" or "privateKey" or "userHandle" or "signCount")
        .ToDictionary(field => field.Name, field => field.Value.ValueKind switch
        {
            JsonValueKind.Number => (object)field.Value.GetInt32(),
            JsonValueKind.True or JsonValueKind.False => field.Value.GetBoolean(),
            _ => field.Value.GetString()!,
        });

    private static async Task ByPasskey(IPage page)
    {
        await Assertions.Expect(page.Locator("form[action='/sign-in/passkey'] button")).ToBeVisibleAsync();
        await page.ClickAsync("form[action='/sign-in/passkey'] button");
    }

    private async Task SignIn(IPage page, string name)
    {
        await page.GotoAsync(Here("/sign-in"));
        await page.FillAsync("#signIn", name);
        await page.FillAsync("#password", DemonstrationAccounts.Password);
        await page.ClickAsync("main button[type=submit]");
        await Browser.Leave(page, "/sign-in");
    }

    private static async Task SignOut(IPage page)
    {
        await page.ClickAsync(".account > summary");
        await page.ClickAsync("form[action='/sign-out'] button");
        await Browser.Reach(page, "**/sign-in?signedOut=true");
    }

    private string Here(string path) => $"http://localhost:{district.Served.Address.Port}{path}";

    private List<string> History(string signIn) => district.Served.Store.Read(session => session.Query<string>("""
        select h.act || ' ' || h.detail from access_history h join access_account a on a.id = h.account
        where a.sign_in = @signIn and h.detail is not null order by h.id desc
        """, new { signIn }));
}
