using System.Security.Cryptography;
using System.Text;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Access;

/// <summary>What counts once, on every node: a logout that was told, a challenge that was answered, a form that is fetched back.</summary>
internal sealed class Once(Store store, TimeProvider clock)
{
    /// <summary>Takes a thing for used.</summary>
    /// <returns>False when it was used before.</returns>
    public Task<bool> Use(string kind, string what, TimeSpan remembered) => store.Write(session => session.Execute(
        "insert into access_once (key, value, until) values (@key, '', @until) on conflict (key) do nothing",
        new { key = Key(kind, what), until = clock.GetUtcNow() + remembered }) == 1);

    /// <summary>Lays something by.</summary>
    /// <returns>The name by which it is fetched, which cannot be guessed.</returns>
    public async Task<string> Keep(string kind, string value, TimeSpan until)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await store.Write(session => session.Execute("insert into access_once (key, value, until) values (@key, @value, @until)",
            new { key = Key(kind, name), value, until = clock.GetUtcNow() + until }));
        return name;
    }

    /// <summary>Fetches what was laid by, and it is gone.</summary>
    public async Task<string?> Fetch(string kind, string? name)
    {
        if (name is not { Length: 32 }) return null;
        return await store.Write(session =>
        {
            var (key, now) = (Key(kind, name), clock.GetUtcNow());
            var value = session.First<string>("select value from access_once where key = @key and until > @now", new { key, now });
            session.Execute("delete from access_once where key = @key", new { key });
            return value;
        });
    }

    // Whatever a stranger sends is of one length here.
    private static string Key(string kind, string what) => $"{kind}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))}";
}
