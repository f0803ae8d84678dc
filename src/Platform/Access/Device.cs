using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Access;

/// <summary>What kind of device asks, as coarse as a person calls it: what a browser says of itself beyond that could tell people apart, and is
/// kept nowhere.</summary>
internal static class Device
{
    public const string Phone = "phone", Tablet = "tablet", Computer = "computer", Unknown = "";

    public static string Of(HttpRequest request)
    {
        var says = request.Headers.UserAgent.ToString();
        bool Has(string word) => says.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Has("iPad") || Has("Tablet") || Has("Android") && !Has("Mobile") ? Tablet
            : Has("Mobile") || Has("iPhone") || Has("Android") || Has("OpenHarmony") ? Phone
            : Has("Windows") || Has("Macintosh") || Has("Linux") || Has("CrOS") ? Computer
            : Unknown;
    }
}
