using System.Globalization;
using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;
using NetTopologySuite.IO;

namespace Legwork.Places.Grids;

/// <summary>
/// Carries out a plan in one unit: the old codes end, new ones begin, dwellings and whoever works there move, and everyone is told. It stays one
/// unit, since half of it would leave dwellings in a grid that ended: a grid has tens of dwellings and seldom hundreds, two rows each.
/// </summary>
internal sealed class ChangeGrids(Store store, CurrentBook books, Outbox outbox, FollowPlace staff, TimeProvider clock)
{
    public async Task<Outcome<Done>> Carry(GridPlan plan, Actor by)
    {
        if (plan.Retired.FirstOrDefault(code => !by.May(PlacesPermissions.ChangeGrids, code)) is { } foreign)
            return Refusal.Of("places.out_of_scope", $"{foreign} lies outside what you look after.");
        var book = await books.Get(CancellationToken.None);
        var outlines = plan.Parts.ToDictionary(part => part.Code,
            part => part.Outline is null ? null : new WKBWriter().Write(GeoJson.ReadOutline(part.Outline)), StringComparer.Ordinal);
        return await store.Write(session => Carry(session, book, plan, outlines, by));
    }

    private Outcome<Done> Carry(Session session, AddressBook book, GridPlan plan, Dictionary<string, byte[]?> outlines, Actor by)
    {
        if (!CurrentBook.IsCurrent(session, plan.Version) || book.Version != plan.Version)
            return Refusal.Of("places.stale", "Grids or dwellings have changed since. Look at the plan again.");
        var today = clock.Today();
        var day = today.ToString("O", CultureInfo.InvariantCulture);
        var old = plan.Retired.Select(code => book.Grid(code)!).ToList();
        foreach (var part in plan.Parts)
        {
            session.Execute("""
                insert into places_grid (code, name, walk_order, outline, valid_from, demonstration)
                values (@Code, @Name, @order, @outline, @day, @demonstration)
                """, new
            {
                part.Code,
                part.Name,
                day,
                order = old.Min(grid => grid.Order),
                outline = outlines[part.Code],
                demonstration = old.Any(grid => grid.Demonstration) ? 1L : 0L,
            });
        }
        foreach (var code in plan.Retired)
        {
            session.Execute("update places_grid set valid_to = @day where code = @code and valid_to is null", new { code, day });
            foreach (var part in plan.Parts)
                session.Execute("insert into places_lineage (retired, heir, act, on_day, at, by_account) "
                    + "values (@code, @heir, @Act, @day, @at, @Account)",
                    new { code, heir = part.Code, plan.Act, day, at = clock.GetUtcNow(), by.Account });
            staff.Run(session, code, [.. plan.Parts.Select(part => part.Code)], by.Account);
        }
        var moved = plan.Parts.SelectMany(part => part.Dwellings.Select(id => (Was: book.Find(id)!, To: part.Code))).ToList();
        var largest = plan.Parts.MaxBy(part => part.Dwellings.Count)!.Code;
        Moving.Move(session, outbox, moved, today, rest: [.. plan.Retired.Select(code => (code, largest))]);
        CurrentBook.Changed(session);
        return Done.It;
    }
}
