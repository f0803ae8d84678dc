using System.Text.RegularExpressions;
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
internal sealed partial class PersonSubjects(Store store, NumberVault vault, DistrictLists lists, FileReading reading, ValuesInForce values,
    ShownValues shown, Explain explain, Precedence precedence, IDwellings dwellings, PlaceNames places, Purposes purposes, Texts texts,
    Sensitive sensitive, IHttpContextAccessor http, TimeProvider clock) : ISubjects
{
    /// <summary>What a request for correction is read for: a case's own purpose need not open the value that the person disputes.</summary>
    private const string Correct = "correct";

    public async Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission,
        string purpose, IReadOnlyCollection<string> subjects, CancellationToken cancel = default)
    {
        var claimed = reading.Claim(actor, permission, purpose);
        if (!claimed.Ok) return new Dictionary<string, SubjectLines>();
        var correct = reading.Claim(actor, permission, Correct) is { Ok: true } may ? may.Value : null;
        var t = new T(texts, Language.Of(http.HttpContext));
        var (seen, disputed) = (new List<PersonId>(), new List<PersonId>());
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
                seen.Add(file.Id);
                var purpose = Narrow(claimed.Value, file);
                var disputes = correct is null ? null : Narrow(correct, file);
                if (disputes is not null && known.Asked[file.Id].Any(asked => precedence.Find(asked.Field)?.Shows is { } field
                    && disputes.Opens(field) && !purpose.Opens(field))) disputed.Add(file.Id);
                described.Add(subject, Lines(actor, file, known, purpose, disputes, t));
            }
            return described;
        }, cancel);
        if (seen.Count > 0) await reading.Log(actor, permission, claimed.Value, [.. seen.Distinct()]);
        if (disputed.Count > 0) await reading.Log(actor, permission, correct!, [.. disputed.Distinct()]);
        return lines;

        Purpose Narrow(Purpose purpose, FileRow file) =>
            sensitive.IsChild(file.BirthDate, today) ? reading.ForChild(actor, permission, purpose) : purpose;
    }

    /// <summary>What is read of all files together; a child's purpose opens nothing that the one claimed does not.</summary>
    private async Task<KnownOfFiles> Known(Session session, IReadOnlyCollection<PersonId> files, Purpose purpose,
        Func<string, string, string> sameAs) => new(
        await FileFacts.LoadAsync(session, vault, lists, files),
        await AskedCorrections.Unanswered(session, vault, purpose.Opens("findings") ? files : []),
        await FindingWords.Of(session, purpose.Opens("cases") ? files : []), sameAs);

    /// <param name="disputes">Opens the present value of what is disputed and nothing else; null for who answers no requests.</param>
    private SubjectLines Lines(Actor actor, FileRow file, KnownOfFiles known, Purpose purpose, Purpose? disputes, T t)
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
        if (purpose.Opens("findings"))
            lines.AddRange(known.Asked[file.Id].Select(asked => Asked(asked, held.GetValueOrDefault(asked.Field), [purpose, disputes], t)));
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name, ["number"] = number };
        if (In("birth") is { Length: > 0 } birth && VagueDate.TryParse(birth, out var born)) words["birth"] = t.Date(born);
        if (purpose.Opens("cases")) FindingWords.Add(words, known.Findings[file.Id], name, places, t);
        return new SubjectLines(name, lines, words, In("lives_at"), In("phone"),
            FileScope.Covers(actor, PeoplePermissions.View, file.Registered, file.Lives) ? $"/people/{file.Id}" : "");
    }

    /// <summary>What the person asked to have put right: as it stands, as it should be, and the person's own reason.</summary>
    private string Asked(Correction asked, InForce? held, Purpose?[] under, T t)
    {
        var wording = new Wording(t, explain, precedence, places, purposes);
        var opened = held is not null && under.OfType<Purpose>().Any(purpose => purpose.Opens(held.Rule.Shows) && shown.MayShow(held.Value, purpose));
        var now = held is null ? t["people.pair.unknown"] : opened ? wording.Value(asked.Field, held.Value) : t["people.subject.asks.closed"];
        return t["people.subject.asks", wording.Attribute(asked.Field), now, wording.Value(asked.Field, asked.Value),
            Number().Replace(asked.Why, number => ResidentNumber.Mask(number.Value))];
    }

    /// <summary>A resident number that somebody wrote into a sentence.</summary>
    [GeneratedRegex(@"[0-9](?:[ -]?[0-9]){13,16}[ -]?[0-9Xx]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number();

    /// <param name="Findings">The arguments of each file's findings, the oldest first.</param>
    private sealed record KnownOfFiles(IReadOnlyDictionary<PersonId, FileFacts> Facts, ILookup<PersonId, Correction> Asked,
        ILookup<PersonId, Dictionary<string, string>> Findings, Func<string, string, string> SameAs);
}
