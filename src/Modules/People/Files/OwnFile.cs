using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Whose file a citizen may see: the own one, and that of a child or an elder in the citizen's care.</summary>
internal sealed class OwnFile(Store store, ShowFile show, TimeProvider clock)
{
    /// <param name="person">Null is the reader's own file.</param>
    /// <returns>Refusals: <c>people.out_of_scope</c>, <c>people.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<FileView>> Show(Actor actor, PersonId? person, CancellationToken cancel)
    {
        if ((person ?? IdOf(actor)) is not { } asked) return FileScope.NotFound;
        var (isOwn, isGuardian) = await store.ReadAsync(session => Reach(session, actor, asked), cancel);
        if (!isOwn && !isGuardian) return FileScope.OutOfScope;
        return await show.Own(actor, asked, new FileQuestion(isOwn ? "own_file" : "guardianship"), cancel);
    }

    public async Task<bool> MayRead(Actor actor, PersonId person, CancellationToken cancel) =>
        await store.ReadAsync(session => Reach(session, actor, person), cancel) is not (false, false);

    public static PersonId? IdOf(Actor actor) => actor.Person is { } own ? new PersonId(own) : null;

    public async Task<bool> IsOwn(Actor actor, PersonId person, CancellationToken cancel) =>
        (await store.ReadAsync(session => Reach(session, actor, person), cancel)).IsOwn;

    /// <summary>The own file in front, then everyone's in the citizen's care.</summary>
    public Task<List<FileRow>> InCare(Actor actor, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        if (IdOf(actor) is not { } own || await FileRow.CurrentAsync(session, own) is not { } reader) return [];
        List<FileRow> files = [reader];
        foreach (var link in await GuardianLinks.OfGuardian(session, reader.Id, FileFacts.LocalDay(clock.GetUtcNow())))
            if (await FileRow.CurrentAsync(session, link.Ward) is { } ward) files.Add(ward);
        return files.DistinctBy(file => file.Id).ToList();
    }, cancel);

    private async Task<(bool IsOwn, bool IsGuardian)> Reach(Session session, Actor actor, PersonId person)
    {
        if (IdOf(actor) is not { } own || await FileRow.CurrentAsync(session, own) is not { } reader) return (false, false);
        if (await FileRow.CurrentAsync(session, person) is not { } asked) return (false, false);
        if (reader.Id == asked.Id) return (true, false);
        foreach (var link in await GuardianLinks.OfGuardian(session, reader.Id, FileFacts.LocalDay(clock.GetUtcNow())))
            if ((await FileRow.CurrentAsync(session, link.Ward))?.Id == asked.Id) return (false, true);
        return (false, false);
    }
}
