using Legwork.Places.Contracts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.People.Matching;

/// <summary>
/// Listens to Places: files and their findings lie where their dwelling now is, so that whoever works in the new grid finds them and
/// boards count them there. A registration whose dwelling the file does not name follows the rest, until lists are taken in next.
/// </summary>
internal static class FollowGridChanges
{
    public static EventHandler Handler() => new("people", PlacesEvents.GridChanged, Follow);

    private static void Follow(Session session, EventRow row)
    {
        var changed = row.Read<GridChanged>();
        var moved = (changed.Dwellings ?? []).ToHashSet(StringComparer.Ordinal);
        var elsewhere = changed.Elsewhere.ToHashSet(StringComparer.Ordinal);
        var files = session.Query<Placed>("""
            select id, dwelling, lives, registered from people_file where lives = @From or registered = @From
            union select f.id, f.dwelling, f.lives, f.registered from people_finding n join people_file f on f.id = n.file where n.place = @From
            """, changed)
            .Where(file => changed.Dwellings is null || moved.Contains(file.Dwelling) || (changed.TakesRest && !elsewhere.Contains(file.Dwelling)));
        foreach (var file in files)
        {
            session.Prepared("update people_file set lives = @p0, registered = @p1, digest = '' where id = @p2")
                .With(file.Lives == changed.From ? changed.To : file.Lives,
                    file.Registered == changed.From ? changed.To : file.Registered, file.Id).Execute();
            session.Prepared("update people_finding set place = @p0 where file = @p1 and place = @p2")
                .With(changed.To, file.Id, changed.From).Execute();
        }
    }

    private sealed record Placed(Guid Id, string Dwelling, string Lives, string Registered);
}
