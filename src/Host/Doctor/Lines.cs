using System.Net;
using Legwork.Platform.Modules;
using Npgsql;

namespace Legwork.Host.Doctor;

/// <summary>The lines to other machines that the settings name: whoever sits between reads along where they are not sealed, and answers in the
/// other's place where nobody looks at its certificate.</summary>
internal static class Lines
{
    public static IEnumerable<Sign> Look(DistrictOptions options)
    {
        foreach (var (setting, line) in new[] { (nameof(options.Storage), options.Storage), (nameof(options.Copies), options.Copies) })
            if (Postgres(setting, line) is { } open) yield return open;
        if (Uri.TryCreate(options.Telemetry, UriKind.Absolute, out var receiver) && receiver.Scheme == Uri.UriSchemeHttp && !receiver.IsLoopback)
            yield return new Sign("lines", Health.Warn, $"Telemetry: traces and metrics go to {receiver.Host} without TLS",
                "Name the receiver with https://, or run a collector on this machine that sends on with TLS.");
    }

    private static Sign? Postgres(string setting, string line)
    {
        if (line.Length == 0) return null;
        NpgsqlConnectionStringBuilder read;
        try
        {
            read = new NpgsqlConnectionStringBuilder(line);
        }
        catch (ArgumentException)
        {
            return null; // told where the storage is opened
        }
        var away = (read.Host ?? "").Split(',').Select(NameOf).Where(host => !IsHere(host)).ToList();
        return away.Count == 0 || read.SslMode == SslMode.VerifyFull ? null
            : new Sign("lines", Health.Warn, $"{setting}: PostgreSQL on {string.Join(", ", away)} is not asked for a certificate "
                + $"(SSL Mode={read.SslMode})",
                "Add SSL Mode=VerifyFull;Root Certificate=FILE to it (docs/how-to/deploy.md, PostgreSQL).");
    }

    private static string NameOf(string host) =>
        host.Trim() is var name && name.Count(sign => sign == ':') == 1 ? name[..name.IndexOf(':', StringComparison.Ordinal)] : name;

    /// <summary>This machine: by its own name for itself, a loopback address, or a socket in a folder.</summary>
    private static bool IsHere(string host) => host.Length == 0 || host[0] is '/' or '@'
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
