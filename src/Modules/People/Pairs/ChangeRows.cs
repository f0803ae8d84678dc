using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Pairs;

/// <summary>Splitting a file and undoing an act, with the scope checked on every file that they touch.</summary>
internal sealed class ChangeRows(Store store, MoveRows rows)
{
    /// <summary>The chosen rows become a file of their own.</summary>
    /// <returns>The new file. Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>,
    /// <c>people.split.rows</c>, <c>people.split.reason</c>.</returns>
    public Task<Outcome<PersonId>> Split(Actor actor, PersonId file, IReadOnlyCollection<long> lineages, string reason) =>
        store.Write<Outcome<PersonId>>(session =>
    {
        var opened = FileRow.Open(session, actor, PeoplePermissions.Adjudicate, file);
        if (!opened.Ok) return opened.Refusal!;
        if (Refusal.All(lineages.Count == 0 ? Refusal.Of("people.split.rows", "Tick the rows of the other person.") : null,
            reason.Length == 0 ? Refusal.Of("people.split.reason", "Say what you decided it by.") : null) is { } wrong) return wrong;
        return rows.Split(session, actor, file, lineages, reason);
    });

    /// <returns>Refusals: <c>people.act.*</c>, <c>people.out_of_scope</c>, <c>people.split.reason</c>.</returns>
    public Task<Outcome<Done>> Undo(Actor actor, PersonId file, long act, string reason) => store.Write<Outcome<Done>>(session =>
    {
        var may = Session.AtHand(MayUndo(session, actor, file, act));
        if (!may.Ok) return may;
        if (reason.Length == 0) return Refusal.Of("people.split.reason", "Say what you decided it by.");
        return rows.Undo(session, actor, act, reason);
    });

    /// <summary>What <see cref="Undo"/> would say but for the reason, for the page that asks for it.</summary>
    public Task<Outcome<Done>> MayUndo(Actor actor, PersonId file, long act, CancellationToken cancel) =>
        store.ReadAsync(session => MayUndo(session, actor, file, act), cancel);

    private static async Task<Outcome<Done>> MayUndo(Session session, Actor actor, PersonId file, long act)
    {
        var opened = await FileRow.OpenAsync(session, actor, PeoplePermissions.Adjudicate, file);
        if (!opened.Ok) return opened.Refusal!;
        if (await session.SingleAsync<long>("select count(*) from people_move where act = @act and (from_file = @file or to_file = @file)",
            new { act, file }) == 0)
            return Refusal.Of("people.act.not_found", "This file has no such act.");
        return await MoveRows.MayUndo(session, act);
    }
}
