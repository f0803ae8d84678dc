using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Cards of persons from the summaries of their files.</summary>
internal sealed class PersonCards(Store store, NumberVault vault, OwnFile mine, Sensitive sensitive, TimeProvider clock) : IPersonCards
{
    public Task<Outcome<PersonCard>> Open(Actor actor, Permission permission, PersonId id, CancellationToken cancel) =>
        store.ReadAsync<Outcome<PersonCard>>(async session =>
    {
        if (await FileRow.CurrentAsync(session, id) is not { } current) return FileScope.NotFound;
        var opened = await FileRow.OpenAsync(session, actor, permission, current.Id);
        return opened.Ok ? Card(opened.Value) : opened.Refusal!;
    }, cancel);

    public async Task<Outcome<PersonCard>> OpenServed(PersonId id, CancellationToken cancel) =>
        await store.ReadAsync(session => FileRow.CurrentAsync(session, id), cancel) is { } file ? Card(file) : FileScope.NotFound;

    public async Task<IReadOnlyDictionary<PersonId, PersonCard>> OpenServed(IReadOnlyCollection<PersonId> ids, CancellationToken cancel) =>
        (await store.ReadAsync(session => FileRow.CurrentAsync(session, ids), cancel)).ToDictionary(file => file.Key, file => Card(file.Value));

    public async Task<Outcome<PersonCard>> OpenOwn(Actor actor, PersonId? id, CancellationToken cancel)
    {
        if ((id ?? (actor.Person is { } own ? new PersonId(own) : (PersonId?)null)) is not { } asked) return FileScope.NotFound;
        if (!await mine.MayRead(actor, asked, cancel)) return FileScope.OutOfScope;
        return await store.ReadAsync(session => FileRow.CurrentAsync(session, asked), cancel) is { } file ? Card(file) : FileScope.NotFound;
    }

    public async Task<IReadOnlyList<PersonCard>> InCare(Actor actor, CancellationToken cancel) =>
        [.. (await mine.InCare(actor, cancel)).Select(Card)];

    public IReadOnlyList<PersonId> Ids(PersonId id) => store.Read(session => FileRow.AllIds(session, id));

    public async Task<IReadOnlyList<PersonId>> IdsNow(PersonId id, CancellationToken cancel) =>
        await store.ReadAsync(session => FileRow.AllIdsAsync(session, id), cancel);

    public Task<IReadOnlyDictionary<PersonId, PersonId>> Merged(CancellationToken cancel) => store.ReadAsync(async session =>
    {
        var into = (await session.QueryAsync<MergedRow>(
            "select id, merged_into as became from people_file where state = 'merged' and merged_into is not null"))
            .ToDictionary(row => row.Id, row => row.Became);
        return (IReadOnlyDictionary<PersonId, PersonId>)into.Keys.ToDictionary(id => id, id =>
        {
            var at = id;
            for (var steps = 0; into.TryGetValue(at, out var next) && steps < 64; steps++) at = next;
            return at;
        });
    }, cancel);

    public async Task<IReadOnlyList<PersonCard>> BornFrom(Actor actor, Permission permission, DateOnly day, CancellationToken cancel)
    {
        var from = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // Actor.System holds the whole of everything: its grant names no place.
        var everywhere = actor.Account == Actor.System.Account;
        return [
            .. (await store.ReadAsync(
                session => session.QueryAsync<FileRow>(
                    FileRow.Columns + " where state = 'open' and birth >= @from order by id", new { from }), cancel))
            .Where(file => everywhere || FileScope.Covers(actor, permission, file.Registered, file.Lives)).Select(Card)];
    }

    public PersonId? Find(string? number, string name, DateOnly birth) => store.Read(session =>
    {
        var day = birth.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var found = number is null
            ? session.Query<PersonId>("select distinct f.id from people_file f join people_alias a on a.file = f.id where a.name = @name "
                + "and f.birth = @day and f.state = 'open'", new { name, day })
            : session.Query<PersonId>("select id from people_file where token = @token and state = 'open'", new { token = vault.Token(number) });
        return found.Count == 1 ? found[0] : (PersonId?)null;
    });

    public Task<IReadOnlyList<PersonMeant>> Meant(IReadOnlyList<WrittenRow> rows, CancellationToken cancel) =>
        PersonsMeant.Of(store, vault, rows, Card, cancel);

    public PersonCard Of(FileRow file) => Card(file);

    private PersonCard Card(FileRow file) =>
        new(file.Id, file.Name, file.BirthDate, (Sex)file.Sex, file.Lives.Length > 0 ? file.Lives : file.Registered,
        sensitive.IsChild(file.BirthDate, FileFacts.LocalDay(clock.GetUtcNow())));

    private sealed record MergedRow(PersonId Id, PersonId Became);
}
