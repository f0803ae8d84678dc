using Legwork.Platform.Storage;

namespace Legwork.Platform.Outbox;

/// <summary>
/// Work that only one node may do at a time is leased in the storage. A lease runs out by itself when its holder dies; its token
/// grows with every holder, and a unit that states the token (<see cref="Lease.Fence"/>) is refused once another node has taken over,
/// so that a node which only slept cannot write into the work of the next.
/// </summary>
public sealed class Leases(Store store, PlatformPlaces places, TimeProvider clock)
{
    /// <summary>How long a lease stands without a renewal; it is renewed three times in that span while it is held.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    /// <returns>Null while somebody else holds it.</returns>
    public async Task<Lease?> Take(string name)
    {
        var (holder, now) = ($"{places.Node}/{Guid.NewGuid():N}", clock.GetUtcNow().ToUnixTimeMilliseconds());
        var token = await store.Write(session => session.Scalar<long?>("""
            insert into platform_lease (name, holder, token, until) values (@name, @holder, 1, @until)
            on conflict (name) do update set holder = excluded.holder, token = platform_lease.token + 1, until = excluded.until
            where platform_lease.until <= @now
            returning token
            """, new { name, holder, now, until = now + (long)Span.TotalMilliseconds }));
        return token is { } held ? new Lease(store, clock, name, held) : null;
    }

    /// <summary>The node that holds it now, or null.</summary>
    public string? Holder(string name) => store.Read(session => session.First<string>(
        "select holder from platform_lease where name = @name and until > @now", new { name, now = clock.GetUtcNow() }))?.Split('/')[0];
}

/// <summary>A lease that this process holds until it is disposed, or until its process dies and its time runs out.</summary>
public sealed class Lease : IAsyncDisposable
{
    private readonly Store store;
    private readonly TimeProvider clock;
    private readonly string name;
    private readonly ITimer renewal;

    internal Lease(Store store, TimeProvider clock, string name, long token)
    {
        this.store = store;
        this.clock = clock;
        this.name = name;
        Token = token;
        renewal = clock.CreateTimer(_ => _ = Renew(), null, Leases.Span / 3, Leases.Span / 3);
    }

    /// <summary>Grows by one with every holder of this name.</summary>
    public long Token { get; }

    /// <summary>Call inside each unit of the leased work: until the unit ends, nobody else can take the lease.</summary>
    /// <exception cref="LeaseLostException">Another holder has taken over; the unit must leave nothing behind.</exception>
    public void Fence(Session session)
    {
        var sql = "select token from platform_lease where name = @p0" + (session.Engine == Engine.Postgres ? " for update" : "");
        if (session.Prepared(sql).With(name).Scalar() is not long token || token != Token)
            throw new LeaseLostException($"The lease '{name}' (token {Token}) was taken over.");
    }

    public async ValueTask DisposeAsync()
    {
        await renewal.DisposeAsync();
        await store.Write(session =>
            session.Execute("update platform_lease set until = 0 where name = @name and token = @Token", new { name, Token }));
    }

    private async Task Renew()
    {
        try
        {
            await store.Write(session =>
                session.Execute("update platform_lease set until = @until where name = @name and token = @Token and until > 0",
                new { name, Token, until = clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)Leases.Span.TotalMilliseconds }));
        }
        catch (Exception)
        {
            // A renewal that does not get through is no fault yet: the next one tries again, and the fence guards the work.
        }
    }
}

/// <summary>Another node does this work now.</summary>
internal sealed class LeaseLostException(string message) : Exception(message);
