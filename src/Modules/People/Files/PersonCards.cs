using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Cards of persons from the summaries of their files.</summary>
internal sealed class PersonCards(Store store, NumberVault vault, OwnFile mine, Sensitive sensitive, TimeProvider clock) : IPersonCards
{
    public Outcome<PersonCard> Open(Actor actor, Permission permission, PersonId id) => store.Read<Outcome<PersonCard>>(session =>
    {
        if (FileRow.Current(session, id) is not { } current) return FileScope.NotFound;
        var opened = FileRow.Open(session, actor, permission, current.Id);
        return opened.Ok ? Card(opened.Value) : opened.Refusal!;
    });

    public Outcome<PersonCard> OpenOwn(Actor actor, PersonId? id)
    {
        if ((id ?? (actor.Person is { } own ? new PersonId(own) : (PersonId?)null)) is not { } asked) return FileScope.NotFound;
        if (!mine.MayRead(actor, asked)) return FileScope.OutOfScope;
        return store.Read(session => FileRow.Current(session, asked)) is { } file ? Card(file) : FileScope.NotFound;
    }

    public IReadOnlyList<PersonId> Ids(PersonId id) => store.Read(session => FileRow.AllIds(session, id));

    public IReadOnlyDictionary<PersonId, PersonId> Merged() => store.Read(session =>
    {
        var into = session.Query<MergedRow>("select id, merged_into as became from people_file where state = 'merged' and merged_into is not null")
            .ToDictionary(row => row.Id, row => row.Became);
        return into.Keys.ToDictionary(id => id, id =>
        {
            var at = id;
            for (var steps = 0; into.TryGetValue(at, out var next) && steps < 64; steps++) at = next;
            return at;
        });
    });

    public IReadOnlyList<PersonCard> BornFrom(Actor actor, Permission permission, DateOnly day)
    {
        var from = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // Actor.System holds the whole of everything: its grant names no place.
        var everywhere = actor.Account == Actor.System.Account;
        return [
            .. store.Read(session => session.Query<FileRow>(FileRow.Columns + " where state = 'open' and birth >= @from order by id", new { from }))
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

    public PersonCard Of(FileRow file) => Card(file);

    private PersonCard Card(FileRow file) =>
        new(file.Id, file.Name, file.BirthDate, (Sex)file.Sex, file.Lives.Length > 0 ? file.Lives : file.Registered,
        sensitive.IsChild(file.BirthDate, FileFacts.LocalDay(clock.GetUtcNow())));

    private sealed record MergedRow(PersonId Id, PersonId Became);
}
