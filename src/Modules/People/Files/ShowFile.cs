using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>What is asked of a file.</summary>
/// <param name="KnownOn">As known at the end of this day; null is now.</param>
/// <param name="TrueOn">As true on this day; null is today.</param>
internal sealed record FileQuestion(string Purpose, DateOnly? KnownOn = null, DateOnly? TrueOn = null);

/// <summary>Puts a file together for one reader. Everyone it names is in the read log before it is answered.</summary>
internal sealed class ShowFile(Store store, NumberVault vault, DistrictLists lists, FileReading reading, ValuesInForce values, ShownValues shown,
    Sensitive sensitive, IDwellings dwellings, FileRelations relations, IEnumerable<ICases> cases, TimeProvider clock)
{
    /// <returns>Refusals: <c>access.purpose.denied</c>, <c>people.not_found</c>, <c>people.out_of_scope</c> (then
    /// nothing is logged as shown).</returns>
    public async Task<Outcome<FileView>> Run(Actor actor, Permission permission, PersonId id, FileQuestion question,
        CancellationToken cancel)
    {
        var claimed = reading.Claim(actor, permission, question.Purpose);
        if (!claimed.Ok) return claimed.Refusal!;
        var places = await dwellings.KnownNow(cancel);
        var opened = await store.ReadAsync<Outcome<FileView>>(async session =>
        {
            var file = await FileRow.OpenAsync(session, actor, permission, id);
            return file.Ok ? await View(session, file.Value, For(actor, permission, file.Value, claimed.Value), question, places) : file.Refusal!;
        }, cancel);
        if (!opened.Ok) return opened.Refusal!;
        var view = opened.Value with { Cases = claimed.Value.Opens("cases") ? await CasesOf(id, cancel) : [] };
        await reading.Log(actor, permission, claimed.Value, [.. view.ShownTo.Distinct()]);
        return view;
    }

    /// <summary>A person's own file: no scope but the person's own, or a guardian's link that the caller checked.</summary>
    public async Task<Outcome<FileView>> Own(Actor actor, PersonId id, FileQuestion question,
        CancellationToken cancel)
    {
        var claimed = reading.Claim(actor, PeoplePermissions.OwnFile, question.Purpose);
        if (!claimed.Ok) return claimed.Refusal!;
        var places = await dwellings.KnownNow(cancel);
        var view = await store.ReadAsync(async session => await FileRow.CurrentAsync(session, id) is { } file
            ? await View(session, file, For(actor, PeoplePermissions.OwnFile, file, claimed.Value), question, places) : null, cancel);
        if (view is null) return FileScope.NotFound;
        // Who else lives at the door is no part of one's own file.
        view = view with { Dwelling = [], Cases = claimed.Value.Opens("cases") ? await CasesOf(view.File.Id, cancel) : [] };
        await reading.Log(actor, PeoplePermissions.OwnFile, claimed.Value, [.. view.ShownTo.Distinct()]);
        return view;
    }

    /// <summary>The purpose as it opens this person's file: less of a child's.</summary>
    private Purpose For(Actor actor, Permission permission, FileRow file, Purpose claimed) =>
        sensitive.IsChild(file.BirthDate, FileFacts.LocalDay(clock.GetUtcNow())) ? reading.ForChild(actor, permission, claimed) : claimed;

    private async Task<FileView> View(Session session, FileRow file, Purpose purpose, FileQuestion question, KnownPlaces places)
    {
        var now = clock.GetUtcNow();
        var knownOn = question.KnownOn is { } day ? Platform.Calendar.StartOf(day.AddDays(1)).AddMilliseconds(-1) : now;
        var trueOn = question.TrueOn ?? FileFacts.LocalDay(now);
        var facts = await FileFacts.LoadAsync(session, vault, lists, file.Id);
        var held = values.Of(facts, knownOn, trueOn, SameForm.By(places));
        var open = shown.Of(held, purpose);
        var live = Live(facts, knownOn);
        var findings = Promised(await Findings(session, file.Id), facts, knownOn);
        var birth = held.FirstOrDefault(value => value.Rule.Code == "birth") is { } born && VagueDate.TryParse(born.Value, out var date)
            ? date : file.BirthDate;
        var number = held.FirstOrDefault(value => value.Rule.Code == "number")?.Value;
        return new FileView(file, purpose, knownOn, trueOn, question is { KnownOn: null, TrueOn: null }, open,
            number is not null && purpose.Opens("number_masked") ? ResidentNumber.Mask(number) : "",
            purpose.Opens("age") && birth.IsKnown ? PersonAge.Of(birth, trueOn) : null,
            purpose.Opens("minor") && sensitive.IsChild(birth, trueOn),
            PresenceRule.Of(live, StatedHome(held, places), held.FirstOrDefault(value => value.Rule.Code == "residence_state")?.Value ?? "",
                places.StreetOfGrid, [.. findings.Where(finding => finding.State != "gone").Select(finding => (finding.Kind, finding.State))]),
            purpose.Opens("household") ? await relations.Household(session, file, trueOn) : [],
            purpose.Opens("household") ? await relations.Dwelling(session, file, trueOn) : [],
            purpose.Opens("guardians") ? await relations.Guardians(session, file.Id, live, purpose.Opens("phone"), trueOn) : [],
            purpose.Opens("guardians") ? await relations.Wards(session, file.Id, trueOn) : [],
            purpose.Opens("insurance") ? [.. InsurancePeriods.Of(facts, knownOn), .. await OldPeriods.Of(session, file.Id, knownOn)] : [],
            purpose.Opens("findings")
                ? [.. findings.Where(finding => finding.State != "gone").Select(finding => shown.Of(finding, purpose))] : [], [],
            purpose.Opens("history") ? await FileHistory.Of(session, file, facts, findings, knownOn, text => shown.MayShow(text, purpose)) : [],
            live, open.Count < held.Count);
    }

    /// <summary>The grid of a residence that was verified or corrected; null when only lists tell it.</summary>
    private static string? StatedHome(IReadOnlyList<InForce> held, KnownPlaces places)
    {
        var stated = held.Where(value => value.Because == Because.Stated).ToLookup(value => value.Rule.Code, value => value.Value);
        return stated["lives_in"].FirstOrDefault()
            ?? stated["lives_at"].Select(address => places.Key(address) is { } key ? places.Grid(key) : null).FirstOrDefault();
    }

    private static List<RowVersion> Live(FileFacts facts, DateTimeOffset knownOn)
    {
        var lineages = facts.LineagesOn(knownOn);
        return [.. facts.Versions.Where(version => lineages.Contains(version.Lineage) && version.KnownOn(knownOn))
            .GroupBy(version => version.Lineage).Select(group => group.MaxBy(version => version.Record)!)
            .Where(version => version.EndedAt is not { } ended || ended > knownOn)
            .OrderBy(version => Sources.Rank(version.Means)).ThenBy(version => version.Row)];
    }

    private static Task<List<FindingLine>> Findings(Session session, PersonId file) => session.QueryAsync<FindingLine>("""
        select id, kind, args, source, row, state, opened_at, closed_at from people_finding where file = @file order by opened_at desc, kind
        """, new { file });

    /// <summary>Insurance that was promised and that no roll shows yet, with the day.</summary>
    private static List<FindingLine> Promised(List<FindingLine> findings, FileFacts facts, DateTimeOffset knownOn)
    {
        var intent = facts.Statements.Where(statement => statement.Field == Intent.Field && statement.KnownOn(knownOn))
            .MaxBy(statement => statement.LearnedAt)?.Value ?? "";
        return !Intent.IsPromise(intent, out var by) ? findings : findings.ConvertAll(finding =>
            finding.State == "open" && Intent.Settles.Contains(finding.Kind) ? finding with { PromisedBy = by } : finding);
    }

    private async Task<IReadOnlyList<CaseLine>> CasesOf(PersonId id, CancellationToken cancel) => cases.FirstOrDefault() is { } desk
        ? await desk.Find(
            [.. (await store.ReadAsync(session => FileRow.AllIdsAsync(session, id), cancel)).Select(Contracts.PersonSubject.Of)], cancel)
        : [];
}
