using System.Text.Json;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Outbox;

/// <summary>
/// A module's one ear for one kind of event. Runs inside the unit that marks the delivery done, so its effects happen once. What a module
/// hears of one key, whatever the kinds, it hears in the order in which it was told.
/// </summary>
/// <param name="Module">Stable: a delivery is known by event and module.</param>
public sealed record EventHandler(string Module, string Kind, Action<Session, EventRow> Handle)
{
    /// <exception cref="InvalidOperationException">A module listens twice to one kind: nobody could say which comes first.</exception>
    internal static Dictionary<(string Module, string Kind), EventHandler> Told(IEnumerable<EventHandler> handlers)
    {
        var told = new Dictionary<(string, string), EventHandler>();
        foreach (var handler in handlers)
            if (!told.TryAdd((handler.Module, handler.Kind), handler))
                throw new InvalidOperationException(
                    $"Module '{handler.Module}' has two handlers of '{handler.Kind}'; make them one, so that their order can be read.");
        return told;
    }
}

public sealed record EventRow(long Id, string Kind, string Body, long At)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"Event {Id} ({Kind}) has an empty body.");
}

/// <summary>Tells other modules by rows written in the same unit as the change they tell of.</summary>
public sealed class Outbox(IEnumerable<EventHandler> handlers, TimeProvider clock)
{
    private readonly ILookup<string, string> listening = EventHandler.Told(handlers).Keys.ToLookup(told => told.Kind, told => told.Module);

    /// <summary>The same as part of a unit that asks nothing back.</summary>
    public void Tell<T>(DecidedUnit unit, string kind, string key, T body)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        unit.Then("insert into platform_event (kind, body, at) values (@p0, @p1, @p2)",
            kind, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), at);
        foreach (var module in listening[kind])
            unit.Then("""
                insert into platform_delivery (event, handler, key, state, tries, next_at)
                    values (last_id(platform_event), @p0, @p1, 'waiting', 0, @p2)
                """, module, key, at);
    }

    /// <param name="key">
    /// What the event is about, such as <c>people/person/0198…</c>: a later event of the key waits in each module until this one was heard there.
    /// </param>
    public void Tell<T>(Session session, string kind, string key, T body)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var id = (long)session.Prepared("insert into platform_event (kind, body, at) values (@p0, @p1, @p2) returning id")
            .With(kind, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), at).Scalar()!;
        foreach (var module in listening[kind])
            session.Prepared("insert into platform_delivery (event, handler, key, state, tries, next_at) values (@p0, @p1, @p2, 'waiting', 0, @p3)")
                .With(id, module, key, at).Execute();
    }
}
