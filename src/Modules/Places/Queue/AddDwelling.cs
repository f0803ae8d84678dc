using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Places.Queue;

/// <summary>A text names a door that no list has yet: it becomes a dwelling of a grid.</summary>
internal sealed class AddDwelling(Store store, CurrentBook books, Outbox outbox, TimeProvider clock)
{
    public async Task<Outcome<Dwelling>> Add(string text, string grid, Actor by)
    {
        if (!by.May(PlacesPermissions.SettleAddresses, grid)) return Refusal.Of("places.out_of_scope", "The grid lies outside what you look after.");
        var book = await books.Get(CancellationToken.None);
        if (book.Grid(grid) is not { Until: null }) return Refusal.Of("places.grid_not_found", $"No grid is called {grid}, or it was retired.");
        var parsed = book.Parser.Parse(text);
        if (parsed.IsOutside || !parsed.NamesADwelling)
            return Refusal.Of("places.no_door", "This text names no door: a room, a household or a house number is needed.");
        var street = book.GridIndex.StreetNamed(parsed.Street) ?? grid[..Grid.StreetDigits];
        if (!new Scope(street).Covers(grid))
            return Refusal.Of("places.other_street", $"The text names {parsed.Street}; the grid lies elsewhere.");
        var dwelling = new Dwelling(Guid.CreateVersion7(), $"{street}/{parsed.Key}", Written(book, street, parsed), grid);
        if (book.Find(dwelling.Key) is not null) return Refusal.Of("places.taken", "This dwelling is on the list.");
        var after = book.With(dwelling);
        return await store.Write<Outcome<Dwelling>>(session =>
        {
            if (!CurrentBook.IsCurrent(session, book.Version)) return Refusal.Of("places.stale", "The list has changed since. Look again.");
            session.Execute("insert into places_dwelling (id, key, text, grid) values (@Id, @Key, @Text, @Grid)", dwelling);
            var at = clock.GetUtcNow();
            foreach (var row in UnresolvedRow.Waiting(session))
            {
                if (after.Resolve(row.Text, row.Hint.Length > 0 ? row.Hint : row.Place).Dwelling != dwelling.Id) continue;
                session.Execute("update places_unresolved set state = 'settled', settled_at = @at, settled_by = @Account where id = @Id",
                    new { at, by.Account, row.Id });
                outbox.Tell(session, PlacesEvents.AddressLearned, PlacesEvents.KeyOfForm(row.Form),
                    new AddressLearned(0, row.Form, row.Hint, dwelling.Id, dwelling.Key, grid, null));
            }
            CurrentBook.Changed(session);
            return dwelling;
        });
    }

    private static string Written(AddressBook book, string street, ParsedAddress parsed) =>
        book.Streets.FirstOrDefault(place => place.Code == street)?.Name + parsed.Key;
}
