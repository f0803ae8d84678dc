using System.Security.Cryptography;
using System.Text;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform;

/// <summary>
/// A storage remembers which keys it was made with. With others it does not open: new keys made in silence beside a restored
/// storage would leave every number unreadable and split the log in two.
/// </summary>
internal static class KeyCheck
{
    private const string Name = "keys.check";

    /// <exception cref="CannotOpenException">The keys are missing, or are another district's.</exception>
    public static void Run(IServiceProvider services)
    {
        var store = services.GetRequiredService<Store>();
        var places = services.GetRequiredService<PlatformPlaces>();
        var remembered = store.Read(session => session.First<string>("select value from platform_setting where name = @Name", new { Name }));
        if (remembered is not null)
        {
            var missing = PlatformModule.KeyFiles.Where(file => !File.Exists(Path.Combine(places.KeysFolder, file))).ToList();
            if (missing.Count > 0)
                throw new CannotOpenException($"This district's keys are missing: bring {string.Join(" and ", missing)} into {places.KeysFolder}.");
        }
        var here = Of(services.GetRequiredService<NumberVault>(), services.GetRequiredService<LogSigner>());
        remembered ??= store.Write(session =>
        {
            session.Execute("insert into platform_setting (name, value) values (@Name, @here) on conflict (name) do nothing", new { Name, here });
            return session.First<string>("select value from platform_setting where name = @Name", new { Name });
        }).GetAwaiter().GetResult();
        if (remembered != here)
            throw new CannotOpenException(
                $"The keys in {places.KeysFolder} are not the ones this district was made with; bring its own master.key and log-signing.key.");
    }

    // Neither half tells anything of the keys: a keyed digest of a fixed word, and the digest of a public key.
    private static string Of(NumberVault vault, LogSigner signer) =>
        Convert.ToHexStringLower(vault.Token(Name)) + ":" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(signer.PublicKey)));
}
