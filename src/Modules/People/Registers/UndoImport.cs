using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Registers;

/// <summary>
/// Takes the latest import of a list back: the records it learned are no longer live, those it ended are again, and the snapshot
/// before it (the rows of the import before) is the list in force. One word says so (see LiveRecords), so the unit is as small for a hundred
/// thousand rows as for one. Nothing is erased, so what was known on a day can still be told.
/// </summary>
internal static class UndoImport
{
    public static Task<Outcome<Done>> Run(Store store, TimeProvider clock, long import, Actor actor) => store.Write<Outcome<Done>>(session =>
    {
        var found = session.First<ImportRow>("select id, source, state from people_import where id = @import", new { import });
        if (found is null) return Refusal.Of("people.import.not_found", $"There is no import {import}.");
        if (found.State != "taken") return Refusal.Of("people.import.not_taken", $"Import {import} is not in force; there is nothing to undo.");
        var later = session.Scalar<long>("select count(*) from people_import where source = @Source and state = 'taken' and id > @import",
            new { found.Source, import });
        if (later > 0) return Refusal.Of("people.import.not_last", "A later file of this list was taken since; undo that one first.");
        session.Execute("update people_import set state = 'undone', undone_at = @at, undone_by = @account where id = @import",
            new { import, at = clock.GetUtcNow(), account = actor.Account });
        return Done.It;
    });

    private sealed record ImportRow(long Id, string Source, string State);
}
