using System.Net;
using AngleSharp.Dom;
using Legwork.Immunization.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Tests;

/// <summary>What Immunization puts on pages that do not know it: the person's file, the own page, the one search box.</summary>
public class CardTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_own_page_tells_what_is_due_and_a_desk_whose_purpose_does_not_open_doses_learns_nothing()
    {
        await using var served = await Served.Open();
        var district = served.District;
        var own = (await Served.Get(served.As(ChildrensDistrict.Of(Role.Citizen, person: district.Pema), "en"), "/me")).Page;
        var card = CardOf(own, "What is due").ShouldNotBeNull();
        card.TextContent.ShouldContain("Hepatitis B");
        card.QuerySelector("a")!.GetAttribute("href").ShouldBe("/me/immunization");

        var (status, file) = await Served.Get(served.As(ChildrensDistrict.Of(Role.Clerk), "en"), $"/people/{district.Pema}");
        status.ShouldBe(HttpStatusCode.OK);
        CardOf(file, "What is due").ShouldBeNull("the counter's purpose does not open doses");
    }

    [Fact]
    public async Task The_own_page_tells_no_state_that_the_reader_may_not_see_and_the_look_is_in_the_log_once()
    {
        await using var served = await Served.Open();
        var reads = served.District.Get<Reads>();
        await Served.Get(served.As(ChildrensDistrict.Of(Role.Citizen, person: served.District.Pema), "en"), "/me");
        (await reads.Of(served.District.Pema, [], Over)).Reads.Count.ShouldBe(1, "a card reads under the page's own look");
    }

    [Fact]
    public async Task A_card_that_nobody_knew_stands_where_its_field_is_open_and_nowhere_else()
    {
        await using var served = await Served.Open(services => services
            .AddSingleton(new FileCard("school", 5,
                ask => Task.FromResult<FileCardShown?>(new("School run", [new FileCardLine($"for {ask.Person.Name}")], "/run", "The run"))))
            .AddSingleton(new FileCard("health", 6,
                _ => Task.FromResult<FileCardShown?>(new("Ward round", [new FileCardLine("hidden")], "/ward", "The ward")))));
        var file = (await Served.Get(served.As(ChildrensDistrict.Of(Role.Clerk), "en"), $"/people/{served.District.Pema}")).Page;
        CardOf(file, "School run").ShouldNotBeNull().TextContent.ShouldContain("for 白玛");
        CardOf(file, "Ward round").ShouldBeNull("illness is open to the person alone");
    }

    [Fact]
    public async Task One_box_asks_every_source_that_the_asker_may_ask()
    {
        await using var served = await Served.Open(services => services
            .AddSingleton(new SearchSource("places.grids.title", 90, new Permission("test.lamps", Role.Auditor),
                (_, _, _) => throw new InvalidOperationException("nobody here may ask"))));
        var nurse = served.As(ChildrensDistrict.Of(Role.Vaccinator), "en");
        var found = (await Served.Get(nurse, "/find?q=" + Uri.EscapeDataString("白玛"))).Page.QuerySelector("main")!;
        found.QuerySelector($"a[href='/people/{served.District.Pema}/immunization']").ShouldNotBeNull();
        found.QuerySelector("a[href^='/people?']").ShouldBeNull();

        var clerk = served.As(ChildrensDistrict.Of(Role.Clerk), "en");
        found = (await Served.Get(clerk, "/find?q=" + Uri.EscapeDataString("白玛"))).Page.QuerySelector("main")!;
        found.QuerySelectorAll("a").Select(link => link.GetAttribute("href"))
            .ShouldContain(href => href!.StartsWith($"/people/{served.District.Pema}?for="));
        (await served.District.Get<Reads>().Of(served.District.Pema, [], Over)).Reads.Count
            .ShouldBe(2, "each was found, and each look is in the log");

        (await Served.Get(clerk, "/find?q=" + Uri.EscapeDataString("没有这个人"))).Page.QuerySelector("main")!.TextContent.ShouldContain("Nothing found");
        (await Served.Get(clerk, "/find")).Page.QuerySelector("main form[action='/find'] input[name=q]").ShouldNotBeNull();
    }

    private static IElement? CardOf(IDocument page, string title) =>
        page.QuerySelectorAll("main section, main .card").FirstOrDefault(card => card.QuerySelector("h2, h3")?.TextContent.Trim() == title);
}
