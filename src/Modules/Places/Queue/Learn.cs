using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Places.Queue;

/// <summary>A clerk settles one text; everything that reads alike follows, and everyone is told. A lesson can be taken back.</summary>
internal sealed class Learn(Store store, CurrentBook books, Outbox outbox, TimeProvider clock)
{
    public async Task<Outcome<Taught>> Teach(Teach teach, Actor by)
    {
        var book = await books.Get(CancellationToken.None);
        var lesson = Decide(book, teach, by);
        if (!lesson.Ok) return lesson.Refusal!;
        var after = book.With(lesson.Value);
        var now = after.Resolve(teach.Text, Where(teach));
        if (now.Dwelling != teach.Dwelling)
            return Refusal.Of("places.other_door", "The doors differ, not only the estate's name: settle this text by itself.");
        return await store.Write(session => Store(session, book, after, lesson.Value, teach, now, by));
    }

    public async Task<Outcome<Done>> Unlearn(long lesson, Actor by) => await store.Write<Outcome<Done>>(session =>
    {
        CurrentBook.Lock(session);
        var row = session.First<AliasRow>(
            "select id, form, hint, dwelling, name from places_alias where id = @lesson and undone_at is null", new { lesson });
        if (row is null) return Refusal.Of("places.lesson.not_found", "This lesson is not there, or was taken back already.");
        var dwelling = session.Single<Dwelling>("select id, key, text, grid, lon, lat from places_dwelling where id = @Dwelling", row);
        if (!by.May(PlacesPermissions.SettleAddresses, dwelling.Grid)) return OutOfScope;
        session.Execute("update places_alias set undone_at = @at, undone_by = @Account where id = @lesson",
            new { at = clock.GetUtcNow(), by.Account, lesson });
        session.Execute("""
            update places_unresolved set state = 'waiting', alias = null, settled_at = null, settled_by = null where alias = @lesson
            """, new { lesson });
        CurrentBook.Changed(session);
        outbox.Tell(session, PlacesEvents.AddressUnlearned, PlacesEvents.KeyOfForm(row.Form),
            new AddressLearned(lesson, row.Form, row.Hint, dwelling.Id, dwelling.Key, dwelling.Grid, row.Name));
        return Done.It;
    });

    private static Refusal OutOfScope => Refusal.Of("places.out_of_scope", "The dwelling lies outside what you look after.");

    private static Outcome<Lesson> Decide(AddressBook book, Teach teach, Actor by)
    {
        if (book.Find(teach.Dwelling) is not { } dwelling) return Refusal.Of("places.dwelling.not_found", "This dwelling is not on the list.");
        if (!by.May(PlacesPermissions.SettleAddresses, dwelling.Grid)) return OutOfScope;
        var parsed = book.Parser.Parse(teach.Text);
        if (parsed.Form.Length == 0) return Refusal.Of("places.no_text", "There is no address to learn.");
        var before = book.Resolve(teach.Text, Where(teach));
        if (before.Dwelling is { } known)
            return Refusal.Of("places.known", known == dwelling.Id
                ? "This text finds the dwelling already." : "This text finds another dwelling; take that lesson back first, or correct the list.");
        if (!teach.WholeEstate) return new Lesson(parsed.Form, teach.Hint, dwelling.Id, null);
        if (parsed.Name is null || book.Index.Names.IsKnown(parsed.Name))
            return Refusal.Of("places.estate_known", "The name in this text is an estate of its own on the list.");
        return new Lesson(parsed.Name, "", dwelling.Id, book.Index.Names.NameOf(book.PositionOf(dwelling.Id)));
    }

    private Outcome<Taught> Store(Session session, AddressBook book, AddressBook after, Lesson lesson, Teach teach, Resolution now, Actor by)
    {
        if (!CurrentBook.IsCurrent(session, book.Version)) return Refusal.Of("places.stale", "The list has changed since. Look again.");
        var at = clock.GetUtcNow();
        var lessonId = session.Scalar<long>("""
            insert into places_alias (form, hint, dwelling, name, text, learned_at, learned_by)
            values (@Form, @Hint, @Dwelling, @Name, @Text, @at, @Account) returning id
            """, new { lesson.Form, lesson.Hint, lesson.Dwelling, lesson.Name, teach.Text, at, by.Account });
        foreach (var waiting in UnresolvedRow.Waiting(session).Where(row => Settles(after, lesson, row)))
            session.Execute(
                "update places_unresolved set state = 'settled', alias = @lessonId, settled_at = @at, settled_by = @Account where id = @Id",
                new { lessonId, at, by.Account, waiting.Id });
        CurrentBook.Changed(session);
        var dwelling = book.Find(teach.Dwelling)!;
        outbox.Tell(session, PlacesEvents.AddressLearned, PlacesEvents.KeyOfForm(lesson.Form),
            new AddressLearned(lessonId, lesson.Form, lesson.Hint, dwelling.Id, dwelling.Key, dwelling.Grid, lesson.Name));
        return new Taught(lessonId, lesson.Form, now);
    }

    private static bool Settles(AddressBook after, Lesson lesson, UnresolvedRow row) => lesson.Name is null
        ? row.Form == lesson.Form && (lesson.Hint.Length == 0 || new Scope(lesson.Hint).Covers(row.Hint))
        : after.Resolve(row.Text, row.Hint.Length > 0 ? row.Hint : row.Place).Dwelling is not null;

    private static string? Where(Teach teach) => teach.Hint.Length > 0 ? teach.Hint : null;

    private sealed record AliasRow(long Id, string Form, string Hint, Guid Dwelling, string? Name);
}
