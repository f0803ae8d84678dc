using System.Net;
using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Lamps.Tests;

/// <summary>A kind of case whose subject is no person, brought by a module that Cases has never heard of.</summary>
public class LampCaseTests
{
    private const string Lamp = Lamps.Prefix + "7";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_dark_lamp_goes_from_the_grid_to_the_workshop_is_verified_and_its_owner_hears_that_it_shines(Engine engine)
    {
        await using var district = await LitDistrict.Open(engine);
        var id = (await district.Open("lamp_dark", Lamp)).Value.Id;
        var (worker, officer, supervisor) = (district.As(Role.GridWorker, LitDistrict.Grid).Visit,
            district.As(Role.Officer, LitDistrict.District).Visit, district.As(Role.Supervisor, LitDistrict.District).Visit);

        var day = (await worker.Get("/day")).Page.Body!.TextContent;
        day.ShouldContain("北京东路 8 号门前");
        (await worker.Get($"/cases/{id}")).Page.Body!.TextContent.ShouldContain("第 7 号路灯（150 瓦）亮了吗？");
        await Answer(worker, id, "broken");
        (await Line(district, id)).ShouldBe(("repair", CaseStates.Open, ""));

        var queue = (await officer.Get("/queue?tab=repair")).Page;
        (queue.QuerySelector("caption")?.TextContent, queue.QuerySelector($"a[href='/cases/{id}']")?.TextContent).ShouldBe(("待修理", "路灯不亮"));
        await Answer(officer, id, "repaired");
        (await Line(district, id)).ShouldBe(("repair", CaseStates.Answered, "lamp_shines"));
        district.Lamps.Heard.ShouldBeEmpty("an answer alone is not yet verified");

        (await supervisor.Send($"/cases/{id}", $"/cases/{id}/verify", new() { ["version"] = "3" })).Status.ShouldBe(HttpStatusCode.Redirect);
        await district.Deliver();
        (await Line(district, id)).ShouldBe(("repair", CaseStates.Closed, "lamp_shines"));
        district.Lamps.Heard.ShouldBe([(Lamp, "lamp_shines")]);

        // Nobody was read about: no purpose was claimed, and the log has no line.
        district.Lamps.Purposes.Distinct().ShouldBe([""]);
        district.LooksInTheLog().ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_works_on_cases_about_people_has_no_hand_in_a_lamp_and_the_workshop_none_in_people(Engine engine)
    {
        await using var district = await LitDistrict.Open(engine);
        var lamp = (await district.Open("lamp_dark", Lamp)).Value.Id;
        var person = (await district.Open("dup_file", "people/person/" + Guid.NewGuid())).Value.Id;
        var (clerk, officer) = (district.As(Role.Clerk, LitDistrict.District).Visit, district.As(Role.Officer, LitDistrict.District).Visit);

        (await clerk.Get($"/cases/{person}")).Status.ShouldBe(HttpStatusCode.OK);
        (await clerk.Get($"/cases/{lamp}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await clerk.Send($"/cases/{person}", $"/cases/{lamp}/answer",
            new() { ["version"] = "1", ["answer"] = "broken" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Line(district, lamp)).ShouldBe(("look", CaseStates.Open, ""));
        (await clerk.Get("/cases")).Page.QuerySelectorAll("main a[href^='/cases/']")
            .Select(link => link.GetAttribute("href")).ShouldBe([$"/cases/{person}"]);
        (await clerk.Get("/queue")).Page.QuerySelectorAll(".tabs a").Select(link => link.GetAttribute("href")).ShouldNotContain("/queue?tab=repair");

        (await officer.Get($"/cases/{lamp}")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.Get($"/cases/{person}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await officer.Get("/queue")).Page.QuerySelectorAll(".tabs a").Select(link => link.GetAttribute("href")).ShouldNotContain("/queue?tab=match");
    }

    private static async Task Answer(Support.Visit visit, CaseId id, string answer)
    {
        var form = $"/cases/{id}/answer?answer={answer}";
        var version = (await visit.Get(form)).Page.QuerySelector("input[name=version]")!.GetAttribute("value")!;
        (await visit.Send(form, $"/cases/{id}/answer",
            new() { ["version"] = version, ["answer"] = answer })).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task<(string, string, string)> Line(LitDistrict district, CaseId id) =>
        await district.Cases.Find(id, TestContext.Current.CancellationToken) is { } line ? (line.Stage, line.State, line.Result) : default;
}
