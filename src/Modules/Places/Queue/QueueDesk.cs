using System.Globalization;
using Legwork.Kernel;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Places.Queue;

/// <summary>What the clerk of the queue sees and answers, each within the scope of the grant.</summary>
internal sealed class QueueDesk(Store store, CurrentBook books, Learn learn, AddDwelling addDwelling, TimeProvider clock)
{
    public const int RowsAPage = 25;
    public const int OtherLengthMax = 160;

    public Task<long> Waiting(Actor actor, CancellationToken cancel) =>
        store.ReadAsync(session => UnresolvedRow.Count(session, "waiting", actor.Where(PlacesPermissions.SettleAddresses)), cancel);

    /// <param name="state"><c>waiting</c>, <c>set_aside</c> or <c>settled</c>; with the last, the lessons taught instead of entries.</param>
    public Task<QueueView> List(Actor actor, string state, int page, CancellationToken cancel)
    {
        var scopes = actor.Where(PlacesPermissions.SettleAddresses);
        return store.ReadAsync(async session =>
        {
            var waiting = await UnresolvedRow.Count(session, "waiting", scopes);
            var aside = await UnresolvedRow.Count(session, "set_aside", scopes);
            var lessons = state == "settled" ? await Lessons(session, actor) : [];
            var total = state switch { "settled" => lessons.Count, "set_aside" => aside, _ => waiting };
            var pages = (int)Math.Max(1, (total + RowsAPage - 1) / RowsAPage);
            page = Math.Clamp(page, 1, pages);
            var rows = state == "settled" ? [] : await UnresolvedRow.Page(session, state, scopes, (page - 1) * RowsAPage, RowsAPage);
            return new QueueView(state, rows, [.. lessons.Skip((page - 1) * RowsAPage).Take(RowsAPage)], page, pages, waiting, aside);
        }, cancel);
    }

    /// <param name="other">An address that was typed for another dwelling; those near it are offered too.</param>
    public async Task<Outcome<EntryView>> Show(Actor actor, long id, CancellationToken cancel, string other = "")
    {
        if (await store.ReadAsync(session => UnresolvedRow.FindAsync(session, id), cancel) is not { } entry)
            return Refusal.Of("places.entry.not_found", "There is no such entry.");
        if (!Sees(actor, entry)) return Refusal.Of("places.out_of_scope", "This entry lies outside what you look after.");
        var book = await books.Get(cancel);
        List<Dwelling> Meant(string text) => [.. Suggest.For(book, text, Where(entry))
            .Where(dwelling => actor.May(PlacesPermissions.SettleAddresses, dwelling.Grid))];
        var candidates = Meant(entry.Text);
        var parsed = book.Parser.Parse(entry.Text);
        var estate = parsed.Name is { } name && !book.Index.Names.IsKnown(name) ? name : null;
        var grids = book.Grids.Where(grid => actor.May(PlacesPermissions.SettleAddresses, grid.Code)
            && (entry.Place.Length == 0 || new Scope(Street(entry.Place)).Covers(grid.Code))).ToList();
        return new EntryView(entry, candidates, parsed.NamesADwelling ? grids : [], estate)
        {
            Near = other.Length == 0 ? [] : [.. Meant(other).ExceptBy(candidates.Select(dwelling => dwelling.Id), dwelling => dwelling.Id)],
        };
    }

    public async Task<Outcome<Done>> Settle(Actor actor, long id, QueueAnswer answer)
    {
        var shown = await Show(actor, id, CancellationToken.None, answer.Choice == "other" ? answer.Other : "");
        if (!shown.Ok) return shown.Refusal!;
        var entry = shown.Value.Entry;
        return answer.Choice switch
        {
            "set_aside" or "waiting" => await Put(actor, id, answer.Choice),
            "new" => (await addDwelling.Add(entry.Text, answer.Grid, actor)).Then<Done>(_ => Done.It),
            "other" => (await books.Get(CancellationToken.None)).Resolve(answer.Other, Where(entry)).Dwelling is { } meant
                ? await Teach(actor, entry, meant, answer.WholeEstate)
                : shown.Value.Near.Count > 0 ? Refusal.Of("places.other_near", "This address finds no dwelling: choose one of those near it.")
                : Refusal.Of("places.other_unknown", "This address finds no dwelling. Write it as the list has it."),
            _ when Guid.TryParse(answer.Choice, CultureInfo.InvariantCulture, out var dwelling) =>
                await Teach(actor, entry, dwelling, answer.WholeEstate),
            _ => Refusal.Of("places.no_answer", "Choose an answer."),
        };
    }

    public Task<Outcome<Done>> TakeBack(Actor actor, long lesson) => learn.Unlearn(lesson, actor);

    private async Task<Outcome<Done>> Teach(Actor actor, UnresolvedRow entry, Guid dwelling, bool wholeEstate) =>
        (await learn.Teach(new Teach(entry.Text, entry.Hint, dwelling, wholeEstate), actor)).Then<Done>(_ => Done.It);

    private async Task<Outcome<Done>> Put(Actor actor, long id, string state) => await store.Write<Outcome<Done>>(session =>
    {
        var changed = session.Execute("""
            update places_unresolved set state = @state, settled_at = @at, settled_by = @Account where id = @id and state in ('waiting', 'set_aside')
            """, new { state, at = clock.GetUtcNow(), actor.Account, id });
        return changed == 1 ? Done.It : Refusal.Of("places.stale", "This entry was settled meanwhile.");
    });

    private static bool Sees(Actor actor, UnresolvedRow entry) => entry.Place.Length == 0
        ? actor.May(PlacesPermissions.SettleAddresses) : actor.May(PlacesPermissions.SettleAddresses, entry.Place);

    private static string? Where(UnresolvedRow entry) => entry.Hint.Length > 0 ? entry.Hint : entry.Place.Length > 0 ? entry.Place : null;

    private static string Street(string place) => place.Length > Grid.StreetDigits ? place[..Grid.StreetDigits] : place;

    private static async Task<List<LessonView>> Lessons(Session session, Actor actor) => [.. (await session
        .QueryAsync<LessonRow>("""
            select a.id, a.form, a.name, a.learned_at, d.text, d.grid from places_alias a left join places_dwelling d on d.id = a.dwelling
            where a.undone_at is null order by a.id desc
            """))
        .Where(row => row.Grid is null ? actor.May(PlacesPermissions.SettleAddresses) : actor.May(PlacesPermissions.SettleAddresses, row.Grid))
        .Select(row => new LessonView(row.Id, row.Form, row.Name ?? row.Text ?? "", row.LearnedAt, row.Grid ?? ""))];

    private sealed record LessonRow(long Id, string Form, string? Name, DateTimeOffset LearnedAt, string? Text, string? Grid);
}

/// <param name="Choice">A dwelling's id, <c>new</c>, <c>other</c>, <c>set_aside</c> or <c>waiting</c>.</param>
/// <param name="Grid">With <c>new</c>: where the new dwelling lies.</param>
/// <param name="Other">With <c>other</c>: the address as the list has it.</param>
internal sealed record QueueAnswer(string Choice, string Grid, string Other, bool WholeEstate);

internal sealed record QueueView(string State, IReadOnlyList<UnresolvedRow> Rows, IReadOnlyList<LessonView> Lessons, int Page, int Pages,
    long Waiting, long SetAside);

/// <param name="Means">The dwelling, or the estate's name on the list.</param>
/// <param name="Place">Code of the dwelling's grid; empty when the lesson is about a name.</param>
internal sealed record LessonView(long Id, string Form, string Means, DateTimeOffset LearnedAt, string Place);

/// <param name="Grids">Where a new dwelling may lie; none when the text names no door.</param>
/// <param name="Estate">The text's name when it is on no list, so that it may be another name of an estate.</param>
internal sealed record EntryView(UnresolvedRow Entry, IReadOnlyList<Dwelling> Candidates, IReadOnlyList<Grid> Grids, string? Estate)
{
    /// <summary>What an address that was typed may mean, besides the candidates.</summary>
    public IReadOnlyList<Dwelling> Near { get; init; } = [];
}
