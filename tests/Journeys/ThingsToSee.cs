using System.Globalization;
using System.Text.RegularExpressions;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Journeys.Tests;

/// <summary>
/// What the addresses of <see cref="EveryPage"/> speak of: found in a living district, or put there through the product's own forms,
/// with an account for every role.
/// </summary>
internal sealed partial class ThingsToSee
{
    /// <summary>Who looks, by role.</summary>
    public static IReadOnlyDictionary<Role, string> Lookers { get; } = new Dictionary<Role, string>
    {
        [Role.Citizen] = "resident",
        [Role.Clerk] = "counter",
        [Role.Supervisor] = "checker",
        [Role.Officer] = "officer",
        [Role.Auditor] = "looker",
        [Role.Administrator] = "admin",
        [new("GridWorker")] = "door",
        [new("Vaccinator")] = "vaccinator",
        [new("Doctor")] = "physician",
        [new("StockKeeper")] = "keeper",
        [new("HallBoard")] = "screen",
    };

    private readonly Dictionary<string, string> things = [];

    public static async Task<ThingsToSee> In(LivingDistrict district)
    {
        if (district.ToSee is { } made) return made;
        var see = new ThingsToSee();
        await see.Find(district);
        return district.ToSee = see;
    }

    /// <summary>The address with every name in braces filled.</summary>
    public string Fill(string address) => Braces().Replace(address,
        found => string.Join('/', things[found.Groups[1].Value].Split('/').Select(Uri.EscapeDataString)));

    private async Task Find(LivingDistrict district)
    {
        var served = district.Served;
        await served.Services.GetRequiredService<DemonstrationAccounts>()
            .Make([new("looker", "边巴", Role.Auditor, ServedDistrict.District, null)]);
        var person = district.Resident.Person.Value;
        (things["grid"], things["person"], things["name"]) = (district.Grid, person.ToString(), district.Resident.Name);
        string One(string sql) => served.Store.Read(session => session.Query<string>(sql, new { grid = district.Grid, person }))[0];
        var child = things["child"] = One("""
            select cast(id as text) from people_file
            where state = 'open' and birth >= '2024-01-01' and birth < '2026-05-01' and length(birth) = 10 and lives <> '' order by id
            """);
        things["childName"] = One($"select name from people_file where cast(id as text) = '{child}'");
        things["visit"] = One("select cast(id as text) from cases_case where stage = 'visit' and state = 'open' and place = @grid order by id");
        things["stop"] = One("select visit_group from cases_case where stage = 'visit' and state = 'open' and place = @grid order by id");
        things["verify"] = One("select cast(id as text) from cases_case where state = 'open' and stage <> 'visit' order by id");
        things["pair"] = One("select cast(min(id) as text) from people_pair where state = 'open'");
        things["unresolved"] = One("select cast(min(id) as text) from places_unresolved");
        things["import"] = One("select cast(max(id) as text) from people_import where state = 'taken'");
        things["worker"] = One("select cast(id as text) from access_account where sign_in = 'grid'");
        things["grant"] = One("select cast(g.id as text) from access_grant g join access_account a on a.id = g.account where a.sign_in = 'grid'");
        things["act"] = (await served.Store.Write(session => Merged(session, person))).ToString(CultureInfo.InvariantCulture);
        await Put(served, person, child);
        things["dose"] = One("select cast(max(id) as text) from immunization_dose");
        things["state"] = One("select cast(max(id) as text) from immunization_state");
        things["receiver"] = One("select max(cast(id as text)) from webhooks_subscription");
        things["statement"] = One("select cast(max(id) as text) from people_statement");
        things["correction"] = One("select cast(id as text) from cases_case where kind = 'correction' order by id desc");
    }

    /// <summary>What only somebody's act brings about.</summary>
    private async Task Put(ServedDistrict served, Guid person, string child)
    {
        using var clerk = await served.Visit("counter");
        await Done(clerk.Post($"/people/{child}/guardians", "/",
            ("guardian", person.ToString()), ("kind", "parent"), ("evidence", "household_book")));
        await Done(clerk.Post($"/people/{person}/statements", "/", ("field", "phone"), ("value", "13900000000"), ("evidence", "visit")));
        things["job"] = (await Job(clerk)).Split('/')[^1];
        things["tried"] = await OldDoses.Try(served, clerk, things["childName"], child);
        things["history"] = await OldDoses.Try(served, clerk, things["childName"], child);
        await Done(clerk.Post($"/histories/{things["history"]}/take", "/"));
        await OldDoses.Until(served, things["history"], "taken");
        using var nurse = await served.Visit("vaccinator");
        await Done(nurse.Post($"/people/{child}/immunization/doses", "/", ("vaccine", "HepB"), ("on", "2026-06-01"), ("lot", "A1"),
            ("evidence", "given_here"), ("warned", "2026-06-01 HepB")));
        await Done(nurse.Post($"/people/{child}/immunization/states", "/", ("observation", "hiv-exposed"), ("since", "2026-06-01"),
            ("evidence", "laboratory")));
        await AtClinic(served, nurse, [child, .. served.Store.Read(session => session.Query<string>("""
            select cast(id as text) from people_file
            where state = 'open' and birth >= '2024-01-01' and length(birth) = 10 and lives <> '' and cast(id as text) <> @child order by id limit 2
            """, new { child }))]);
        things["rules"] = RuleSet().Match(await nurse.Page("/immunization/rules")).Groups[1].Value;
        using var own = await served.Visit("resident");
        await Done(own.Post("/me/corrections", "/", ("field", "phone"), ("value", "13900000001"), ("why", "new")));
        await clerk.Page($"/people/{person}");
        var read = served.Store.Read(session =>
            session.Query<Read>("select node, seq from readlog_subject where person = @person", new { person }))[0];
        using var administrator = await served.Visit("admin");
        (await administrator.Post("/webhooks/new", "/", ("name", "示例局"), ("url", "https://receiver.example/"), ("events", "case.closed"),
            ("fields", "case"), ("purpose", ""))).EnsureSuccessStatusCode().Dispose();
        using var auditor = await served.Visit("looker");
        things["hold"] = (await Done(auditor.Post("/holds/new", "/", ("person", person.ToString()), ("node", read.Node),
            ("seq", read.Seq.ToString(CultureInfo.InvariantCulture)), ("reason", "an inquiry"),
            ("basis", "刑事诉讼法"), ("until", "2027-01-31")))).Split('/')[^1];
    }

    /// <summary>Three children at the first clinic: one has only come, one is found fit, one waits for the doctor.</summary>
    private async Task AtClinic(ServedDistrict served, Visitor nurse, IReadOnlyList<string> children)
    {
        const string clinic = "hospital";
        things["clinic"] = clinic;
        using (var keeper = await served.Visit("keeper"))
            await Done(keeper.Post($"/clinics/{clinic}/stock/receive", "/", ("product", "HepB"),
                ("lot", "L1"), ("expires", "2099-01-31"), ("doses", "1"),
                ("fridge", "A"), ("codes", "84123450000000000001\n84123450000000000002")));
        foreach (var (name, child, ill) in new[] { ("clinicArrived", children[0], ""), ("clinicFit", children[1], "no"),
            ("clinicIll", children[2], "yes") })
        {
            var at = await Done(nurse.Post($"/clinics/{clinic}/come", "/", ("person", child)));
            things[name] = at.Split('/')[^1].Split('?')[0];
            if (ill.Length == 0) continue;
            await Done(nurse.Post($"/clinics/visits/{things[name]}/check", "/", ("version", "1"),
                ("celsius", "36.5"), ("fever_now", ill), ("ill_week", "no"),
                ("reaction_before", "no"), ("allergy", "no"), ("immune", "no"), ("blood", "no"), ("fits", "no")));
        }
    }

    private static async Task<string> Job(Visitor clerk)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await clerk.Token("/")), "csrf" },
            { new StringContent("1"), "check" },
            { new ByteArrayContent("姓名,身份证号\n"u8.ToArray()), "files", "list.csv" },
        };
        return await Done(clerk.Send(new HttpRequestMessage(HttpMethod.Post, "/imports") { Content = form }));
    }

    private static async Task<string> Done(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        ((int)answer.StatusCode).ShouldBeInRange(300, 399, Wrong().Match(await Visitor.Text(answer)).Value);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>An act on the file that can be undone.</summary>
    private static long Merged(Session session, Guid person)
    {
        var at = new { person, nobody = Guid.Empty };
        var act = session.Scalar<long>(
            "insert into people_act (kind, at, account, actor, reason) values ('split', 0, @nobody, '', 'planted') returning id", at);
        session.Execute("""
            insert into people_move (act, lineage, from_file, to_file)
            select @act, lineage, null, file from people_member where file = @person order by lineage limit 1
            """, new { act, person });
        return act;
    }

    private sealed record Read(string Node, long Seq);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex("error-summary.*?</ul>", RegexOptions.Singleline)]
    private static partial Regex Wrong();

    [GeneratedRegex("/immunization/rules/([^\"?]+)")]
    private static partial Regex RuleSet();
}
