using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>Every page of every role, asked by axe-core in each language, on a phone and at a desk.</summary>
public class AxeJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    /// <summary>Each page once, on a phone; with LEGWORK_AXE=all each page of every role in every language, which takes long.</summary>
    private static readonly bool All = Environment.GetEnvironmentVariable("LEGWORK_AXE") == "all";

    private static readonly HtmlParser Html = new();

    private static readonly (string Language, int Width)[] Looks = All ? [("zh-CN", 360), ("bo", 360), ("en", 1440)] : [("zh-CN", 360)];

    [Fact]
    public async Task No_page_of_any_role_keeps_anybody_out()
    {
        var see = await ThingsToSee.In(district);
        // A receiver outside is no person, and looks at no page.
        var roles = district.Served.Services.GetRequiredService<AccessBook>().Roles.Where(role => role != Role.Receiver).ToList();
        roles.Where(role => !ThingsToSee.Lookers.ContainsKey(role)).ShouldBeEmpty("an account looks at the pages of each role");
        var pages = EveryPage.Of(district.Served.Routes);
        var found = await Task.WhenAll(Looks.Select(async look =>
        {
            var (known, wrong, done) = (new HashSet<string>(), new List<string>(), new HashSet<string>());
            await Look(null, [.. pages.Where(page => page.Permission is null)], look, known, wrong);
            foreach (var role in roles)
                await Look(ThingsToSee.Lookers[role], [.. pages.Where(page => page.Permission?.Admits(role) == true
                    && (done.Add(page.Address) || All))], look, known, wrong);
            return wrong;
        }));
        found.SelectMany(wrong => wrong).ShouldBeEmpty();

        async Task Look(string? who, PageSeen[] pages, (string Language, int Width) look, HashSet<string> known, List<string> wrong)
        {
            var page = await browser.Open(district.Served, who, look.Width, look.Language);
            await Axe.Bring(page.Context);
            foreach (var seen in pages)
            {
                var answer = await page.GotoAsync(see.Fill(seen.Address), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                // A pair that somebody else has open shows who has it.
                var expected = seen.Route == EveryPage.NoPage ? 404 : seen.Route == "/people/pairs/{id:long}" && answer!.Status == 409 ? 409 : 200;
                if (answer!.Status != expected) wrong.Add($"{who} at {seen.Address}: {answer.Status}");
                wrong.AddRange((await Axe.Violations(page, known)).Select(one => $"{seen.Address} ({who ?? "nobody"}, {look}): {one}"));
            }
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_communitys_name_which_is_Chinese_in_every_language_is_marked_as_Chinese_on_a_Tibetan_page()
    {
        var see = await ThingsToSee.In(district);
        string[] names = [.. district.Served.Store.Read(session => session.Query<string>("select name from places_community"))];
        names.Length.ShouldBeGreaterThan(0);
        var (met, wrong, done) = (0, new List<string>(), new HashSet<string>());
        foreach (var (role, who) in ThingsToSee.Lookers.Where(looker => looker.Key != Role.Receiver))
        {
            using var visitor = await district.Served.Visit(who);
            (await visitor.Post("/language", "/", ("language", "bo"))).Dispose();
            foreach (var seen in EveryPage.Of(district.Served.Routes).Where(seen => seen.Permission?.Admits(role) == true && done.Add(seen.Address)))
            {
                using var answer = await visitor.Get(see.Fill(seen.Address));
                if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
                var main = (await Html.ParseDocumentAsync(await Visitor.Text(answer))).QuerySelector("main")!;
                // An address, and what a person wrote, stand as they were written.
                foreach (var text in main.Descendants<IText>().Where(text => names.Any(name => text.Data.Contains(name, StringComparison.Ordinal))
                    && text.ParentElement!.Closest("option, title, textarea, script, svg") is null))
                {
                    met++;
                    if (text.ParentElement!.Closest("[lang]")!.GetAttribute("lang")!.StartsWith("zh", StringComparison.Ordinal)) continue;
                    wrong.Add($"{seen.Address} ({who}): {text.Data.Trim()}");
                }
            }
        }
        met.ShouldBeGreaterThan(10);
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_planted_violation_is_caught()
    {
        var page = await browser.Open(district.Served);
        await Axe.Bring(page.Context);
        await page.GotoAsync("/sign-in");
        (await Axe.Violations(page)).ShouldBeEmpty();
        await page.EvaluateAsync(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=planted><a id=bare href=/></a><h5 id=deep>x</h5>')");
        var caught = await Axe.Violations(page);
        caught.ShouldContain(one => one.StartsWith("label: #planted", StringComparison.Ordinal));
        caught.ShouldContain(one => one.StartsWith("link-name: #bare", StringComparison.Ordinal));
        caught.ShouldContain(one => one.StartsWith("heading-order: #deep", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_is_forgotten_and_a_planted_one_is_named()
    {
        await using var planted = new ServedDistrict(routes => routes.MapGet("/planted/{id:long}", () => "a page").Public("Planted."));
        EveryPage.Forgotten(planted.Routes).ShouldBe(["/planted/{id:long} is looked at by nobody"]);
    }
}
