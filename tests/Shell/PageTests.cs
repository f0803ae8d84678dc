using AngleSharp;
using AngleSharp.Dom;

namespace Legwork.Shell.Tests;

public class PageTests(ShellHost host) : IClassFixture<ShellHost>
{
    [Theory]
    [InlineData(null, "zh-CN", "查找居民")]
    [InlineData("bo-CN,zh;q=0.5", "bo", "མི་དམངས་འཚོལ་བ།")]
    [InlineData("fr,en;q=0.9,zh;q=0.8", "en", "Find a resident")]
    [InlineData("fr", "zh-CN", "查找居民")]
    public async Task The_page_speaks_the_language_the_browser_asks_for(string? accept, string tag, string title)
    {
        var page = await Page("/guide", accept);
        page.DocumentElement.GetAttribute("lang").ShouldBe(tag);
        page.QuerySelector("h1")!.TextContent.ShouldBe(title);
    }

    [Fact]
    public async Task What_a_person_typed_comes_back_as_text_and_never_as_markup()
    {
        var page = await Page("/guide?typed=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));
        page.QuerySelector("#name")!.GetAttribute("value").ShouldBe("\"><script>alert(1)</script>");
        page.QuerySelectorAll("script").ShouldAllBe(s => s.GetAttribute("src")!.StartsWith("/assets/"));
    }

    [Fact]
    public async Task The_navigation_shows_only_what_the_person_may_open()
    {
        var page = await Page("/guide");
        page.QuerySelectorAll(".nav a").Select(a => a.GetAttribute("href")).ShouldBe(["/guide"]);
    }

    [Fact]
    public async Task The_language_is_chosen_by_a_form_that_returns_to_the_page_and_to_no_other_server()
    {
        using var client = host.Client();
        var token = (await Page(client, "/guide")).QuerySelector("form[action='/language'] input[name=csrf]")!.GetAttribute("value")!;
        foreach (var (asked, expected) in new[]
        {
            ("/guide?typed=1", "/guide?typed=1"),
            ("https://evil.example/", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/people?q=扎西", "/people?q=%E6%89%8E%E8%A5%BF")
        })
        {
            using var answer = await client.PostAsync("/language", new FormUrlEncodedContent(
                [new("csrf", token), new("language", "en"), new("returnUrl", asked)]), TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(302);
            answer.Headers.Location!.OriginalString.ShouldBe(expected);
        }
        (await Page(client, "/guide")).DocumentElement.GetAttribute("lang").ShouldBe("en");
        using var forged = await client.PostAsync("/language",
            new FormUrlEncodedContent([new("language", "bo")]), TestContext.Current.CancellationToken);
        ((int)forged.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task An_address_that_is_none_is_answered_with_a_page_of_the_site()
    {
        using var client = host.Client("en");
        using var answer = await client.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Page not found");
    }

    [Fact]
    public async Task Error_summary_leads_to_the_field_that_is_wrong_and_the_field_says_why()
    {
        var page = await Page("/guide", "en");
        page.QuerySelector(".error-summary a")!.GetAttribute("href").ShouldBe("#name");
        var field = page.QuerySelector("#name")!;
        field.GetAttribute("aria-invalid").ShouldBe("true");
        field.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.GetElementById(id)!.TextContent)
            .ShouldBe(["Characters, pinyin or Tibetan", "Enter a name"]);
        page.Title!.ShouldStartWith("Error: ");
    }

    [Fact]
    public async Task A_cell_knows_its_column_when_the_table_becomes_cards()
    {
        var page = await Page("/guide", "en");
        page.QuerySelectorAll(".table tbody tr")[0].Children.Select(c => c.GetAttribute("data-label"))
            .ShouldBe(["Name", "Resident number", "Street", "Value"]);
        page.QuerySelectorAll(".table tbody th span[lang=bo]").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Hashed_files_may_be_kept_for_ever_and_come_compressed_and_the_worker_is_asked_about_each_time()
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        var style = (await Page("/guide")).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href");
        using var kept = await client.GetAsync(style, TestContext.Current.CancellationToken);
        kept.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        kept.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        using var worker = await client.GetAsync("/sw.js", TestContext.Current.CancellationToken);
        worker.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        using var none = await client.GetAsync("/assets/manifest.json", TestContext.Current.CancellationToken);
        ((int)none.StatusCode).ShouldBe(404);
    }

    private async Task<IDocument> Page(string path, string? accept = null)
    {
        using var client = host.Client(accept);
        return await Page(client, path);
    }

    private static async Task<IDocument> Page(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, html);
        return await BrowsingContext.New().OpenAsync(r => r.Content(html), TestContext.Current.CancellationToken);
    }
}
