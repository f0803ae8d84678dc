using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Legwork.Host.Backup;
using Legwork.Host.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Journeys.Tests;

/// <summary>
/// Naughty texts through every field of every form of every role, every parameter of every page and every text of the phone's door: nothing
/// breaks, nothing that was typed becomes part of a page, and what is kept is what was sent. A sample of fields and texts with a fixed
/// seed and of roles; with LEGWORK_FORMS=all every field of every role, with six texts each.
/// </summary>
public class NaughtyTextsJourney(LivingDistrict district) : IClassFixture<LivingDistrict>
{
    // Of an ordinary run: a walk through every page of every role takes minutes.
    private const int FieldsPassedOver = 8, RolesPassedOver = 3;

    private static readonly string[] Apart = ["/sign-out", "/password"];

    private static readonly bool All = Environment.GetEnvironmentVariable("LEGWORK_FORMS") == "all";

    private static readonly string[] Never =
        ["iframe", "object", "embed", "base", "style", "naughty", "marquee", "frame", "applet", "foreignobject"];

    private static readonly HtmlParser Html = new();

    private readonly FilledForms filled = new(district, "written.naughtily");
    private readonly Random random = new(7);
    private readonly HashSet<string> met = [], sent = [], taken = [], seenOnce = [], shownOnce = [];
    private readonly SortedSet<string> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Where, string Text)> marked = [];

    [Fact]
    public async Task No_text_breaks_a_page_becomes_a_part_of_it_or_is_changed_in_silence()
    {
        var see = await ThingsToSee.In(district);
        foreach (var (role, who) in ThingsToSee.Lookers.Where((_, at) => All || at % RolesPassedOver == 0))
        {
            using var visitor = await district.Served.Visit(who);
            foreach (var seen in EveryPage.Of(district.Served.Routes)
                .Where(seen => seen.Permission?.Admits(role) != false && !Apart.Contains(seen.Route) && (seenOnce.Add(seen.Address) || All)))
            {
                await Ask(visitor, seen, see);
                foreach (var form in await FilledForms.On(visitor, see.Fill(seen.Address)))
                    await SendForm(visitor, see.Fill(seen.Address), form);
            }
        }
        using (var worker = await district.Served.Visit("door")) await SendDay(worker);
        // What was kept is drawn once more for everybody.
        foreach (var (role, who) in ThingsToSee.Lookers.Where((_, at) => All || at % RolesPassedOver == 0))
        {
            using var visitor = await district.Served.Visit(who);
            foreach (var seen in EveryPage.Of(district.Served.Routes)
                .Where(seen => seen.Permission?.Admits(role) == true && (shownOnce.Add(seen.Address) || All)))
                await Look(visitor, see.Fill(seen.Address), "shown to " + role);
        }
        found.UnionWith(Changed());
        TestContext.Current.TestOutputHelper!.WriteLine($"{met.Count} fields, {sent.Count} sent, {taken.Count} forms taken, {marked.Count} texts");
        (All ? 101 : met.Count).ShouldBeGreaterThan(30, "fields");
        taken.Count.ShouldBeGreaterThan(All ? 15 : -1, "a form that is right but for its text must be taken, or nothing would reach the storage");
        found.ShouldBeEmpty();
    }

    [Fact]
    public void A_page_that_draws_what_was_typed_is_caught()
    {
        foreach (var drawn in new[] { "<script>1</script>", "<img src=x onerror=1>", "<a href='javascript:1'>x</a>", "<iframe></iframe>",
            "<b data-naughty></b>", "<base href=//evil.example>", "<naughty>", "<style></style>", "<p style='x'></p>" })
            Foreign(Html.ParseDocument($"<main>{drawn}</main>")).ShouldNotBeEmpty(drawn);
        Foreign(Html.ParseDocument($"<main>{WebUtility.HtmlEncode("<script>1</script>")}<a href='/x'>y</a></main>")).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_that_was_cut_is_told_from_one_that_was_trimmed()
    {
        Kept("a  b q1q", "  a  b q1q ").ShouldBeTrue();
        Kept("{\"note\":\"\\u003Cb\\u003E q1q\"}", "<b> q1q").ShouldBeTrue();
        Kept("seen: \u00e9 q1q", "e\u0301 q1q").ShouldBeTrue();
        Kept("q1q abc", "q1q abcdef").ShouldBeFalse();
        Kept("q1q ab", "q1q a\u202eb").ShouldBeFalse();
    }

    [Fact]
    public void Whatever_is_logged_is_one_line_of_JSON()
    {
        foreach (var text in NaughtyTexts.All)
        {
            using var written = new StringWriter();
            new LogLines(TimeProvider.System).Write(new LogEntry<string>(LogLevel.Error, text, default, text,
                new InvalidOperationException(text), (state, _) => state), null, written);
            var line = written.ToString();
            line.TrimEnd().IndexOfAny(['\r', '\n', '\u0085', '\u2028', '\u2029', '\u001b']).ShouldBe(-1, text);
            JsonDocument.Parse(line).RootElement.GetProperty("message").ValueKind.ShouldBe(JsonValueKind.String);
        }
    }

    private bool Turn(string field) => All || met.Add(field) && random.Next(FieldsPassedOver) == 0 && sent.Add(field);

    private IEnumerable<string> Texts(bool typed) =>
        Enumerable.Range(0, All ? typed ? 6 : 2 : 1).Select(_ => NaughtyTexts.All[random.Next(NaughtyTexts.All.Count)]);

    /// <summary>Every parameter that a page reads from its address.</summary>
    private async Task Ask(Visitor visitor, PageSeen seen, ThingsToSee see)
    {
        var address = see.Fill(seen.Address).Split('?')[0];
        foreach (var name in Parameters(seen.Route).Where(name => Turn($"{seen.Route}?{name}")))
            foreach (var text in Texts(typed: false))
                await Look(visitor, $"{address}?{name}={Uri.EscapeDataString(text)}", $"{seen.Route}?{name}");
    }

    private IEnumerable<string> Parameters(string route) => district.Served.Routes
        .Where(one => "/" + one.RoutePattern.RawText!.Trim('/') == route)
        .SelectMany(one => one.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        .Where(one => (Nullable.GetUnderlyingType(one.ParameterType) ?? one.ParameterType) is var type
            && (type.IsPrimitive || type == typeof(string) || type == typeof(DateOnly) || type == typeof(Guid)))
        .Select(one => one.Name!).Append("q").Distinct();

    private async Task SendForm(Visitor visitor, string address, IHtmlFormElement form)
    {
        var action = form.GetAttribute("action")!;
        if (Apart.Any(apart => action.StartsWith(apart, StringComparison.Ordinal))) return;
        foreach (var field in filled.Fields(form).Keys.Where(field => Turn($"{Alike(action)} {field}")))
        {
            var typed = form.Elements.Any(one => one.GetAttribute("name") == field
                && one is IHtmlTextAreaElement or IHtmlInputElement { Type: "text" or "search" or "tel" or "email" or "url" });
            foreach (var text in Texts(typed)) await Post(visitor, address, action, field, Mark(text, $"{action} {field}"));
        }
        if (!Turn($"{Alike(action)} unreadable")) return;
        foreach (var text in NaughtyTexts.Unreadable.Take(All ? 9 : 1))
            await Post(visitor, address, action, filled.Fields(form).Keys.FirstOrDefault() ?? "x", text);
    }

    /// <summary>The same form of another thing is sent once.</summary>
    private static string Alike(string action) =>
        string.Join('/', action.Split('?')[0].Split('/').Select(part => part.Any(char.IsAsciiDigit) ? "*" : part));

    /// <summary>With a mark before or behind it, by which it is found again: what cuts at an end loses the one or something of the text.</summary>
    private string Mark(string text, string where)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"qz{marked.Count}zq");
        var whole = marked.Count % 2 == 0 ? text + mark : mark + text;
        marked[mark] = (where, whole);
        return whole;
    }

    private async Task Post(Visitor visitor, string address, string action, string field, string text)
    {
        if ((await FilledForms.On(visitor, address)).FirstOrDefault(one => one.GetAttribute("action") == action) is not { } form) return;
        var fields = filled.Fields(form);
        fields[field] = text;
        fields["csrf"] = form.QuerySelector<IHtmlInputElement>("input[name=csrf]")?.Value ?? "";
        using var body = new FormUrlEncodedContent(fields);
        using var answer = await visitor.Send(new HttpRequestMessage(HttpMethod.Post, action) { Content = body });
        await Judge(answer, $"{action} {field}");
        if ((int)answer.StatusCode / 100 is 2 or 3) taken.Add(action);
        if (answer.Headers.Location?.OriginalString is { } next) await Look(visitor, next, $"{action} {field}, led on");
    }

    private async Task Look(Visitor visitor, string address, string what)
    {
        using var answer = await visitor.Get(address); await Judge(answer, what);
    }

    private async Task Judge(HttpResponseMessage answer, string what)
    {
        if ((int)answer.StatusCode >= 500) found.Add($"{what}: answered {(int)answer.StatusCode}");
        if (answer.Headers.Location?.OriginalString is { } to && !(to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal)))
            found.Add($"{what}: leads to {to}");
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.StartsWith("x=", StringComparison.Ordinal)))
            found.Add($"{what}: a header of the text's own");
        switch (answer.Content.Headers.ContentType?.MediaType)
        {
            case "text/html":
                found.UnionWith(Foreign(await Html.ParseDocumentAsync(await Visitor.Text(answer))).Select(one => $"{what}: {one}"));
                break;
            case "text/csv":
                found.UnionWith(Formulas(await Visitor.Text(answer)).Select(one => $"{what}: a cell begins {one}"));
                break;
        }
    }

    /// <summary>What no page of ours has: scripts and styles within it, handlers, frames, other servers, elements that were typed.</summary>
    private static IEnumerable<string> Foreign(IHtmlDocument page)
    {
        foreach (var one in page.All)
        {
            if (Never.Contains(one.LocalName)) yield return one.LocalName;
            if (one.LocalName == "script" && (one.TextContent.Trim().Length > 0 && one.GetAttribute("type") != "application/json"
                || one.GetAttribute("src")?.StartsWith("/assets/", StringComparison.Ordinal) == false)) yield return "script";
            foreach (var own in one.Attributes)
                if (own.Name.StartsWith("on", StringComparison.Ordinal) || own.Name is "style" or "srcdoc" or "data-naughty")
                    yield return $"{one.LocalName} {own.Name}";
                else if (own.Name is "href" or "src" or "action" or "formaction" or "xlink:href" && !Leads(own.Value.TrimStart()))
                    yield return $"{one.LocalName} {own.Name}={own.Value}";
        }
    }

    private static bool Leads(string address) => !address.StartsWith("//", StringComparison.Ordinal)
        && (!address.Split('?', '#', '/')[0].Contains(':') || address.StartsWith("tel:", StringComparison.Ordinal)
            || address.StartsWith("data:image/", StringComparison.Ordinal));

    private static IEnumerable<string> Formulas(string csv)
    {
        var (quoted, begins) = (false, true);
        foreach (var sign in csv.TrimStart('\ufeff'))
        {
            if (begins && sign is '=' or '+' or '-' or '@' && begins) yield return sign.ToString();
            begins = !quoted && sign is ',' or '\n' || begins && sign == '"';
            if (sign == '"') quoted = !quoted;
        }
    }

    /// <summary>Texts in the storage that are not as they were sent.</summary>
    private List<string> Changed() => district.Served.Store.Read(session => (List<string>)
        [.. from table in TableShape.All(session)
            from column in table.Columns
            where column.Kind == ColumnKind.Text
            from value in session.Query<string>($"select distinct {column.Name} from {table.Name} where {column.Name} like '%qz%zq%'")
            from mark in Marks(value)
            // Sign-in names are the same in capitals and small letters.
            where marked.ContainsKey(mark) && !Kept(value, column.Name == "sign_in" ? marked[mark].Text.ToLowerInvariant() : marked[mark].Text)
            select $"{table.Name}.{column.Name} holds {Short(value)} of {Short(marked[mark].Text)} ({marked[mark].Where})"]);

    private static IEnumerable<string> Marks(string value) =>
        System.Text.RegularExpressions.Regex.Matches(value, @"qz\d+zq", default, TimeSpan.FromSeconds(1)).Select(match => match.Value).Distinct();

    private static string Short(string text) => JsonSerializer.Serialize(text.Length > 60 ? text[..60] : text);

    /// <summary>Trimmed and composed (NFC) is as it was; lines may end as the field ends them.</summary>
    private static bool Kept(string value, string text) =>
        Plain(value).Contains(Plain(text), StringComparison.Ordinal)
        || Leaves(value).Any(leaf => Plain(leaf).Contains(Plain(text), StringComparison.Ordinal));

    private static string Plain(string text) => (text.IsNormalized() ? text : text.Normalize()).ReplaceLineEndings("\n").Trim();

    private static IEnumerable<string> Leaves(string value)
    {
        JsonDocument? read = null;
        try
        {
            if (value.StartsWith('{') || value.StartsWith('[')) read = JsonDocument.Parse(value);
        }
        catch (JsonException)
        {
        }
        if (read is null) yield break;
        using (read)
            foreach (var leaf in Within(read.RootElement)) yield return leaf;
    }

    private static IEnumerable<string> Within(JsonElement one) => one.ValueKind switch
    {
        JsonValueKind.String => [one.GetString()!],
        JsonValueKind.Array => one.EnumerateArray().SelectMany(Within),
        JsonValueKind.Object => one.EnumerateObject().SelectMany(each => Within(each.Value).Prepend(each.Name)),
        _ => [],
    };

    private sealed record Visit(Guid Id, long Version);

    /// <summary>The phone's own door: every text of it, also as escapes that stand for no sign.</summary>
    private async Task SendDay(Visitor worker)
    {
        var token = await worker.Token("/day");
        for (var at = 0; at < 10; at++)
        {
            foreach (var text in Texts(typed: true).Select(text => JsonSerializer.Serialize(Mark(text, $"/api/day/answers {at}")))
                .Concat(["\"\\ud800\"", "\"a\\u0000b\"", "null", "7", "[]", "{}"]))
            {
                if (district.Served.Store.Read(session => session.First<Visit>("""
                    select id, version from cases_case where stage = 'visit' and state = 'open' and place = @Grid order by id limit 1
                    """, district)) is not { } one) return;
                string Of(int field, string right) => at == field ? text : JsonSerializer.Serialize(right);
                string Name(int field, string right) => at == field && !text.StartsWith('"') ? "\"x\"" : Of(field, right);
                var item = $$"""
                    {"items":[{"key":{{Of(8, Guid.CreateVersion7().ToString())}},"caseId":{{Of(0, one.Id.ToString())}},
                    "version":{{one.Version}},"question":{{Of(1, "residence")}},"answer":{{Of(2, "not_home")}},
                    "details":{ {{Name(3, "name")}}:{{Of(4, "扎西")}} },"note":{{Of(5, "看过")}},"at":{{Of(9, "2026-11-30T02:00:00Z")}},
                    "evidence":[{"kind":"typed_name","dataUrl":{{Of(6, "扎西")}} }],"attempt":{"next":{{Of(7, "2026-12-15T10:00")}} } }]}
                    """;
                sent.Add($"/api/day/answers {at}");
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/day/answers");
                request.Content = new StringContent(item, Encoding.UTF8, "application/json");
                request.Headers.Add("X-CSRF-TOKEN", token);
                request.Headers.Add("Accept", "application/json");
                using var answer = await worker.Send(request);
                await Judge(answer, $"/api/day/answers {at} {Short(text)}");
            }
        }
    }
}
