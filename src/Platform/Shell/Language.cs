using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Shell;

/// <summary>
/// One of the three languages that every sentence of the product stands in: Chinese, Tibetan and English.
/// <see cref="Tag"/> is the BCP 47 tag for <c>lang</c> attributes and the cookie; <see cref="OwnName"/> is what its speakers call it.
/// </summary>
public sealed record Language
{
    public const string CookieName = "lang";

    public static readonly Language Chinese = new("zh-CN", "中文");

    public static readonly Language Tibetan = new("bo", "བོད་ཡིག");

    public static readonly Language English = new("en", "English");

    private Language(string tag, string ownName) => (Tag, OwnName) = (tag, ownName);

    /// <summary>In the order in which the language switch shows them; the first is the default.</summary>
    public static IReadOnlyList<Language> All { get; } = [Chinese, Tibetan, English];

    public string Tag { get; }

    public string OwnName { get; }

    /// <summary>The language of a tag or of a tag's first part (<c>zh-Hans-CN</c>, <c>en-GB</c>); null for any other.</summary>
    public static Language? Find(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag)) return null;
        var primary = tag.Trim().Split('-', '_')[0];
        return All.FirstOrDefault(l => l.Tag.Split('-')[0].Equals(primary, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The choice kept in the cookie, else the best of Accept-Language, else Chinese.</summary>
    public static Language Of(HttpContext? context)
    {
        if (context is null) return Chinese;
        if (Find(context.Request.Cookies[CookieName]) is { } chosen) return chosen;
        return context.Request.GetTypedHeaders().AcceptLanguage
            .Where(a => (a.Quality ?? 1) > 0)
            .OrderByDescending(a => a.Quality ?? 1)
            .Select(a => Find(a.Value.Value))
            .FirstOrDefault(l => l is not null) ?? Chinese;
    }

    public override string ToString() => Tag;
}
