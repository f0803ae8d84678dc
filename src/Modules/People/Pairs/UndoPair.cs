using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.People.Pairs;

/// <summary>
/// What a decision on a pair has done, and its way back: whoever decided takes it back on the same day, and the pair waits as before. Later a
/// merge is undone from the file's own page, with a reason.
/// </summary>
internal sealed class UndoPair(Store store, MoveRows rows, FileReading reading, TimeProvider clock)
{
    /// <returns>Refusals: <c>people.pair.undo_late</c>, <c>people.pair.not_found</c>, <c>people.out_of_scope</c>, those of undoing an act.</returns>
    public Task<Outcome<Done>> Run(Actor actor, long id, string reason) => store.Write<Outcome<Done>>(session =>
    {
        if (session.First<DecidedPair>(DecidedPair.Query, new { id }) is not { } pair)
            return Refusal.Of("people.pair.not_found", "This pair is settled already, or was never there.");
        foreach (var file in new[] { pair.FileA, pair.FileB })
            if (FileRow.Open(session, actor, PeoplePermissions.Adjudicate, file) is { Ok: false } refused) return refused.Refusal!;
        if (!IsOwnOfToday(pair, actor))
            return Refusal.Of("people.pair.undo_late", "Only whoever decided takes it back here, and on the same day; undo it on the file's page.");
        if (pair.Act is { } act) return rows.Undo(session, actor, act, reason);
        session.Execute("update people_pair set state = 'open', verdict = '', decided_by = null, decided_name = '', decided_at = null where id = @id",
            new { id });
        return Done.It;
    });

    /// <returns>Null where this reader did not decide the pair today.</returns>
    public async Task<WhatWasDone?> Tell(Actor actor, long? id, Crumb? next, T t, CancellationToken cancel)
    {
        if (id is null || reading.Claim(actor, PeoplePermissions.Adjudicate, "adjudicate") is not { Ok: true } claimed) return null;
        var (pair, names) = await store.ReadAsync(async session =>
        {
            var found = await session.FirstAsync<DecidedPair>(DecidedPair.Query, new { id });
            return (found, found is null ? [] : await session.QueryAsync<string>("select name from people_file where id in (@FileA, @FileB)", found));
        }, cancel);
        if (pair is null || !IsOwnOfToday(pair, actor)) return null;
        await reading.Log(actor, PeoplePermissions.Adjudicate, claimed.Value, [pair.FileA, pair.FileB]);
        var what = pair.State == "confirm" ? "confirm" : pair.Verdict;
        return new WhatWasDone(t[$"people.pair.done.{what}"], [string.Join(" · ", names)], t[$"people.pair.done.{what}.then"],
            new Undo($"/people/pairs/{id}/undo", []), null, next);
    }

    private bool IsOwnOfToday(DecidedPair pair, Actor actor) => pair.DecidedBy == actor.Account && pair.Verdict.Length > 0
        && pair.DecidedAt is { } at && Calendar.DayOf(at) == clock.Today();

    private sealed record DecidedPair(PersonId FileA, PersonId FileB, string State, string Verdict, Guid? DecidedBy, DateTimeOffset? DecidedAt,
        long? Act)
    {
        public const string Query = "select file_a, file_b, state, verdict, decided_by, decided_at, act from people_pair where id = @id";
    }
}
