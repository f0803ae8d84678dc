using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Legwork.Host.Backup;
using Legwork.Platform.Storage;

namespace Legwork.Journeys.Tests;

/// <summary>
/// Every field of every form that somebody sees, sent with far more text than anybody writes while the others are filled as asked: whatever
/// a field says of its length in the page, the server caps what it keeps.
/// </summary>
public class LongTextsJourney(LivingDistrict district) : IClassFixture<LivingDistrict>
{
    private const int Most = 8_000;

    /// <summary>Longer than any column may hold, and as much as a form takes.</summary>
    private static readonly int[] Lengths = [20_000, 1 << 20];

    /// <summary>What ends the session that is asking.</summary>
    private static readonly string[] Apart = ["/sign-out", "/password"];

    private readonly FilledForms filled = new(district, "written.long");

    private readonly HashSet<string> sent = [], taken = [];

    [Fact]
    public async Task No_field_of_any_form_is_kept_longer_than_anybody_writes()
    {
        var see = await ThingsToSee.In(district);
        TooLong(district.Served.Store).ShouldBeEmpty("before anything was sent");
        foreach (var (role, who) in ThingsToSee.Lookers)
        {
            using var visitor = await district.Served.Visit(who);
            foreach (var seen in EveryPage.Of(district.Served.Routes)
                .Where(seen => seen.Permission?.Admits(role) != false && !Apart.Contains(seen.Route)))
                await SendForms(who, visitor, see.Fill(seen.Address));
        }
        using (var worker = await district.Served.Visit("door")) await SendDay(worker);
        using (var stranger = await district.Served.Visit()) await SignIn(stranger);

        sent.Count.ShouldBeGreaterThan(100, "fields");
        taken.Count.ShouldBeGreaterThan(15, "what cuts a long text must be right but for it, or nothing would reach the storage");
        TooLong(district.Served.Store).ShouldBeEmpty();
        TestContext.Current.TestOutputHelper!.WriteLine($"{sent.Count} fields, {taken.Count} of them in forms that were taken");
    }

    [Fact]
    public async Task A_text_that_is_kept_whole_is_caught()
    {
        await district.Served.Store.Write(session =>
        {
            session.Execute("create table planted_note (id bigint, note text)");
            session.Execute("insert into planted_note values (1, @long)", new { @long = new string('x', Most + 1) });
        });
        TooLong(district.Served.Store).ShouldBe(["planted_note.note holds 8001"]);
        await district.Served.Store.Write(session => session.Execute("drop table planted_note"));
    }

    private static List<string> TooLong(Store store) => store.Read(session => TableShape.All(session)
        .SelectMany(table => table.Columns.Where(column => column.Kind == ColumnKind.Text)
            .Select(column => (Name: $"{table.Name}.{column.Name}",
                Longest: session.Scalar<long?>($"select max(length({column.Name})) from {table.Name}"))))
        .Where(column => column.Longest > Most).Select(column => $"{column.Name} holds {column.Longest}").ToList());

    private async Task SendForms(string who, Visitor visitor, string address)
    {
        foreach (var form in await FilledForms.On(visitor, address))
        {
            var action = form.GetAttribute("action")!;
            if (Apart.Any(apart => action.StartsWith(apart, StringComparison.Ordinal))) continue;
            // What one role is refused another may do; a megabyte is sent once.
            foreach (var field in filled.Fields(form).Keys)
                foreach (var length in Lengths.Where(length => sent.Add($"{action} {field} {(length == Lengths[0] ? who : length)}")))
                    await Post(visitor, address, action, field, new string('x', length));
        }
    }

    /// <summary>The form as it stands now: what was sent before may have moved on what it is about.</summary>
    private async Task Post(Visitor visitor, string address, string action, string field, string text)
    {
        if ((await FilledForms.On(visitor, address)).FirstOrDefault(one => one.GetAttribute("action") == action) is not { } form) return;
        var fields = filled.Fields(form);
        fields[field] = text;
        fields["csrf"] = form.QuerySelector<IHtmlInputElement>("input[name=csrf]")?.Value ?? "";
        using var body = new FormUrlEncodedContent(fields);
        using var answer = await visitor.Send(new HttpRequestMessage(HttpMethod.Post, action) { Content = body });
        ((int)answer.StatusCode).ShouldBeLessThan(500, action);
        if ((int)answer.StatusCode / 100 is 2 or 3) taken.Add(action);
    }

    /// <summary>The phone's own door, whose texts stand in no form.</summary>
    private async Task SendDay(Visitor worker)
    {
        var token = await worker.Token("/day");
        foreach (var length in Lengths)
        {
            for (var at = 0; at < 8; at++)
            {
                if (district.Served.Store.Read(session => session.First<Visit>("""
                    select id, version from cases_case where stage = 'visit' and state = 'open' and place = @Grid order by id limit 1
                    """, district)) is not { } one) return;
                string Of(int field, string right) => at == field ? new string('x', length) : right;
                var item = new
                {
                    key = Guid.CreateVersion7(),
                    caseId = Of(0, one.Id.ToString()),
                    version = one.Version,
                    question = Of(1, "residence"),
                    answer = Of(2, "not_home"),
                    details = new Dictionary<string, string> { [Of(3, "name")] = Of(4, "扎西") },
                    note = Of(5, "看过"),
                    at = DateTimeOffset.UtcNow,
                    evidence = new[] { new { kind = "typed_name", dataUrl = Of(6, "扎西") } },
                    attempt = new { next = Of(7, "2026-12-15T10:00") },
                };
                sent.Add($"/api/day/answers {at} {length}");
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/day/answers");
                request.Content = JsonContent.Create(new { items = new[] { item } });
                request.Headers.Add("X-CSRF-TOKEN", token);
                request.Headers.Add("Accept", "application/json");
                using var answer = await worker.Send(request);
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{at} {length}");
            }
        }
    }

    private sealed record Visit(Guid Id, long Version);

    private static async Task SignIn(Visitor stranger)
    {
        var token = await stranger.Token("/sign-in");
        foreach (var (name, browser) in new[] { (new string('x', 20_000), "b"), ("clerk", new string('x', 20_000)) })
        {
            using var body = new FormUrlEncodedContent([new("signIn", name), new("password", "demonstration"), new("csrf", token)]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = body };
            request.Headers.TryAddWithoutValidation("User-Agent", browser);
            using var answer = await stranger.Send(request);
            ((int)answer.StatusCode).ShouldBeLessThan(500);
        }
    }
}
