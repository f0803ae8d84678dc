using System.Text;
using Legwork.Journeys.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Legwork.Shell.Tests;

public class IslandTests(ShellHost host, Chromium chromium) : IClassFixture<ShellHost>
{
    [Fact]
    public async Task A_photo_leaves_the_phone_small_and_without_its_place_and_time()
    {
        await using var context = await chromium.Open();
        var page = await Open(context);
        var plain = Convert.FromBase64String(await page.EvaluateAsync<string>("""
            () => { const c = document.createElement('canvas'); c.width = 3000; c.height = 2000; c.getContext('2d').fillRect(9, 9, 900, 900);
                    return c.toDataURL('image/jpeg').split(',')[1]; }
            """));
        await page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "IMG_0001.jpg", MimeType = "image/jpeg", Buffer = WithExif(plain) });
        await page.Locator("img.thumb").WaitForAsync();

        var sent = await page.EvaluateAsync<string>("""
            async () => { const bytes = new Uint8Array(await document.querySelector('#photo').files[0].arrayBuffer());
                          return Array.from(bytes, b => String.fromCharCode(b)).join(''); }
            """);
        sent.ShouldNotContain("Exif");
        sent.ShouldNotContain("29.6525N");
        (await page.EvaluateAsync<int>("() => createImageBitmap(document.querySelector('#photo').files[0]).then(b => Math.max(b.width, b.height))"))
            .ShouldBe(1600);
    }

    [Fact]
    public async Task A_signature_drawn_is_sent_as_a_picture_and_wiped_when_cleared()
    {
        await using var context = await chromium.Open();
        var page = await Open(context);
        var canvas = page.Locator("#sign canvas");
        await canvas.ScrollIntoViewIfNeededAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 20, box.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 120, box.Y + 60, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        (await page.Locator("input[name=signImage]").InputValueAsync()).ShouldStartWith("data:image/png;base64,");
        await page.Locator("#sign button").ClickAsync();
        (await page.Locator("input[name=signImage]").InputValueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_board_fetches_its_part_anew_when_the_server_says_that_something_changed()
    {
        await using var context = await chromium.Open();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/board").ToString());
        await Expect(page.Locator("#board")).ToHaveTextAsync("figure 0");
        host.Board.Change();
        host.Board.Change();
        await Expect(page.Locator("#board")).ToHaveTextAsync("figure 2");
    }

    [Fact]
    public async Task A_masked_number_is_shown_in_its_place_after_a_purpose_was_given()
    {
        await using var context = await chromium.Open();
        var page = await Open(context);
        (await page.Locator("#n1").InnerTextAsync()).ShouldContain("540102********0018");
        await page.Locator("#n1 summary").ClickAsync();
        await page.Locator("#n1 select").SelectOptionAsync("lives");
        await page.Locator("#n1 form button").ClickAsync();
        await Expect(page.Locator("#n1")).ToHaveTextAsync("540102199003070018");
    }

    private async Task<IPage> Open(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/guide").ToString());
        await page.Locator("#sign canvas:not([hidden])").WaitForAsync();
        return page;
    }

    // An APP1 segment behind the start-of-image mark, as phones write it.
    private static byte[] WithExif(byte[] jpeg)
    {
        var exif = Encoding.Latin1.GetBytes("Exif\0\0GPS 29.6525N 91.1721E 2026:11:22 10:15:00");
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }
}
