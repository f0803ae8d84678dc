using System.Net;
using System.Net.Sockets;
using Legwork.Yaml;

namespace Legwork.Webhooks.Sending;

/// <summary>
/// Where webhooks may go. By default to public addresses over https alone, whatever a name resolves to at the moment of connecting; networks of
/// one's own are opened by <c>webhooks.yaml</c> in the keys folder, and plain http to this machine itself with them.
/// </summary>
internal sealed class Destinations(IReadOnlyList<IPNetwork> allowed, IReadOnlyList<IPNetwork>? refused = null)
{
    public const string FileName = "webhooks.yaml";
    public const int UrlLengthMax = 500;

    // What is not the internet: RFC 6890 and the registries of special addresses, with their IPv6 twins.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private readonly IReadOnlyList<IPNetwork> closed = refused ?? Special;

    /// <exception cref="YamlFault">The file is not what docs/how-to/events-out.md describes.</exception>
    public static Destinations Load(string keysFolder)
    {
        var path = Path.Combine(keysFolder, FileName);
        if (!File.Exists(path)) return new Destinations([]);
        var file = YamlNode.Load(path);
        file.Only("allow");
        return new Destinations([.. file.ListOrNone("allow").Select(entry => IPNetwork.TryParse(entry.Text(), out var network) ? network
            : throw entry.Wrong("a network such as 10.20.0.0/16 belongs here"))]);
    }

    /// <summary>Whether it can be told to at all: the scheme, no name and password in it, and an address that is written out.</summary>
    public bool Takes(string url, out Uri address)
    {
        address = null!;
        if (url.Length > UrlLengthMax || !Uri.TryCreate(url, UriKind.Absolute, out var given) || given.Scheme is not ("https" or "http")
            || given.UserInfo.Length > 0 || given.Fragment.Length > 0 || given.Host.Length == 0) return false;
        address = given;
        var written = IPAddress.TryParse(given.IdnHost, out var literal) ? literal : null;
        if (given.Scheme == "http") return IsHere(given) && May(written ?? IPAddress.Loopback);
        return written is null || May(written);
    }

    public bool May(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || !closed.Any(network => network.Contains(plain));
    }

    /// <summary>Connects to an address that the name has now and that may be told to; what was looked at is what is connected to.</summary>
    /// <exception cref="RefusedAddressException">The name leads, also, where nothing may be sent.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var end = context.DnsEndPoint;
        var found = IPAddress.TryParse(end.Host, out var written) ? [written] : await Dns.GetHostAddressesAsync(end.Host, cancel);
        if (found.Length == 0 || !found.All(May)) throw new RefusedAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, end.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsHere(Uri address) => address.IsLoopback;
}

/// <summary>A receiver's name leads to a network to which nothing may be sent.</summary>
internal sealed class RefusedAddressException() : IOException("The address lies in a network to which nothing is sent.");
