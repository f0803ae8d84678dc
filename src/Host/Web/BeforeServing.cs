using System.Net;
using System.Net.Sockets;
using Legwork.Host.Backup;
using Legwork.Platform.Storage;

namespace Legwork.Host.Web;

/// <summary>What would stop a server anyway is said in a sentence at once, before tables are made or lists are read.</summary>
internal static class BeforeServing
{
    private const int WouldBlock = 11, WouldBlockElsewhere = 35, SharedOnWindows = 32;

    /// <param name="begin">Whether an empty district may be begun where there is none.</param>
    /// <returns>To be kept open as long as the server runs: whoever opens it again on the same folder is refused.</returns>
    /// <exception cref="CannotOpenException">The address, the folder or another server is in the way; the message says which.</exception>
    public static IDisposable Check(DistrictOptions options, bool begin)
    {
        CheckAddress(options.Listen);
        if (!begin && !IsDistrict(options))
            throw new CannotOpenException($"There is no district in {(options.Storage.Length > 0 ? "that database" : options.Data)}. "
                + $"Name its {(options.Storage.Length > 0 ? "own with --storage S" : "folder with --data DIR")}, "
                + "or begin an empty one with 'legwork serve --new'.");
        try
        {
            Store.MakeFolder(options.Data);
            // Several nodes may share a folder over one PostgreSQL, each with a name of its own.
            var name = options.Storage.Length == 0 ? "serving.lock" : $"serving-{options.NodeName}.lock";
            return new FileStream(Path.Combine(options.Data, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when ((taken.HResult & 0xffff) is WouldBlock or WouldBlockElsewhere or SharedOnWindows)
        {
            throw new CannotOpenException($"Another server already serves {options.Data}: stop that one, or name another folder with --data DIR.");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new CannotOpenException(
                $"{options.Data} cannot be written by this user. Name another folder with --data DIR, or give it to this user.");
        }
    }

    private static bool IsDistrict(DistrictOptions options)
    {
        if (options.Storage.Length == 0 && !File.Exists(options.SqliteFile)) return false;
        using var store = Store.Open(options.StorageWhere);
        return store.Read(TableShape.AnyDistrict);
    }

    /// <exception cref="CannotOpenException">It is none, or another program listens there.</exception>
    public static void CheckAddress(string listen)
    {
        foreach (var address in listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) Try(address);
    }

    private static void Try(string address)
    {
        BindingAddress parts;
        try
        {
            parts = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            throw NoAddress(address);
        }
        if (parts.IsUnixPipe || parts.Port == 0) return;
        if (parts.Port is < 0 or > IPEndPoint.MaxPort || IsNoHost(parts.Host)) throw NoAddress(address);
        var at = IPAddress.TryParse(parts.Host.Trim('[', ']'), out var named) ? named
            : parts.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(at, parts.Port);
            listener.Start();
        }
        catch (SocketException refused)
        {
            var why = refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program listens there already",
                SocketError.AccessDenied => "this user may not open that port",
                SocketError.AddressNotAvailable => "this machine has no such address",
                _ => refused.SocketErrorCode.ToString(),
            };
            throw new CannotOpenException($"{address} cannot be listened on: {why}. Name another address with --listen URL.");
        }
    }

    // A port that is no number is taken for a part of the name, and port 80 for the port.
    private static bool IsNoHost(string host) => host.Contains(':') && !IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static CannotOpenException NoAddress(string address) =>
        new($"{address} is no address to listen on; one is http://127.0.0.1:8080, with a port up to {IPEndPoint.MaxPort}.");
}
