using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Legwork.Journeys.Tests;

/// <summary>
/// Every form of every page, sent empty (a question that asks by its address as well) and sent with nonsense in every field, as a browser
/// without script does it: what was typed stands in the form that comes back, and each field that is wrong is named at once.
/// </summary>
public partial class FormsJourney(LivingDistrict district) : IClassFixture<LivingDistrict>
{
    /// <summary>What has no field that could be wrong, or keeps passwords to itself.</summary>
    private static readonly string[] Apart = ["/sign-in", "/password"];

    /// <summary>Each page once; with LEGWORK_FORMS=all each page of every role.</summary>
    private static readonly bool All = Environment.GetEnvironmentVariable("LEGWORK_FORMS") == "all";

    private static readonly HtmlParser Html = new();

    [Fact]
    public async Task A_refused_form_keeps_every_field_and_names_every_one_that_is_wrong()
    {
        var see = await ThingsToSee.In(district);
        var (found, sent, done) = (new List<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var (role, who) in ThingsToSee.Lookers)
        {
            using var visitor = await district.Served.Visit(who);
            foreach (var seen in EveryPage.Of(district.Served.Routes)
                .Where(seen => seen.Permission?.Admits(role) == true && !Apart.Contains(seen.Route) && (done.Add(seen.Address) || All)))
            {
                using var page = await visitor.Get(see.Fill(seen.Address));
                var shown = await Visitor.Text(page);
                found.AddRange(await Unanswered(shown, sent, async asked =>
                {
                    using var answer = await visitor.Get(asked);
                    return (answer.StatusCode, await Visitor.Text(answer));
                }));
                found.AddRange(await Faults(shown, sent, async (action, fields) =>
                {
                    using var body = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
                    using var answer = await visitor.Send(new HttpRequestMessage(HttpMethod.Post, action) { Content = body });
                    return (answer.StatusCode, await Visitor.Text(answer));
                }));
            }
        }
        sent.Count.ShouldBeGreaterThan(20);
        found.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_forgets_and_names_one_field_of_two_is_caught()
    {
        var told = await Faults("""
            <main><form method="post" action="/planted"><div class="field"><label>A</label><input id="a" name="a"></div>
            <div class="field"><label>B</label><input id="b" name="b"></div></form></main>
            """, [], (_, _) => Task.FromResult((HttpStatusCode.UnprocessableEntity, """
            <main><div class="error-summary"><a href="#a">wrong</a></div>
            <form action="/planted"><div class="field"><input id="a" name="a"></div><div class="field"><input id="b" name="b"></div></form></main>
            """)));
        told.ShouldContain("/planted sent empty, answered 422: b is not named, only a");
        told.ShouldContain("/planted sent nonsense, answered 422: a lost what was typed");
    }

    [Fact]
    public async Task A_question_that_is_asked_without_an_answer_and_leads_to_a_page_without_it_is_caught()
    {
        const string Page = """<main><form method="get" action="/planted"><input type="radio" name="a" value="1"></form></main>""";
        var told = await Unanswered(Page, [], _ => Task.FromResult((HttpStatusCode.UnprocessableEntity, "<main>It could not be done.</main>")));
        told.ShouldBe(["/planted asked empty, answered 422: the form is gone", "/planted asked empty, answered 422: nothing says what is wrong"]);
        (await Unanswered(Page, [], _ => Task.FromResult((HttpStatusCode.OK, "<main>Nothing found.</main>")))).ShouldBeEmpty();
    }

    private delegate Task<(HttpStatusCode Status, string Page)> Answer(string action, IReadOnlyList<(string Name, string Value)> fields);

    /// <summary>Sends every form of a page that was not sent yet.</summary>
    private static async Task<IReadOnlyList<string>> Faults(string page, HashSet<string> sent, Answer answer)
    {
        var faults = new HashSet<string>();
        foreach (var form in (await Html.ParseDocumentAsync(page)).QuerySelectorAll<IHtmlFormElement>("main form[method=post]"))
        {
            var action = form.GetAttribute("action")!;
            var typed = form.Elements.Where(one => !string.IsNullOrEmpty(NameOf(one)) && TypeOf(one) is not
                ("hidden" or "submit" or "button" or "file" or "fieldset")).ToList();
            if (typed.Count == 0 || !sent.Add(action)) continue;
            foreach (var empty in new[] { true, false })
            {
                var nonsense = new Dictionary<string, string>();
                foreach (var one in typed) nonsense.TryAdd(NameOf(one), empty ? "" : Nonsense(one));
                var (status, again) = await answer(action, [.. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]")
                    .Select(one => (one.Name!, one.Value)), .. typed.DistinctBy(NameOf)
                    .Where(one => !empty || !IsChoice(one)).Select(one => (NameOf(one), nonsense[NameOf(one)]))]);
                if (status is HttpStatusCode.OK || (int)status / 100 == 3) continue;
                faults.UnionWith(Compare(action, typed, nonsense, status, await Html.ParseDocumentAsync(again), empty)
                    .Select(what => $"{action} sent {(empty ? "empty" : "nonsense")}, answered {(int)status}: {what}"));
            }
        }
        return [.. faults];
    }

    /// <summary>Asks by every form of a page that asks by its address and was not asked yet, without anything chosen or typed.</summary>
    private static async Task<IReadOnlyList<string>> Unanswered(string page, HashSet<string> sent,
        Func<string, Task<(HttpStatusCode Status, string Page)>> ask)
    {
        var faults = new List<string>();
        foreach (var form in (await Html.ParseDocumentAsync(page)).QuerySelectorAll<IHtmlFormElement>("main form:not([method=post])"))
        {
            var action = form.GetAttribute("action") ?? "";
            if (action.Length == 0 || !sent.Add("? " + action)) continue;
            var fields = form.Elements.Where(one => NameOf(one).Length > 0 && !IsChoice(one) && TypeOf(one) is not ("submit" or "button"))
                .Select(one => $"{Uri.EscapeDataString(NameOf(one))}={Uri.EscapeDataString(TypeOf(one) == "hidden" ? ValueOf(one) ?? "" : "")}");
            var (status, answer) = await ask($"{action}?{string.Join('&', fields)}");
            if ((int)status / 100 is not (4 or 5)) continue;
            var again = await Html.ParseDocumentAsync(answer);
            var what = $"{action} asked empty, answered {(int)status}: ";
            if (again.QuerySelectorAll("main form").All(one => one.GetAttribute("action") != action)) faults.Add(what + "the form is gone");
            if (!again.QuerySelectorAll(".error-summary a").Any(link => again.GetElementById(link.GetAttribute("href")![1..]) is not null))
                faults.Add(what + "nothing says what is wrong");
        }
        return faults;
    }

    private static IEnumerable<string> Compare(string action, IReadOnlyList<IElement> typed, Dictionary<string, string> nonsense,
        HttpStatusCode status, IHtmlDocument page, bool empty)
    {
        var named = page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")![1..]).ToList();
        if (named is ["main"]) yield break;
        if (page.QuerySelectorAll<IHtmlFormElement>("main form").FirstOrDefault(one => one.GetAttribute("action") == action) is not { } again)
        {
            var main = Space().Replace(page.QuerySelector("main")?.TextContent ?? "", " ").Trim();
            yield return "the form is gone: " + main[..Math.Min(main.Length, 120)];
            yield break;
        }
        foreach (var id in named.Where(id => id != "main" && page.GetElementById(id) is null)) yield return $"no field #{id}";
        foreach (var one in typed)
        {
            var (name, type, choice) = (NameOf(one), TypeOf(one), IsChoice(one));
            if (again.Elements.FirstOrDefault(there => NameOf(there) == name) is not { } there)
            {
                yield return $"{name} is gone";
                continue;
            }
            var written = type is "date" or "number" or "datetime-local";
            if (!choice && !written && type != "select" && ValueOf(there) != nonsense[name]) yield return $"{name} lost what was typed";
            // A lot is asked of a dose given here, which an empty form does not say.
            var optional = name == "lot"
                || (type == "radio" && again.Elements.OfType<IHtmlInputElement>().Any(none => none.Name == name && none.Value.Length == 0))
                || one.Closest(".field")?.QuerySelector("label > .quiet") is not null
                || one is IHtmlSelectElement select && select.Options.Any(option => option.Value.Length == 0 && option.Text.Trim() != "Choose");
            var wrong = empty ? !optional && type != "checkbox" : written || type == "radio" || type == "select" && !optional;
            // What became of the matter meanwhile is said of the whole form, not of a field.
            if (one.Closest("fieldset.one-of")?.Id is { } group && named.Contains(group)) continue;
            if (wrong && status != HttpStatusCode.Conflict && !named.Contains((choice ? one.Closest(".field") : one)?.Id ?? ""))
                yield return $"{name} is not named, only {string.Join(',', named)}";
        }
    }

    private static string Nonsense(IElement field)
    {
        var text = TypeOf(field) is "date" or "number" or "datetime-local" ? "2026-13-45" : "no such thing";
        return int.TryParse(field.GetAttribute("maxlength"), out var most) && most > 0 && most < text.Length ? text[..most] : text;
    }

    private static bool IsChoice(IElement field) => TypeOf(field) is "radio" or "checkbox";

    private static string NameOf(IElement field) => field.GetAttribute("name") ?? "";

    private static string TypeOf(IElement field) => field switch
    {
        IHtmlInputElement input => input.Type,
        IHtmlButtonElement button => button.Type,
        IHtmlSelectElement => "select",
        _ => field.LocalName,
    };

    private static string? ValueOf(IElement field) => field switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        _ => null,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
