using Legwork.Kernel;
using Legwork.People.Desk;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Citizen;

/// <summary>A person's own page.</summary>
/// <param name="IsWard">The file of someone in the reader's care.</param>
internal sealed record MyPage(FileView View, IReadOnlyList<Correction> Corrections, ReadsPage Reads, bool IsWard);

/// <summary>Who read a file: others, and the reader.</summary>
internal sealed record WhoRead(ReadsPage Others, OwnReads Own);

/// <summary>Someone's own file, or that of a child or elder in someone's care: what is known, whence, who read it, what was asked.</summary>
internal sealed class MyFile(Store store, NumberVault vault, ShowFile show, ReadsOfPerson reads, TimeProvider clock)
{
    private const int ReadsShown = 40;
    private const int PagesMax = 100_000;

    /// <param name="person">Null is the reader's own file.</param>
    /// <returns>Refusals: <c>people.out_of_scope</c>, <c>people.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<MyPage>> Run(Actor actor, PersonId? person)
    {
        var id = person ?? OwnId(actor);
        if (id is not { } asked) return FileScope.NotFound;
        if (!MayRead(actor, asked)) return FileScope.OutOfScope;
        var isWard = !IsOwn(actor, asked);
        var view = await show.Own(actor, asked, new FileQuestion(isWard ? "guardianship" : "own_file"));
        if (!view.Ok) return view.Refusal!;
        var ids = store.Read(session => FileRow.AllIds(session, view.Value.File.Id));
        return new MyPage(view.Value, store.Read(session => Corrections.Of(session, vault, ids)), reads.Of(view.Value.File, actor.Account, 1, ReadsShown), isWard);
    }

    /// <param name="own">Which page of the reader's own looks.</param>
    /// <returns>A page of who read the file; refusals as above.</returns>
    public Outcome<WhoRead> Reads(Actor actor, PersonId? person, int page, int own)
    {
        if ((person ?? OwnId(actor)) is not { } asked) return FileScope.NotFound;
        if (!MayRead(actor, asked)) return FileScope.OutOfScope;
        if (store.Read(session => FileRow.Current(session, asked)) is not { } file) return FileScope.NotFound;
        var looks = actor.Account;
        return new WhoRead(reads.Of(file, looks, Math.Clamp(page, 1, PagesMax), ReadsOfPerson.PageSize), reads.Own(file, looks, Math.Clamp(own, 1, PagesMax)));
    }

    public bool MayRead(Actor actor, PersonId person) => IsOwn(actor, person) || IsGuardian(actor, person);

    private static PersonId? OwnId(Actor actor) => actor.Person is { } own ? new PersonId(own) : null;

    private bool IsOwn(Actor actor, PersonId person) => OwnId(actor) is { } own
        && store.Read(session => FileRow.Current(session, own)?.Id is { } mine && mine == FileRow.Current(session, person)?.Id);

    private bool IsGuardian(Actor actor, PersonId person) => OwnId(actor) is { } own && store.Read(session =>
    {
        if (FileRow.Current(session, own) is not { } guardian || FileRow.Current(session, person) is not { } ward) return false;
        return GuardianLinks.OfGuardian(session, guardian.Id, FileFacts.LocalDay(clock.GetUtcNow())).Any(link => FileRow.Current(session, link.Ward)?.Id == ward.Id);
    });
}
