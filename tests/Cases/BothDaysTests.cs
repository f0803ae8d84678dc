using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Legwork.Cases.Day;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Way = Legwork.Cases.Rules.Way;

namespace Legwork.Cases.Tests;

/// <summary>The day that works without network and the one that works without script.</summary>
public class BothDaysTests
{
    [Theory, InlineData("zh-CN"), InlineData("bo"), InlineData("en")]
    public async Task Both_day_pages_ask_the_same_questions_with_the_same_words(string language)
    {
        await using var site = await Site.Open();
        var kinds = Office.TheRules.Kinds.Where(kind => kind.Stages.Any(stage => stage.Way == Way.Door)).Select(kind => kind.Code).ToList();
        foreach (var kind in kinds) await site.Office.Open(Office.Asked(kind, "people/person/1", kind, group: kind));
        var worker = await site.Enter(Role.GridWorker, Office.Grid);
        worker.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        await worker.Get("/day");
        var page = new HtmlParser().ParseDocument(worker.Page);
        var visits = JsonSerializer.Deserialize<DayData>(page.GetElementById("day-data")!.TextContent, JsonSerializerOptions.Web)!.Visits;
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(page.GetElementById("day-texts")!.TextContent)!;
        visits.Count.ShouldBeGreaterThan(5);

        foreach (var visit in visits)
        {
            await worker.Get(visit.Href!);
            var stop = new HtmlParser().ParseDocument(worker.Page);
            var (question, form) = (visit.Questions.Single(), stop.QuerySelector($"form[action='/cases/{visit.CaseId}/answer']")!);
            form.QuerySelector("legend")!.TextContent.Trim().ShouldBe(question.Text);
            form.QuerySelectorAll("input[type=radio]").Select(one => one.GetAttribute("value")).ShouldBe(question.Answers.Select(one => one.Code));
            form.QuerySelectorAll("input[type=radio]").Select(one => one.ParentElement!.TextContent.Trim())
                .ShouldBe(question.Answers.Select(one => one.Text));
            stop.QuerySelector(".day-head .order")!.TextContent.ShouldBe($"{visit.Order}");
            Labels(stop.QuerySelector("form[enctype]")!).ShouldBe([words["day.next"], words["day.photo"], words["day.note"]]);

            foreach (var answer in question.Answers)
            {
                await worker.Get($"/cases/{visit.CaseId}/answer?answer={answer.Code}");
                var asked = new HtmlParser().ParseDocument(worker.Page).QuerySelector($"form[action='/cases/{visit.CaseId}/answer']")!;
                var evidence = asked.QuerySelectorAll(".field:has(input[type=file]) label, .pad label").Select(Bare).ToList();
                Labels(asked).Except(evidence)
                    .ShouldBe([.. answer.Asks!.Concat(answer.MaySay!).Select(name => words["day.detail." + name]), words["day.note"]], answer.Code);
                asked.QuerySelector("button.large")!.TextContent.Trim().ShouldBe(words["day.save"]);
            }
        }
        visits.SelectMany(visit => visit.Questions).SelectMany(question => question.Answers).ShouldContain(answer => answer.Asks!.Count > 0);
    }

    private static IEnumerable<string> Labels(IElement form) => form.QuerySelectorAll("label:not(.choice)").Select(Bare);

    /// <summary>Without what says that it may be left empty.</summary>
    private static string Bare(IElement label) =>
        string.Concat(label.ChildNodes.Where(node => node is not IElement).Select(node => node.TextContent)).Trim();
}
