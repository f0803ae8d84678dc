using System.Net;
using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Immunization.Tests;

public class PageTests
{
    [Theory]
    [InlineData("zh-CN", "乙肝疫苗第2剂", "早了1天", "待核实"), InlineData("bo", "ཐེངས་ 2 པ།", "ཉིན་ 1 གིས་སྔས།", "ར་སྤྲོད་སྒུག"), InlineData("en",
        "Hepatitis B, dose 2", "too early by 1 day(s)", "Awaits confirmation")]
    public async Task A_childs_page_tells_what_is_due_and_unfolds_each_reason_without_script(string language,
        string due, string reason, string awaits)
    {
        await using var served = await Served.Open();
        await served.District.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"),
            ChildrensDistrict.OfPema("乙肝疫苗", "2025-04-09"));
        var (status, page) = await Served.Get(served.As(ChildrensDistrict.Of(Role.Clerk), language), $"/people/{served.District.Pema}/immunization");
        status.ShouldBe(HttpStatusCode.OK);
        var main = page.QuerySelector("main")!.TextContent;
        main.ShouldContain(due);
        main.ShouldContain(reason);
        main.ShouldContain(awaits);
        page.QuerySelectorAll("main details summary").Length.ShouldBeGreaterThan(5);
        page.QuerySelectorAll("main script, main [style]").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_list_wrote_in_Chinese_and_what_the_machine_did_are_told_in_the_readers_language()
    {
        await using var served = await Served.Open();
        await served.District.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10") + "四川省");
        var (nurse, address) = (served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), $"/people/{served.District.Pema}/immunization");
        var said = new Dictionary<string, string>
        {
            ["on"] = "2025-04-10",
            ["vaccine"] = "Rubella",
            ["evidence"] = "given_here",
            ["lot"] = new string('x', 199) + "😀",
            ["warned"] = "2025-04-10 Rubella"
        };
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Status.ShouldBe(HttpStatusCode.Redirect);
        var doses = (await Served.Get(nurse, address)).Page.QuerySelector("main ol.doses")!;
        doses.TextContent.ShouldContain("Sichuan · L1 · Left arm");
        doses.TextContent.ShouldContain(new string('x', 199));
        doses.TextContent.ShouldNotContain("\ufffd");

        var written = doses.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).ToList();
        (await Served.Get(nurse, $"{address}?kept={written[^1].Split('/')[^1]}")).Page.QuerySelector("main .notice")!.TextContent
            .ShouldContain("Not part of this person's schedule");
        (await Served.Send(nurse, written[^1], written[^1] + "/withdraw",
            new Dictionary<string, string> { ["why"] = "wrong child" })).Status.ShouldBe(HttpStatusCode.Redirect);
        var told = (await Served.Get(nurse, address)).Page.QuerySelectorAll("main details li").Select(line => line.TextContent)
            .Where(line => line.Contains("10 March 2025", StringComparison.Ordinal) && line.Contains("written down", StringComparison.Ordinal));
        told.ShouldHaveSingleItem().ShouldContain("the machine");
    }

    [Fact]
    public async Task A_nurse_records_a_dose_and_a_wrong_form_comes_back_with_what_was_said()
    {
        await using var served = await Served.Open();
        var (nurse, address) = (served.As(ChildrensDistrict.Of(Role.Vaccinator)), $"/people/{served.District.Pema}/immunization");
        var said = new Dictionary<string, string>
        {
            ["on"] = "2025-03-10",
            ["vaccine"] = "HepB",
            ["evidence"] = "given_here",
            ["lot"] = "",
            ["clinic"] = "妇幼保健院"
        };
        var (status, page) = await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#lot-error").ShouldNotBeNull();
        page.QuerySelector("#clinic")!.GetAttribute("value").ShouldBe("妇幼保健院");
        said["lot"] = "L7";
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Served.Get(nurse, address)).Page.QuerySelector("main ol.doses")!.TextContent.ShouldContain("L7");
        (await Served.Get(served.As(ChildrensDistrict.Of(Role.Clerk)), $"{address}/doses/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_file_leads_to_the_page_and_the_rules_and_the_trial_can_be_read()
    {
        await using var served = await Served.Open();
        var clerk = served.As(ChildrensDistrict.Of(Role.Clerk));
        (await Served.Get(clerk, $"/people/{served.District.Pema}")).Page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href"))
            .ShouldContain($"/people/{served.District.Pema}/immunization");
        (await Served.Get(clerk, "/immunization/rules/cn-2026")).Page.QuerySelector("main")!.TextContent.ShouldContain("DTaP-3");
        (await Served.Get(clerk, "/immunization/rules/cn-1999")).Status.ShouldBe(HttpStatusCode.NotFound);
        var logged = served.District.Log().Count;
        (await Served.Get(clerk, "/immunization/trial")).Status.ShouldBe(HttpStatusCode.OK);
        served.District.Log().Count.ShouldBe(logged, "nobody is looked at before rules are chosen");
        var (status, trial) = await Served.Get(clerk, "/immunization/trial?from=cn-2021&to=cn-2026");
        status.ShouldBe(HttpStatusCode.OK);
        trial.QuerySelector("main")!.TextContent.ShouldContain("白玛");
        served.District.Log().Count.ShouldBe(logged + 1);
        (await Served.Get(served.As(ChildrensDistrict.Of(Role.Officer)),
            "/immunization/trial?from=cn-2021&to=cn-2026")).Page.QuerySelector("main")!.TextContent.ShouldNotContain("白玛");
    }
}
