using System.Text.Json;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Outbox;

/// <summary>Listens to one kind of event. Runs inside the unit that marks the delivery done, so its effects happen once.</summary>
/// <param name="Name">Stable: a delivery is known by event and handler.</param>
public sealed record EventHandler(string Name, string Kind, Action<Session, EventRow> Handle);

public sealed record EventRow(long Id, string Kind, string Body, long At)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"Event {Id} ({Kind}) has an empty body.");
}

/// <summary>Tells other modules by rows written in the same unit as the change they tell of.</summary>
public sealed class Outbox(IEnumerable<EventHandler> handlers, TimeProvider clock)
{
    private readonly ILookup<string, EventHandler> byKind = handlers.ToLookup(handler => handler.Kind);

    public void Tell<T>(Session session, string kind, T body)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var id = (long)session.Prepared("insert into platform_event (kind, body, at) values (@p0, @p1, @p2) returning id")
            .With(kind, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), at).Scalar()!;
        foreach (var handler in byKind[kind])
            session.Prepared("insert into platform_delivery (event, handler, state, tries, next_at) values (@p0, @p1, 'waiting', 0, @p2)")
                .With(id, handler.Name, at).Execute();
    }
}
