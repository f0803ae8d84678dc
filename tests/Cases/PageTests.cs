using System.Net;
using Legwork.Cases.Acts;
using Legwork.Cases.Domain;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Tests;

/// <summary>The pages over HTTP, as a browser without script uses them.</summary>
public class PageTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private const string Street = "540102006";

    [Fact]
    public async Task A_case_goes_from_the_door_to_its_closure_without_script()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open(Office.Asked("insured_elsewhere",
            group: "540102006/太阳小区 3-1") with
        { Facts = new Dictionary<string, string> { ["province"] = "四川省" } });
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        (await worker.Get("/day")).ShouldBe(HttpStatusCode.OK);
        worker.Page.ShouldContain("/day/540102006/%E5%A4%AA%E9%98%B3%E5%B0%8F%E5%8C%BA%203-1");
        (await worker.Get("/day/540102006/%E5%A4%AA%E9%98%B3%E5%B0%8F%E5%8C%BA%203-1")).ShouldBe(HttpStatusCode.OK);
        worker.Page.ShouldContain("住户1在四川省也有参保。打算在哪里参保？");
        (await worker.Get($"/cases/{opened.Id}/answer?answer=keep_there&back=/day")).ShouldBe(HttpStatusCode.OK);
        worker.Page.ShouldContain("此答复还需要 1 种证据");

        (await worker.Post($"/cases/{opened.Id}/answer", ("text", "四川<script>"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        worker.Page.ShouldContain("此答复所需的证据还不够。");
        worker.Page.ShouldContain("四川");
        (await worker.Post($"/cases/{opened.Id}/answer", [("document", Pictures.Jpeg)], ("text", "四川"))).ShouldBe(HttpStatusCode.Redirect);
        worker.Location.ShouldBe($"/day?done={opened.Id}");

        var supervisor = await site.Enter(Role.Supervisor, Street);
        (await supervisor.Get("/queue")).ShouldBe(HttpStatusCode.OK);
        supervisor.Page.ShouldContain($"/cases/{opened.Id}");
        (await supervisor.Get($"/cases/{opened.Id}")).ShouldBe(HttpStatusCode.OK);
        supervisor.Page.ShouldContain("在外地参保，本地停保");
        (await supervisor.Post($"/cases/{opened.Id}/verify")).ShouldBe(HttpStatusCode.Redirect);
        site.Office.Load(opened.Id).State.ShouldBe(CaseState.Closed);
        await supervisor.Get($"/cases/{opened.Id}");
        supervisor.Page.ShouldContain("核实办结");
        supervisor.Page.ShouldNotContain("四川<script>");
    }

    [Fact]
    public async Task Every_look_at_a_person_is_told_to_the_owner_before_the_page_and_lists_name_nobody()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        var supervisor = await site.Enter(Role.Supervisor, Street);
        await supervisor.Get($"/cases/{opened.Id}");
        site.Subjects.Looks.ShouldBe([($"supervisor-{Street}", "cases.view", "case_handling", "people/person/1")]);
        foreach (var list in new[]
        {
            "/cases",
            "/cases?state=current&kind=empty_registration&place=540102006",
            "/queue?tab=overdue",
            "/queue/substitutes"
        })
        {
            (await supervisor.Get(list)).ShouldBe(HttpStatusCode.OK);
            supervisor.Page.ShouldNotContain("住户");
        }
        site.Subjects.Looks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_is_to_call_sees_the_number_to_call_and_nobody_else_does()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open(Office.Asked(reachable: true));
        site.Office.Load(opened.Id).Stage.ShouldBe(Stage.Call);
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get("/day");
        worker.Page.ShouldContain("tel:089100000000");
        await worker.Get($"/cases/{opened.Id}");
        worker.Page.ShouldContain("tel:089100000000");
        var supervisor = await site.Enter(Role.Supervisor, Street);
        await supervisor.Get($"/cases/{opened.Id}");
        site.Subjects.Looks.Select(look => look.Purpose).ShouldBe(["grid_visit", "case_call", "case_handling"]);
    }

    [Fact]
    public async Task A_list_leads_to_a_case_only_those_who_may_open_it_and_leaves_no_gap_for_what_it_does_not_say()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open(Office.Asked("dup_insured"));
        await site.Office.Do(Office.Clerk, opened.Id,
            new AddEvidence(Evidence.EvidenceIntake.Take(Rules.EvidenceKind.Document, Pictures.Jpeg).Value, ""),
            new GiveAnswer("keep_first", new Dictionary<string, string>(), ""));
        foreach (var (role, leads) in new[] { (Role.Officer, false), (Role.Auditor, false), (Role.Supervisor, true) })
        {
            var reader = await site.Enter(role, Street);
            (await reader.Get("/cases")).ShouldBe(HttpStatusCode.OK);
            reader.Page.Contains($"/cases/{opened.Id}", StringComparison.Ordinal).ShouldBe(leads, role.ToString());
            reader.Page.ShouldContain("保留第一份");
            reader.Page.ShouldNotContain("…");
        }
    }

    [Fact]
    public async Task Nobody_sees_a_case_or_its_evidence_outside_his_scope()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        await site.Office.Do(Office.Worker, opened.Id,
            new AddEvidence(Evidence.EvidenceIntake.Take(Rules.EvidenceKind.Photo, Pictures.Jpeg).Value, ""));
        var piece = (await site.Office.Store.ReadAsync(session => Storage.EvidenceRows.Of(session, opened.Id), Over)).Single().Id;
        var stranger = await site.Enter(Role.Supervisor, "540102008");
        foreach (var page in new[] { $"/cases/{opened.Id}", $"/cases/{opened.Id}/evidence/{piece}" })
        {
            (await stranger.Get(page)).ShouldBe(HttpStatusCode.Forbidden, page);
            stranger.Page.ShouldNotContain("住户");
        }
        var worker = await site.Enter(Role.GridWorker, Office.OtherGrid);
        (await worker.Get($"/cases/{opened.Id}/answer?answer=lives_here")).ShouldBe(HttpStatusCode.Forbidden);
        (await worker.Get("/day/home")).ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Get("/cases")).ShouldBe(HttpStatusCode.OK);
        stranger.Page.ShouldNotContain(opened.Id.ToString());
        site.Subjects.Looks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Evidence_comes_as_a_file_that_no_browser_runs_and_only_under_its_own_case()
    {
        await using var site = await Site.Open();
        var (opened, other) = (await site.Office.Open(), await site.Office.Open(Office.Asked(origin: "f2")));
        await site.Office.Do(Office.Worker, opened.Id,
            new AddEvidence(Evidence.EvidenceIntake.Take(Rules.EvidenceKind.Photo, Pictures.Jpeg).Value, ""));
        var piece = (await site.Office.Store.ReadAsync(session => Storage.EvidenceRows.Of(session, opened.Id), Over)).Single().Id;
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        var answer = await worker.Http.GetAsync($"/cases/{opened.Id}/evidence/{piece}", Over);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsByteArrayAsync(Over)).ShouldBe(Pictures.Jpeg);
        site.Subjects.Looks.Single().Permission.ShouldBe("cases.evidence");
        (await worker.Get($"/cases/{other.Id}/evidence/{piece}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_of_an_older_version_is_answered_by_the_case_as_it_stands_now()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get($"/cases/{opened.Id}");
        await site.Office.Do(Office.Supervisor, opened.Id, new NoteOnCase("the road is closed"));
        (await worker.Post($"/cases/{opened.Id}/return", ("reason", "not my grid"))).ShouldBe(HttpStatusCode.Conflict);
        worker.Page.ShouldContain("其他人刚处理过该事项，请重新查看。");
        worker.Page.ShouldContain("the road is closed");
        site.Office.Load(opened.Id).State.ShouldBe(CaseState.Open);
    }

    [Fact]
    public async Task A_closed_door_is_recorded_for_every_question_of_the_household()
    {
        await using var site = await Site.Open();
        var (one, two) = (await site.Office.Open(), await site.Office.Open(Office.Asked("separated", "people/person/2")));
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get("/day/home");
        (await worker.Post("/day/home", ("next", "2026-11-01T09:00"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        worker.Page.ShouldContain("下次联系时间已经过去。");
        (await worker.Post("/day/home", [("photo", Pictures.Jpeg)], ("next", "2026-11-03T09:00"), ("note", "门锁着"))).ShouldBe(HttpStatusCode.Redirect);
        foreach (var id in new[] { one.Id, two.Id })
        {
            site.Office.History(id).Select(line => line.Act).ShouldBe(["opened", "evidence_added", "visited"], "one photo of the door for each");
            site.Office.Load(id).NextAt.ShouldBe(new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.FromHours(8)));
        }
        await worker.Get("/day/home");
        worker.Page.ShouldContain("没有找到人");
        (await worker.Post("/cases/take-back")).ShouldBe(HttpStatusCode.Redirect);
        site.Office.History(one.Id)[^1].Act.ShouldBe("taken_back");
        worker.Location!.ShouldStartWith("/day/home");
    }

    [Fact]
    public async Task The_supervisor_steers_by_forms_and_gives_a_substitute()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        await site.Enter(Role.GridWorker, Office.Grid);
        await site.Enter(Role.GridWorker, Office.OtherGrid);
        var supervisor = await site.Enter(Role.Supervisor, Street);
        async Task<HttpStatusCode> Act(string verb, params (string, string)[] fields)
        {
            await supervisor.Get($"/cases/{opened.Id}");
            return await supervisor.Post($"/cases/{opened.Id}/{verb}", fields);
        }

        (await Act("assign", ("place", Office.OtherGrid), ("worker", "nobody"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Act("assign", ("place", Office.OtherGrid), ("worker", $"gridworker-{Office.OtherGrid.ToLowerInvariant()}")))
            .ShouldBe(HttpStatusCode.Redirect);
        (await Act("extend", ("until", "2026-12-30"), ("reason", "!"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        supervisor.Page.ShouldContain("<a href=\"#extend-reason\">");
        supervisor.Page.ShouldContain("value=\"2026-12-30\"");
        System.Text.RegularExpressions.Regex.Count(supervisor.Page, "<details open").ShouldBe(1);
        System.Text.RegularExpressions.Regex.Matches(supervisor.Page, " id=\"([^\"]+)\"").Select(id => id.Value).GroupBy(id => id)
            .ShouldAllBe(same => same.Count() == 1);
        (await Act("extend", ("until", "2026-12-31"), ("reason", "snow"))).ShouldBe(HttpStatusCode.Redirect);
        (await Act("pause", ("reason", "the house is being rebuilt"))).ShouldBe(HttpStatusCode.Redirect);
        (await Act("resume", ("reason", "the house stands"))).ShouldBe(HttpStatusCode.Redirect);
        (await Act("hand-over", ("place", Office.FarGrid), ("reason", "lives there"))).ShouldBe(HttpStatusCode.Redirect);
        supervisor.Location.ShouldBe("/queue");

        await supervisor.Get("/queue/substitutes");
        supervisor.Page.ShouldContain(
            $"<option value=\"gridworker-{Office.Grid.ToLowerInvariant()}\" label=\"gridworker-{Office.Grid.ToLowerInvariant()} · 公德林街道 德吉社区 G01\">");
        (await supervisor.Post("/queue/substitutes", ("substitute", $"gridworker-{Office.OtherGrid}"), ("absent", $"gridworker-{Office.Grid}"),
            ("from", "2026-11-02"), ("until", "2026-11-03"), ("reason", "ill"))).ShouldBe(HttpStatusCode.Redirect);
        await supervisor.Get("/queue/substitutes");
        var given = (await site.Office.Substitutes.Current(Office.DistrictSupervisor, Over)).Single();
        (await supervisor.Post($"/queue/substitutes/{given.Id}/end")).ShouldBe(HttpStatusCode.Redirect);
        (await site.Office.Substitutes.Current(Office.DistrictSupervisor, Over)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh-CN", "住在这里", "公德林街道 德吉社区 G01")]
    [InlineData("bo", "འདིར་སྡོད་ཀྱི་ཡོད།", "ཀུན་བདེ་གླིང་ཁྲོམ་གཞུང་། 德吉社区 G01")]
    [InlineData("en", "Lives here", "Gongdelin 德吉社区 G01")]
    public async Task Every_page_speaks_the_readers_language_and_calls_places_by_name(string language, string answer, string place)
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open();
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        worker.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        foreach (var page in new[] { "/day", "/day/home", $"/cases/{opened.Id}", $"/cases/{opened.Id}/answer?answer=lives_here", "/cases" })
        {
            (await worker.Get(page)).ShouldBe(HttpStatusCode.OK);
            if (page is not ("/cases" or "/day")) worker.Page.ShouldContain(answer);
            if (page.EndsWith("/cases", StringComparison.Ordinal) || page.EndsWith(opened.Id.ToString(), StringComparison.Ordinal))
                Unmarked(worker.Page).ShouldContain(place);
            worker.Page.ShouldNotContain(">540102006001-G01<");
        }
    }

    /// <summary>As it is read: that Chinese is marked as such on pages of other languages does not show.</summary>
    private static string Unmarked(string page) =>
        page.Replace("<span lang=\"zh-CN\">", "", StringComparison.Ordinal).Replace("</span>", "", StringComparison.Ordinal);
}

internal static class Pictures
{
    /// <summary>The least that is a JPEG: a table, a frame, a scan.</summary>
    public static byte[] Jpeg =>
    [
        0xFF, 0xD8, 0xFF, 0xDB, 0, 67, .. new byte[65], 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD9,
    ];
}
