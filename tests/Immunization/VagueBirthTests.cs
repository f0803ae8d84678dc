using System.Net;
using Legwork.Immunization.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Immunization.Tests;

/// <summary>A child whose file gives only the year or the month of birth: nothing is guessed, and nothing stops the nurse.</summary>
public class VagueBirthTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData("2025"), InlineData("2025-03")]
    public async Task A_child_whose_day_of_birth_is_not_known_has_a_page_that_says_whom_to_ask_and_takes_doses_and_states(string birth)
    {
        await using var served = await Served.Open();
        await served.District.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("乙肝疫苗", "2025-03-10"));
        await served.District.BirthOfPemaIs(birth);
        var (nurse, address) = (served.As(ChildrensDistrict.Of(Role.Vaccinator), "en"), $"/people/{served.District.Pema}/immunization");
        var (status, page) = await Served.Get(nurse, address);
        var main = page.QuerySelector("main")!;
        (status, main.QuerySelectorAll("ol.doses > li").Length).ShouldBe((HttpStatusCode.OK, 1));
        main.QuerySelector(".notice.warn")!.TextContent.ShouldContain("counter of the street");
        main.TextContent.ShouldNotContain("What is due", Case.Sensitive, "a guessed date would be a wrong one");
        main.TextContent.ShouldNotContain("Not part of this person's schedule");

        var said = new Dictionary<string, string> { ["on"] = "2025-04-09", ["vaccine"] = "HepB", ["evidence"] = "given_here", ["lot"] = "L1" };
        (await Served.Get(nurse, $"{address}/doses/new?vaccine=HepB")).Page.QuerySelector("main .notice.warn")!.TextContent
            .ShouldContain("not weighed");
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Status.ShouldBe(HttpStatusCode.Redirect);
        var written = (await Served.Get(nurse, address)).Page.QuerySelectorAll("main ol.doses a").Select(link => link.GetAttribute("href")!).Last();
        (await Served.Get(nurse, $"{address}?kept={written.Split('/')[^1]}")).Page.QuerySelector("main .done")!.TextContent
            .ShouldContain("once the day of birth is put right");
        said["on"] = "2024-12-31";
        (await Served.Send(nurse, $"{address}/doses/new", $"{address}/doses", said)).Page.QuerySelector("#on-error")
            .ShouldNotBeNull("before the year of birth is before the birth");
        (await Served.Send(nurse, $"{address}/states/new", $"{address}/states", new()
        {
            ["observation"] = "immunodeficient",
            ["since"] = "2025-06-01",
            ["evidence"] = "doctor",
        })).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Served.Get(nurse, $"{address}/doses/new?vaccine=bOPV")).Page.QuerySelectorAll("main .notice")[^1].TextContent
            .ShouldContain("not to be given");
    }

    [Fact]
    public async Task The_own_page_of_such_a_child_says_so_and_leads_to_its_doses()
    {
        await using var served = await Served.Open();
        await served.District.BirthOfPemaIs("2025");
        var own = served.As(ChildrensDistrict.Of(Role.Citizen, person: served.District.Pema), "en");
        (await Served.Get(own, "/me")).Page.QuerySelector("main")!.TextContent.ShouldContain("due dates cannot be worked out");
        var (status, page) = await Served.Get(own, "/me/immunization");
        status.ShouldBe(HttpStatusCode.OK);
        page.QuerySelector("main")!.TextContent.ShouldContain("counter of the street");
        page.QuerySelectorAll("main a[href$='/doses/new']").ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_state_that_speaks_against_a_vaccine_from_an_age_on_is_said_as_soon_as_the_age_can_be_reached(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        await district.BirthOfPemaIs("2025");
        var nurse = ChildrensDistrict.Of(Role.Vaccinator);
        var view = (await district.Get<ShowRecord>().Run(nurse, ImmunizationPermissions.Record, district.Pema, Over)).Value;
        var (state, effect) = view.Rules.Book.States.SelectMany(state => state.Effects.Where(one => one.From is not null)
            .Select(one => (state, one))).First();
        (await district.Get<RecordState>().Record(nurse, district.Pema,
            new StateTold(state.Observation, new DateOnly(2025, 1, 1), null, "", "doctor", ""))).Ok.ShouldBeTrue();
        view = (await district.Get<ShowRecord>().Run(nurse, ImmunizationPermissions.Record, district.Pema, Over)).Value;
        var first = effect.From!.Value.After(new DateOnly(2025, 1, 1));
        Weighed(first).ShouldContain(state.Observation);
        Weighed(first.AddDays(-1)).ShouldBeEmpty();

        IEnumerable<string> Weighed(DateOnly on) => WeighDose.Of(view, new DoseTold(on, effect.Vaccines[0], "", "", "", "", "given_here", ""), null)
            .States.Where(said => said.Effect == effect.Effect).Select(said => said.State.Observation);
    }
}
