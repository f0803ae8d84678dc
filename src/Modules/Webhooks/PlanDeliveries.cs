using System.Text.Json;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.Webhooks;

/// <summary>
/// Hears what modules tell and plans a delivery for each receiver that wants it, in the unit that marks the event heard: no event is lost or
/// planned twice, whichever node dies. A receiver that rests, is paused or is off has its deliveries kept.
/// </summary>
internal static class PlanDeliveries
{
    /// <summary>One ear for each kind in the outbox of which somebody may be told.</summary>
    public static IEnumerable<EventHandler> Handlers(IEnumerable<EventOut> parts)
    {
        var events = new EventsOut(parts);
        return events.All.GroupBy(one => one.Kind).Select(ofKind =>
            new EventHandler("webhooks", ofKind.Key, (session, row) =>
            {
                foreach (var one in ofKind) Plan(session, one, row);
            }));
    }

    private static void Plan(Session session, OutgoingEvent one, EventRow row)
    {
        var receivers = session.Query<Wanting>("""
            select id, fields from webhooks_subscription where state in ('active', 'paused', 'off') and ' ' || events || ' ' like @wanted
            """, new { wanted = $"% {one.Name} %" });
        if (receivers.Count == 0) return;
        var plain = one.Parts[0].Plain!(row);
        var thing = Convert.ToString(plain[one.Parts[0].Fields[0].Name], System.Globalization.CultureInfo.InvariantCulture) ?? "";
        var person = one.Parts.Select(part => part.Person?.Invoke(row)).FirstOrDefault(found => found is not null);
        foreach (var (receiver, fields) in receivers)
            Add(session, receiver, row.Id, one.Name, thing, person?.Value, Chosen(one, plain, fields.Split(' ')), row.At);
    }

    /// <summary>What of the plain fields this receiver wants.</summary>
    private static string Chosen(OutgoingEvent one, IReadOnlyDictionary<string, object?> plain, string[] wanted) => JsonSerializer.Serialize(
        one.Fields.Where(field => field.Opened.Length == 0 && wanted.Contains(field.Name) && plain.ContainsKey(field.Name))
            .ToDictionary(field => field.Name, field => plain[field.Name]), JsonSerializerOptions.Web);

    public static void Add(Session session, Guid receiver, long? @event, string type, string thing, Guid? person, string body, long at) =>
        session.Prepared("""
            insert into webhooks_delivery (id, subscription, event, type, thing, person, body, at, state, tries, due_at, last_at, reason)
            values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, 'waiting', 0, @p7, null, '') on conflict (subscription, event) do nothing
            """).With(Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(at)), receiver, @event, type, thing, person, body, at).Execute();

    private sealed record Wanting(Guid Id, string Fields);
}
