using System.Globalization;
using System.Net;

namespace Legwork.Host.Web;

/// <summary>The setting <c>Proxies</c> as operators write it: addresses and ranges, in a list or parted by commas and spaces.</summary>
internal static class KnownProxies
{
    /// <exception cref="FormatException">A word is neither; the message names the setting and the word.</exception>
    public static IReadOnlyList<IPNetwork> Read(IEnumerable<string> setting) =>
        [.. setting.SelectMany(words => words.Split([',', ';', ' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)).Select(One)];

    private static IPNetwork One(string word)
    {
        if (word.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return new IPNetwork(IPAddress.Loopback, 32);
        // Of a range that is written by one of its addresses (10.0.0.7/8) the range is meant.
        var slash = word.IndexOf('/');
        if (!IPAddress.TryParse((slash < 0 ? word : word[..slash]).Trim('[', ']'), out var address)) throw Wrong(word);
        var bits = address.GetAddressBytes().Length * 8;
        if (slash >= 0 && (!int.TryParse(word.AsSpan(slash + 1), NumberStyles.None, null, out var prefix) || prefix > bits))
            throw Wrong(word);
        return slash < 0 ? new IPNetwork(address, bits) : Range(address, int.Parse(word.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    private static IPNetwork Range(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> bit % 8);
        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static FormatException Wrong(string word) => new($"Proxies: {word} is no address and no range such as 172.18.0.0/16.");
}
