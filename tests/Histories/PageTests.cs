using System.Net;
using System.Text;
using Legwork.Cases;
using Legwork.Immunization;
using Legwork.People;
using Legwork.Places;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Histories.Tests;

public class PageTests
{
    private static readonly string Name = "旧免疫系统接种记录_2025.csv";

    private static string Csv(params string[] rows) => string.Join("\r\n", rows.Prepend(FormerDistrict.Doses)) + "\r\n";

    [Fact]
    public async Task A_clerk_tries_a_file_takes_it_over_and_takes_it_back_without_script()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        await using var pages = await Serve(district);
        var clerk = new Visit(pages.As(FormerDistrict.Clerk(), "en"));
        var (_, empty, _) = await clerk.Get("/histories");
        empty.Body!.TextContent.ShouldContain("No history has been taken over");
        var (status, refused, _) = await clerk.SendFile("/histories", "/histories", "file", "a.csv", Encoding.UTF8.GetBytes("x"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.QuerySelector(".error-summary")!.TextContent.ShouldContain("Choose the list");
        (await clerk.SendFile("/histories", "/histories", "file", "a.exe", [1])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var (_, _, sent) = await clerk.SendFile("/histories", "/histories", "file", Name, Encoding.UTF8.GetBytes(Csv(
            $"白玛,2025-03-10,{FormerDistrict.NumberOfPema},乙肝疫苗,2025-03-10,A1,,旧门诊", "=白玛,2025-03-10,,仙丹,2025-03-10,,,")));
        var at = sent.ShouldNotBeNull();
        var shown = await Until(clerk, at, "Waits for your word");
        shown.Body!.TextContent.ShouldContain("Rows that would be taken: 1. Rows that do not fit and stay waiting: 1.");
        shown.Body.TextContent.ShouldContain("Nobody here is this person");
        shown.Body.TextContent.ShouldNotContain(FormerDistrict.NumberOfPema, Shouldly.Case.Sensitive);
        var csv = (await clerk.Get($"{at}/rows.csv?outcome=unknown")).Page.Body!.TextContent;
        csv.ShouldContain("2,Not known here,Nobody here is this person,'=白玛,2025-03-10,,仙丹");
        csv.ShouldNotContain("A1");

        (await clerk.Send(at, $"{at}/take", [])).Status.ShouldBe(HttpStatusCode.Redirect);
        var taken = await Until(clerk, at, "Taken over");
        taken.QuerySelectorAll("form[action$='/take']").ShouldBeEmpty();
        (await clerk.Get($"{at}/undo")).Page.Body!.TextContent.ShouldContain("Undo this take-over?");
        (await clerk.Send($"{at}/undo", $"{at}/undo", [])).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Until(clerk, at, "It was undone")).QuerySelectorAll("a[href$='/undo']").ShouldBeEmpty();
        (await clerk.Send("/histories", $"{at}/take", [])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Nobody_else_reaches_a_take_over()
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        await using var pages = await Serve(district);
        var take = await district.Try(Name, FormerDistrict.Doses, "白玛,2025-03-10,,乙肝疫苗,2025-03-10,,,");
        foreach (var path in new[] { "/histories", $"/histories/{take}", $"/histories/{take}/rows.csv", $"/histories/{take}/undo" })
            (await new Visit(pages.As(FormerDistrict.Of(Role.Supervisor))).Get(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await new Visit(pages.As(FormerDistrict.Clerk(FormerDistrict.Street))).Get($"/histories/{take}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await new Visit(pages.As(FormerDistrict.Clerk(FormerDistrict.Street))).Get("/histories")).Page.Body!.TextContent.ShouldNotContain(Name);
    }

    [Theory, InlineData("zh-CN", "对不上"), InlineData("bo", "མི་མཐུན"), InlineData("en", "Doses of the former immunization system")]
    public async Task The_pages_speak_three_languages(string language, string said)
    {
        await using var district = await FormerDistrict.Open(Engine.Sqlite);
        await using var pages = await Serve(district);
        await district.Try(Name, FormerDistrict.Doses, "白玛,2025-03-10,,乙肝疫苗,2025-03-10,,,");
        (await new Visit(pages.As(FormerDistrict.Clerk(), language)).Get("/histories")).Page.Body!.TextContent.ShouldContain(said);
    }

    private static async Task<AngleSharp.Dom.IDocument> Until(Visit clerk, string at, string state)
    {
        for (var looks = 0; ; looks++)
        {
            var (_, page, _) = await clerk.Get(at);
            if (page.Body!.TextContent.Contains(state, StringComparison.Ordinal) || looks == 500) return page;
            await Task.Yield();
        }
    }

    private static Task<PagesHost> Serve(FormerDistrict district) => PagesHost.Open(to => district.AddTo(to),
        [typeof(PlacesModule).Assembly, typeof(HistoriesModule).Assembly, typeof(CasesModule).Assembly, typeof(PeopleModule).Assembly,
            typeof(ImmunizationModule).Assembly], routes => routes.MapModules());
}
