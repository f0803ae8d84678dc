using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Whose file a citizen may see: the own one, and that of a child or an elder in the citizen's care.</summary>
internal sealed class OwnFile(Store store, ShowFile show, TimeProvider clock)
{
    /// <param name="person">Null is the reader's own file.</param>
    /// <returns>Refusals: <c>people.out_of_scope</c>, <c>people.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<FileView>> Show(Actor actor, PersonId? person)
    {
        if ((person ?? IdOf(actor)) is not { } asked) return FileScope.NotFound;
        if (!MayRead(actor, asked)) return FileScope.OutOfScope;
        return await show.Own(actor, asked, new FileQuestion(IsOwn(actor, asked) ? "own_file" : "guardianship"));
    }

    public bool MayRead(Actor actor, PersonId person) => IsOwn(actor, person) || IsGuardian(actor, person);

    public static PersonId? IdOf(Actor actor) => actor.Person is { } own ? new PersonId(own) : null;

    public bool IsOwn(Actor actor, PersonId person) => IdOf(actor) is { } own
        && store.Read(session => FileRow.Current(session, own)?.Id is { } mine && mine == FileRow.Current(session, person)?.Id);

    private bool IsGuardian(Actor actor, PersonId person) => IdOf(actor) is { } own && store.Read(session =>
    {
        if (FileRow.Current(session, own) is not { } guardian || FileRow.Current(session, person) is not { } ward) return false;
        return GuardianLinks.OfGuardian(session, guardian.Id, FileFacts.LocalDay(clock.GetUtcNow()))
            .Any(link => FileRow.Current(session, link.Ward)?.Id == ward.Id);
    });
}
