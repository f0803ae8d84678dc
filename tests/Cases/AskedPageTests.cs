using System.Net;
using Legwork.Cases.Pages;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Tests;

/// <summary>What a page asks, and what it says of an answer that is missing or none.</summary>
public class AskedPageTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private const string Street = "540102006";

    [Fact]
    public async Task A_question_sent_without_an_answer_comes_back_with_its_answers_and_says_so_beside_them()
    {
        await using var site = await Site.Open();
        var (first, second) = (await site.Office.Open(), await site.Office.Open(Office.Asked("separated", "people/person/2", "f2")));
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        foreach (var (back, both) in new[] { ("/day/home", true), ($"/cases/{second.Id}", false), ("", false), ("/day/nowhere", false) })
        {
            (await worker.Get($"/cases/{second.Id}/answer?back={back}")).ShouldBe(HttpStatusCode.UnprocessableEntity, back);
            worker.Page.ShouldContain($"href=\"#question-{second.Id}\"");
            var form = worker.Page.IndexOf($"id=\"question-{second.Id}\"", StringComparison.Ordinal);
            var error = worker.Page.IndexOf("class=\"error\"", StringComparison.Ordinal);
            form.ShouldBeInRange(1, error, "the error stands at the question that was sent");
            worker.Page.IndexOf("name=\"answer\"", error, StringComparison.Ordinal).ShouldBeGreaterThan(error);
            worker.Page.Contains($"id=\"question-{first.Id}\"", StringComparison.Ordinal).ShouldBe(both, back);
        }
        var stranger = await site.Enter(Role.GridWorker, Office.FarGrid);
        (await stranger.Get($"/cases/{second.Id}/answer?back=/day/home")).ShouldBe(HttpStatusCode.Forbidden);
        site.Office.Load(second.Id).Version.ShouldBe(second.Version);
    }

    [Fact]
    public async Task Evidence_of_which_one_is_wanted_stands_under_one_heading_and_a_clerk_signs_for_nobody()
    {
        await using var site = await Site.Open();
        var opened = await site.Office.Open(Office.Asked("correction"));
        var clerk = await site.Enter(Role.Clerk, Street);
        await clerk.Get($"/cases/{opened.Id}/answer?answer=correction_accepted");
        Group(clerk.Page).ShouldContain("其中一种必填");
        Group(clerk.Page).ShouldContain("不是经办人");
        Group(clerk.Page).ShouldNotContain("可不填");
        (await clerk.Post($"/cases/{opened.Id}/answer")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        clerk.Page.ShouldContain("href=\"#evidence\"");
        Group(clerk.Page).ShouldContain("id=\"evidence-error\"");
        (await clerk.Post($"/cases/{opened.Id}/answer", ("signatureTyped", $"clerk-{Street}"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        Group(clerk.Page).ShouldContain("不能用经办人自己的姓名");
        site.Office.Load(opened.Id).Version.ShouldBe(opened.Version);
        (await clerk.Post($"/cases/{opened.Id}/answer", ("signatureTyped", "卓嘎"))).ShouldBe(HttpStatusCode.Redirect);

        static string Group(string page) =>
            page[page.IndexOf("one-of", StringComparison.Ordinal)..page.IndexOf("for=\"note\"", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task What_a_citizen_asked_for_is_found_among_the_papers_of_a_desk_and_nobody_is_called_from_there()
    {
        await using var site = await Site.Open();
        var asked = await site.Office.Open(Office.Asked("correction"));
        var other = await site.Office.Open(Office.Asked("dup_file", "people/person/2", "f2"));
        var clerk = await site.Enter(Role.Clerk, Street);
        (await clerk.Get("/queue?tab=match")).ShouldBe(HttpStatusCode.OK);
        clerk.Page.ShouldContain("/queue?tab=match&kind=correction");
        await clerk.Get("/queue?tab=match&kind=correction");
        clerk.Page.ShouldContain($"/cases/{asked.Id}");
        clerk.Page.ShouldNotContain($"/cases/{other.Id}");
        await clerk.Get("/queue?tab=match&kind=nosuch");
        clerk.Page.ShouldContain($"/cases/{other.Id}", Shouldly.Case.Sensitive, "a kind that does not wait hides nothing");
        await clerk.Get($"/cases/{asked.Id}");
        clerk.Page.ShouldNotContain($"action=\"/cases/{asked.Id}/call\"");
        clerk.Page.ShouldNotContain("没有打通");

        var (counts, _) = await site.Get<CaseLists>().Waiting(Office.Clerk, FakeSubjects.Texts(), Over);
        counts.Select(count => (count.Value, count.Hint)).ShouldContain(("/queue?tab=match&kind=correction", "1"));
        counts.Select(count => count.Value).ShouldNotContain("/queue?tab=match&kind=dup_file", "what may wait has no line of its own");
    }

    [Fact]
    public async Task The_day_calls_every_door_by_its_short_name()
    {
        await using var site = await Site.Open();
        site.Subjects.Address = "拉萨市城关区公德林街道太阳小区3区1栋2单元101室";
        var (first, _) = (await site.Office.Open(), await site.Office.Open(Office.Asked("separated", "people/person/2", "f2", group: "other")));
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        await worker.Get($"/cases/{first.Id}/answer?answer=lives_here&back=/day");
        await worker.Post($"/cases/{first.Id}/answer");
        foreach (var page in new[] { worker.Location!, "/day/other" })
        {
            await worker.Get(page);
            worker.Page.ShouldContain("太阳小区3区1-2-101");
            worker.Page.ShouldNotContain("公德林街道太阳小区");
        }
    }
}
