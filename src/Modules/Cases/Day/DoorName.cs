using System.Text.RegularExpressions;

namespace Legwork.Cases.Day;

/// <summary>
/// A door as whoever walks the street calls it: what stands behind the street's own name, in one notation. Offices write one estate as
/// 某市某区某街道和平苑1区1栋1单元302室 and as 和平苑1区1-1-201; the first does not fit on a phone, and in a
/// list the two look like two places.
/// </summary>
internal static partial class DoorName
{
    /// <param name="street">The street's name as the lists write it; an address of another street keeps its own.</param>
    public static string Of(string address, string street)
    {
        var at = street.Length == 0 ? -1 : address.IndexOf(street, StringComparison.Ordinal);
        var behind = at < 0 ? "" : address[(at + street.Length)..].Trim();
        return InWords().Replace(behind.Length > 0 ? behind : address, "$1-$2-$3");
    }

    [GeneratedRegex("([0-9]+)(?:栋|幢|号楼)([0-9]+)单元([0-9]+)(?:室|号)?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InWords();
}
