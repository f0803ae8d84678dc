using System.Text.Json;
using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Secrets;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Legwork.People.Cases;

/// <summary>
/// Tells Cases what an actor may see of the persons its cases are about. Which cases an actor sees is Cases' to decide, by the place
/// that acts; here the purpose decides which fields.
/// </summary>
internal sealed class PersonSubjects(Store store, NumberVault vault, DistrictLists lists, FileReading reading,
    ValuesInForce values, PlaceNames places, Texts texts, Sensitive sensitive, IHttpContextAccessor http, TimeProvider clock)
    : ISubjects
{
    public async Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission,
        string purpose, IReadOnlyCollection<string> subjects, CancellationToken cancel = default)
    {
        var claimed = reading.Claim(actor, permission, purpose);
        if (!claimed.Ok) return new Dictionary<string, SubjectLines>();
        var t = new T(texts, Language.Of(http.HttpContext));
        var shown = new List<PersonId>();
        var today = FileFacts.LocalDay(clock.GetUtcNow());
        var lines = await store.ReadAsync(async session =>
        {
            var described = new Dictionary<string, SubjectLines>(StringComparer.Ordinal);
            foreach (var subject in subjects.Distinct(StringComparer.Ordinal))
            {
                if (!PersonSubject.TryParse(subject, out var person) || await FileRow.CurrentAsync(session, person) is not { } file) continue;
                shown.Add(file.Id);
                described.Add(subject, await Lines(session, actor, file,
                    sensitive.IsChild(file.BirthDate, today) ? reading.ForChild(actor, permission, claimed.Value) : claimed.Value, t));
            }
            return described;
        }, cancel);
        if (shown.Count > 0) await reading.Log(actor, permission, claimed.Value, [.. shown.Distinct()]);
        return lines;
    }

    private async Task<SubjectLines> Lines(Session session, Actor actor, FileRow file, Purpose purpose, T t)
    {
        var now = clock.GetUtcNow();
        var today = FileFacts.LocalDay(now);
        var held = values.Of(await FileFacts.LoadAsync(session, vault, lists, file.Id), now, today)
            .ToDictionary(value => value.Rule.Code, StringComparer.Ordinal);
        string In(string code) => held.TryGetValue(code, out var value) && purpose.Opens(value.Rule.Shows) ? value.Value : "";
        var name = In("name");
        var number = In("number") is { Length: > 0 } whole ? ResidentNumber.Mask(whole) : "";
        var lines = new List<string>();
        if (purpose.Opens("sex") && file.Sex is 1 or 2) lines.Add(t[file.Sex == 1 ? "people.sex.male" : "people.sex.female"]);
        if (purpose.Opens("age") && file.BirthDate.IsKnown) lines.Add(Ages.Say(t, file.BirthDate, today));
        if (number.Length > 0) lines.Add(number);
        if (In("name_bo") is { Length: > 0 } tibetan) lines.Add(tibetan);
        if (purpose.Opens("registration") && file.Registered.Length > 0)
            lines.Add(t["people.subject.registered", places.Of(file.Registered, t.Language)]);
        if (purpose.Opens("residence") && file.Lives.Length > 0) lines.Add(t["people.subject.lives", places.Of(file.Lives, t.Language)]);
        if (purpose.Opens("findings")) lines.AddRange(await Asked(session, file, held, t));
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name, ["number"] = number };
        if (In("birth") is { Length: > 0 } birth && VagueDate.TryParse(birth, out var born)) words["birth"] = t.Date(born);
        if (purpose.Opens("cases")) await AddWordsOfFindings(words, session, file, name, t);
        return new SubjectLines(name, lines, words, In("lives_at"), In("phone"),
            FileScope.Covers(actor, PeoplePermissions.View, file.Registered, file.Lives) ? $"/people/{file.Id}" : "");
    }

    /// <summary>What a case's question names of the person, as the finding that raised it knows it.</summary>
    private async Task AddWordsOfFindings(Dictionary<string, string> words, Session session, FileRow file, string name, T t)
    {
        foreach (var written in await session.QueryAsync<string>(
            "select args from people_finding where file = @Id and state <> 'gone' order by opened_at", new { file.Id }))
        {
            var args = JsonSerializer.Deserialize<Dictionary<string, string>>(written)!;
            Take("school", "school");
            Take("days", "days");
            Take("died_on", "date");
            Take("on", "date");
            Take("province", "province");
            // Lists write streets in Chinese; a question names them as its reader does.
            if (args.TryGetValue("registered", out var registered)) words["registered"] = places.Called(registered, t.Language);
            if (args.TryGetValue("lives", out var lives)) words["lives"] = places.Called(lives, t.Language);
            if (args.TryGetValue("name_b", out var other)) words["other"] = other == name ? args.GetValueOrDefault("name_a", other) : other;
            if (args.ContainsKey("scheme_a") && args.GetValueOrDefault("rows", "").Split('、') is [var first, var second, ..])
                (words["first"], words["second"]) = (t["people.word.roll_row", first], t["people.word.roll_row", second]);

            void Take(string arg, string word)
            {
                if (!args.TryGetValue(arg, out var value) || value == "—") return;
                words[word] = VagueDate.TryParse(value, out var date) && date.IsExact ? t.Date(date) : t.Called(value);
            }
        }
    }

    /// <summary>What the person asked to have put right and nobody has answered.</summary>
    private async Task<IEnumerable<string>> Asked(Session session, FileRow file, Dictionary<string, InForce> held, T t) =>
        (await AskedCorrections.Of(session, vault, await FileRow.AllIdsAsync(session, file.Id)))
            .Where(asked => asked.State == "asked").Select(asked =>
            t["people.subject.asks", held.TryGetValue(asked.Field, out var value) ? value.Rule.NameIn(t.Language.Tag) : asked.Field,
                asked.Field == "number" ? ResidentNumber.Mask(asked.Value) : asked.Value]);
}
