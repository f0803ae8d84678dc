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
    ValuesInForce values, IDwellings dwellings, PlaceNames places, Texts texts, Sensitive sensitive, IHttpContextAccessor http, TimeProvider clock)
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
        var sameAs = SameForm.By(await dwellings.KnownNow(cancel));
        var lines = await store.ReadAsync(async session =>
        {
            var described = new Dictionary<string, SubjectLines>(StringComparer.Ordinal);
            var asked = new Dictionary<string, PersonId>(StringComparer.Ordinal);
            foreach (var subject in subjects)
                if (PersonSubject.TryParse(subject, out var person)) asked[subject] = person;
            var files = await FileRow.CurrentAsync(session, asked.Values);
            var known = await Known(session, [.. files.Values.Select(file => file.Id).Distinct()], claimed.Value, sameAs);
            foreach (var (subject, person) in asked)
            {
                if (files.GetValueOrDefault(person) is not { } file) continue;
                shown.Add(file.Id);
                described.Add(subject, Lines(actor, file, known,
                    sensitive.IsChild(file.BirthDate, today) ? reading.ForChild(actor, permission, claimed.Value) : claimed.Value, t));
            }
            return described;
        }, cancel);
        if (shown.Count > 0) await reading.Log(actor, permission, claimed.Value, [.. shown.Distinct()]);
        return lines;
    }

    /// <summary>What is read of all files together; a child's purpose opens nothing that the one claimed does not.</summary>
    private async Task<KnownOfFiles> Known(Session session, IReadOnlyCollection<PersonId> files, Purpose purpose,
        Func<string, string, string> sameAs) => new(
        await FileFacts.LoadAsync(session, vault, lists, files),
        await AskedCorrections.Unanswered(session, vault, purpose.Opens("findings") ? files : []),
        await FindingWords.Of(session, purpose.Opens("cases") ? files : []), sameAs);

    private SubjectLines Lines(Actor actor, FileRow file, KnownOfFiles known, Purpose purpose, T t)
    {
        var now = clock.GetUtcNow();
        var today = FileFacts.LocalDay(now);
        var held = values.Of(known.Facts[file.Id], now, today, known.SameAs)
            .ToDictionary(value => value.Rule.Code, StringComparer.Ordinal);
        string In(string code) => held.TryGetValue(code, out var value) && purpose.Opens(value.Rule.Shows) ? value.Value : "";
        var name = In("name");
        var number = In("number") is { Length: > 0 } whole ? ResidentNumber.Mask(whole) : "";
        var lines = new List<string>();
        if (purpose.Opens("sex") && file.Sex is 1 or 2) lines.Add(t[file.Sex == 1 ? "people.sex.male" : "people.sex.female"]);
        if (purpose.Opens("age") && file.BirthDate.IsKnown) lines.Add(PersonAge.Of(file.BirthDate, today).In(t));
        if (number.Length > 0) lines.Add(number);
        if (In("name_bo") is { Length: > 0 } tibetan) lines.Add(tibetan);
        if (purpose.Opens("registration") && file.Registered.Length > 0)
            lines.Add(t["people.subject.registered", places.Of(file.Registered, t.Language)]);
        if (purpose.Opens("residence") && file.Lives.Length > 0) lines.Add(t["people.subject.lives", places.Of(file.Lives, t.Language)]);
        if (purpose.Opens("findings")) lines.AddRange(Asked(known.Asked[file.Id], held, t));
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name, ["number"] = number };
        if (In("birth") is { Length: > 0 } birth && VagueDate.TryParse(birth, out var born)) words["birth"] = t.Date(born);
        if (purpose.Opens("cases")) FindingWords.Add(words, known.Findings[file.Id], name, places, t);
        return new SubjectLines(name, lines, words, In("lives_at"), In("phone"),
            FileScope.Covers(actor, PeoplePermissions.View, file.Registered, file.Lives) ? $"/people/{file.Id}" : "");
    }

    /// <summary>What the person asked to have put right and nobody has answered.</summary>
    private static IEnumerable<string> Asked(IEnumerable<Correction> asked, Dictionary<string, InForce> held, T t) => asked.Select(asked =>
        t["people.subject.asks", held.TryGetValue(asked.Field, out var value) ? value.Rule.NameIn(t.Language.Tag) : asked.Field,
            asked.Field == "number" ? ResidentNumber.Mask(asked.Value) : asked.Value]);

    /// <param name="Findings">The arguments of each file's findings, the oldest first.</param>
    private sealed record KnownOfFiles(IReadOnlyDictionary<PersonId, FileFacts> Facts, ILookup<PersonId, Correction> Asked,
        ILookup<PersonId, Dictionary<string, string>> Findings, Func<string, string, string> SameAs);
}
