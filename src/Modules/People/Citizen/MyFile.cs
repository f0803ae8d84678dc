using Legwork.Kernel;
using Legwork.People.Corrections;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Citizen;

/// <summary>A person's own page.</summary>
/// <param name="IsWard">The file of someone in the reader's care.</param>
internal sealed record MyPage(FileView View, IReadOnlyList<Correction> Corrections, ReadsPage Reads, bool IsWard);

/// <summary>Who read a file: others, and the reader.</summary>
internal sealed record WhoRead(ReadsPage Others, OwnReads Own);

/// <summary>Someone's own file, or that of a child or elder in someone's care: what is known, whence, who read it, what was asked.</summary>
internal sealed class MyFile(Store store, NumberVault vault, OwnFile mine, ReadsOfPerson reads)
{
    private const int PagesMax = 100_000;

    /// <param name="person">Null is the reader's own file.</param>
    /// <returns>Refusals: <c>people.out_of_scope</c>, <c>people.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<MyPage>> Run(Actor actor, PersonId? person, CancellationToken cancel)
    {
        var view = await mine.Show(actor, person, cancel);
        if (!view.Ok) return view.Refusal!;
        var file = view.Value.File;
        var asked = await store.ReadAsync(async session =>
            await AskedCorrections.Of(session, vault, await FileRow.AllIdsAsync(session, file.Id)), cancel);
        return new MyPage(view.Value, asked, await reads.Of(file, actor.Account, 1, ReadsOfPerson.PageSize, cancel),
            !await mine.IsOwn(actor, file.Id, cancel));
    }

    /// <param name="own">Which page of the reader's own looks.</param>
    /// <returns>A page of who read the file; refusals as above.</returns>
    public async Task<Outcome<WhoRead>> Reads(Actor actor, PersonId? person, int page, int own, CancellationToken cancel)
    {
        if ((person ?? OwnFile.IdOf(actor)) is not { } asked) return FileScope.NotFound;
        if (!await mine.MayRead(actor, asked, cancel)) return FileScope.OutOfScope;
        if (await store.ReadAsync(session => FileRow.CurrentAsync(session, asked), cancel) is not { } file) return FileScope.NotFound;
        var looks = actor.Account;
        return new WhoRead(await reads.Of(file, looks, Math.Clamp(page, 1, PagesMax), ReadsOfPerson.PageSize, cancel),
            await reads.Own(file, looks, Math.Clamp(own, 1, PagesMax), cancel));
    }
}
