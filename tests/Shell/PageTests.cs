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

    private async Task<IDocument> Page(string path, string? accept = null)
    {
        using var client = host.Client(accept);
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, html);
        return await BrowsingContext.New().OpenAsync(r => r.Content(html), TestContext.Current.CancellationToken);
    }
}
