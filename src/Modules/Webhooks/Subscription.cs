using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Webhooks;

/// <summary>One receiver: where it listens, of what it is told, and how it does.</summary>
/// <param name="Events">Names with blanks between them, as <paramref name="Fields"/>.</param>
/// <param name="Purpose">Empty is nothing personal.</param>
internal sealed record Subscription(Guid Id, string Name, string Url, string Events, string Fields, string Purpose, byte[] Secret, byte[]? OldSecret,
    long OldUntil, string State, long MadeAt, string MadeBy, long? FailingSince, long Failures, long RestUntil, string LastReason)
{
    public const string Active = "active", Paused = "paused", Off = "off", Gone = "gone", Ended = "ended";

    public const string Columns = """
        select id, name, url, events, fields, purpose, secret, old_secret, old_until, state, made_at, made_by, failing_since, failures, rest_until,
            last_reason from webhooks_subscription
        """;

    public bool IsOver => State is Gone or Ended;

    public IReadOnlyList<string> EventNames => Events.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> FieldNames => Fields.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The keys that sign now.</summary>
    public IReadOnlyList<byte[]> Keys(NumberVault vault, DateTimeOffset now) =>
        OldSecret is { } old && OldUntil > now.ToUnixTimeMilliseconds()
            ? [Signature.KeyOf(vault.Open(Secret)), Signature.KeyOf(vault.Open(old))] : [Signature.KeyOf(vault.Open(Secret))];

    public static Task<Subscription?> Find(Session session, Guid id) => session.FirstAsync<Subscription>(Columns + " where id = @id", new { id });

    public static Task<List<Subscription>> All(Session session) => session.QueryAsync<Subscription>(
        Columns + " order by case state when 'off' then 0 when 'gone' then 1 when 'ended' then 3 else 2 end, made_at, id");
}
