using System.Net;
using AngleSharp.Dom;
using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Immunization.Tests;

public class DeskTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_box_leads_to_the_child_and_to_nobody_who_is_older_or_of_another_street()
    {
        await using var served = await Served.Open();
        var nurse = served.As(ChildrensDistrict.Of(Role.Vaccinator, ChildrensDistrict.Street));
        (await Served.Get(nurse, "/immunization")).Page.QuerySelector("main input[name=q]")!.HasAttribute("autofocus").ShouldBeTrue();
        var logged = served.District.Log().Count;
        foreach (var question in new[] { "白玛", "baima", "bm", "白玛 2025" }) await LeadsToPema(nurse, question);
        served.District.Log().Skip(logged).ShouldBe(Enumerable.Repeat("immunization.desk immunization", 4));
        foreach (var question in new[] { "扎西次仁", "央宗", "没有此人", "和平苑1栋1单元101室" })
        {
            var (status, page) = await Served.Get(nurse, "/immunization?q=" + Uri.EscapeDataString(question));
            status.ShouldBe(HttpStatusCode.OK, question);
            page.QuerySelectorAll("main a[href^='/people/']").ShouldBeEmpty(question);
        }
        (await Served.Get(nurse, "/people?q=" + Uri.EscapeDataString("白玛"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Served.Get(nurse, $"/people/{served.District.Pema}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Served.Get(served.As(ChildrensDistrict.Of(Role.Clerk)), "/immunization")).Status.ShouldBe(HttpStatusCode.Forbidden);

        async Task LeadsToPema(HttpClient client, string question)
        {
            using var answer = await client.GetAsync("/immunization?q=" + Uri.EscapeDataString(question), Over);
            (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe(
                (HttpStatusCode.Redirect, $"/people/{served.District.Pema}/immunization"), question);
        }
    }

    [Fact]
    public async Task A_dose_before_its_day_is_warned_about_with_clause_and_days_and_is_kept_when_it_is_said_again()
    {
        await using var served = await Served.Open();
        var (nurse, address) = (served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), $"/people/{served.District.Pema}/immunization");
        var said = new Dictionary<string, string> { ["on"] = "2025-03-10", ["vaccine"] = "HepB", ["evidence"] = "given_here", ["lot"] = "L1" };
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Status.ShouldBe(HttpStatusCode.Redirect,
            "a dose in time needs no second word");
        said["on"] = "2025-04-09";
        var (status, page) = await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said);
        status.ShouldBe(HttpStatusCode.OK);
        var warning = page.QuerySelector("main .notice")!.TextContent;
        warning.ShouldContain("too early by 1 day(s)");
        warning.ShouldContain("HepB-2");
        warning.ShouldContain("Given on 10 April 2025 or later it would have counted");
        Doses(served).ShouldBe(1, "a warning keeps nothing");
        page.QuerySelector("main .error-summary").ShouldBeNull("a warning is no error");
        page.QuerySelector("main .notice #warned").ShouldNotBeNull("the box stands beside what it is about");
        // Sent again as it stands, by Enter or by the button: the summary leads to the box, and what was typed stays.
        said["shown"] = page.QuerySelector("main input[name=shown]")!.GetAttribute("value")!;
        var (again, unticked) = await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said);
        again.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unticked.QuerySelector("main .error-summary a")!.GetAttribute("href").ShouldBe("#warned");
        unticked.QuerySelector("main .notice #warned-error").ShouldNotBeNull();
        unticked.QuerySelector("#lot")!.GetAttribute("value").ShouldBe("L1");
        Doses(served).ShouldBe(1);
        var ticked = new Dictionary<string, string>(said) { ["warned"] = said["shown"], ["lot"] = "" };
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", ticked)).Page.QuerySelector("#warned")!.HasAttribute("checked")
            .ShouldBeTrue("a tick outlives what else is wrong");
        said["warned"] = page.QuerySelector("main input[name=warned]")!.GetAttribute("value")!;
        var moved = new Dictionary<string, string>(said) { ["on"] = "2025-04-08" };
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", moved)).Status.ShouldBe(HttpStatusCode.OK,
            "another day is another warning");
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Status.ShouldBe(HttpStatusCode.Redirect);
        Doses(served).ShouldBe(2);
    }

    [Fact]
    public async Task A_dose_that_does_not_count_is_told_in_amber_with_why_and_when_again_and_a_slip_is_taken_back_with_one_press()
    {
        await using var served = await Served.Open();
        var (nurse, address) = (served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), $"/people/{served.District.Pema}/immunization");
        var told = new DoseTold(new DateOnly(2025, 3, 10), "HepB", "L1", "", "", "", "given_here", "");
        var record = served.District.Get<RecordDose>();
        var first = (await record.Record(ChildrensDistrict.Of(Role.Vaccinator), served.District.Pema, told)).Value;
        var early = (await record.Record(ChildrensDistrict.Of(Role.Vaccinator), served.District.Pema,
            told with { On = new DateOnly(2025, 3, 20) })).Value;
        (await Served.Get(nurse, $"{address}?kept={first}")).Page.QuerySelector("main .done.good")!.TextContent.ShouldContain("Counts as");
        var amber = (await Served.Get(nurse, $"{address}?kept={early}")).Page.QuerySelector("main .done.warn")!;
        amber.TextContent.ShouldContain("Does not count");
        amber.TextContent.ShouldContain("too early");
        amber.TextContent.ShouldContain("To be repeated: Hepatitis B, dose 2, from");
        var undo = amber.QuerySelector("form")!.GetAttribute("action")!;
        (await Served.Send(nurse, $"{address}?kept={early}", undo, new() { ["why"] = "a slip" })).Status.ShouldBe(HttpStatusCode.Redirect);
        var page = (await Served.Get(nurse, $"{address}?kept={early}")).Page;
        page.QuerySelector("main .done")!.TextContent.ShouldContain("Taken back");
        page.QuerySelectorAll("main .done form").ShouldBeEmpty();
        // A warned dose is recorded by a tick and a press, never by Enter alone.
        var form = (await Served.Get(nurse, $"{address}/doses/new?vaccine=MeaslesMumps")).Page;
        form.QuerySelector("main input[name=warned]")!.GetAttribute("type").ShouldBe("checkbox");
        form.QuerySelector("main input[name=warned]")!.HasAttribute("checked").ShouldBeFalse();
    }

    [Fact]
    public async Task A_vaccine_that_a_state_of_health_bars_is_warned_about_before_it_is_given()
    {
        await using var served = await Served.Open();
        var (nurse, address) = (served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), $"/people/{served.District.Pema}/immunization");
        await served.District.Get<RecordState>().Record(ChildrensDistrict.Of(Role.Vaccinator), served.District.Pema,
            new StateTold("immunodeficient", new DateOnly(2026, 1, 1), null, "", "doctor", ""));
        (await Served.Get(nurse, $"{address}/doses/new?vaccine=bOPV")).Page
            .QuerySelector("main .notice")!.TextContent.ShouldContain("not to be given");
        (await Served.Get(nurse, $"{address}/doses/new?vaccine=MMR")).Page.QuerySelector("main .notice")!.TextContent
            .ShouldContain("a doctor weighs it first");
        (await Served.Get(nurse, $"{address}/doses/new?vaccine=IPV")).Page.QuerySelector("main .notice").ShouldBeNull();
        (await Served.Get(nurse, $"{address}/doses/new?vaccine=MeaslesMumps")).Page.QuerySelector("main .notice")!.TextContent.ShouldContain(
            "what would have counted: Measles, mumps, rubella");
    }

    [Fact]
    public async Task A_nurse_of_one_street_who_is_a_clerk_of_the_district_is_a_nurse_in_the_one_only()
    {
        await using var served = await Served.Open();
        var both = ChildrensDistrict.Of(Role.Clerk) with
        {
            Grants = [.. ChildrensDistrict.Of(Role.Clerk).Grants, .. ChildrensDistrict.Of(Role.Vaccinator, ChildrensDistrict.Street).Grants]
        };
        var client = served.As(both, "en");
        (await Served.Get(client, $"/people/{served.District.Pema}/immunization")).Page.QuerySelectorAll("main a[href$='/states/new']")
            .ShouldHaveSingleItem();
        var (status, page) = await Served.Get(client, $"/people/{served.District.Yangzom}/immunization");
        (status, page.QuerySelectorAll("main a[href*='/states'], main a[href*='/doses']").Length).ShouldBe((HttpStatusCode.OK, 0));
        page.QuerySelector("main")!.TextContent.ShouldContain("states of health are neither shown nor taken into account");
    }

    [Fact]
    public async Task What_is_due_opens_the_form_filled_in_and_the_page_then_says_what_comes_next()
    {
        await using var served = await Served.Open();
        var (actor, address) = (ChildrensDistrict.Of(Role.Vaccinator), $"/people/{served.District.Pema}/immunization");
        var nurse = served.As(actor, "en");
        var form = await Form("IPV");
        form.QuerySelector("#vaccine option[selected]")!.GetAttribute("value").ShouldBe("IPV");
        form.QuerySelector("#on")!.GetAttribute("value").ShouldBe(DoseRow.Iso(served.District.Today));
        form.QuerySelector("input[name=evidence][checked]")!.GetAttribute("value").ShouldBe("given_here");
        form.QuerySelector("#lot")!.GetAttribute("value").ShouldBeNullOrEmpty();
        var said = new Dictionary<string, string>
        {
            ["on"] = DoseRow.Iso(served.District.Today),
            ["vaccine"] = "IPV",
            ["evidence"] = "given_here",
            ["lot"] = "V7",
            ["site"] = "left_thigh",
            ["clinic"] = "妇幼保健院"
        };
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses",
            said)).Page.QuerySelector("#vaccine-error")!.TextContent.ShouldContain("already", Case.Insensitive);
        var kept = (await Served.Get(nurse, $"{address}?kept=1")).Page.QuerySelector("main .notice")!.TextContent;
        kept.ShouldContain("Counts as Polio, dose 1");
        kept.ShouldContain("Still possible today");
        // The next child of the morning gets the same lot; another nurse does not.
        (await Form("IPV")).QuerySelector("#lot")!.GetAttribute("value").ShouldBe("V7");
        (await Form("IPV")).QuerySelector("#site option[selected]")!.GetAttribute("value").ShouldBe("left_thigh");
        (await Served.Get(served.As(ChildrensDistrict.Of(Role.Vaccinator)), $"{address}/doses/new?vaccine=IPV")).Page.QuerySelector("#lot")!
            .GetAttribute("value").ShouldBeNullOrEmpty();

        async Task<IDocument> Form(string vaccine) => (await Served.Get(nurse, $"{address}/doses/new?vaccine={vaccine}")).Page;
    }

    [Fact]
    public async Task One_shot_that_serves_several_components_is_one_entry_and_an_old_rubella_dose_takes_its_component_out()
    {
        await using var served = await Served.Open();
        var (district, nurse) = (served.District, ChildrensDistrict.Of(Role.Vaccinator));
        (await Due()).ShouldBe(["mmr mumps rubella"]);
        await district.Get<RecordDose>()
            .Record(nurse, district.Yangzom, new DoseTold(new DateOnly(2014, 1, 15), "Rubella", "", "", "", "四川省", "vaccination_book", ""));
        (await Due()).ShouldBe(["mmr mumps"]);

        async Task<IEnumerable<string>> Due() =>
            (await district.Get<ShowRecord>().Run(nurse, ImmunizationPermissions.Desk, district.Yangzom, Over)).Value.Due
            .Where(shot => shot[0].Answer!.RecommendedVaccines.Contains("MMR"))
            .Select(shot => string.Join(' ', shot.Select(one => one.Programme.Id).Order()));
    }

    private static long Doses(Served served) => served.District.Store.Read(session => session.Scalar<long>("select count(*) from immunization_dose"));
}
