using System.Text.Json;

namespace Legwork.Journeys.Tests;

/// <summary>Texts that break what reads, keeps, cuts, compares or draws them carelessly, a few of each kind.</summary>
internal static class NaughtyTexts
{
    /// <summary>Ours; none holds a zero character or half a pair, which are refused everywhere (see <see cref="Unreadable"/>).</summary>
    public static IReadOnlyList<string> Own { get; } =
    [
        // nothing, and what looks like nothing
        "", " ", "\t", "\u3000", "\u00a0", "\u200b", "\u2060\ufeff", "\u00ad", "\u2028", "\u2029", "\u0085", "\u115f\u3164",
        // direction, marks of encodings, controls
        "\u202eabc\u202c", "\u2066\u202b\u0634\u0627\u0631\u0639\u2069", "\u200f\u05d0\u05d1", "\ufeff名", "\ufffe",
        "\uffff", "\u0001\u0002\u0003", "\u001b[31m红\u001b[0m",
        "\u0007\b\u007f", "a\u001fb\u001ec",
        // signs of several code points, piles, stacks, rare planes
        "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿🇨🇳", "👍🏽‍", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L", "e\u0301\u00e9", "བསྒྲུབས་རྫོགས་",
        "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ༔", "རྒྱ\u0f39\u0f71\u0f72\u0f74\u0f80",
        "𠮷𪚥𬺰", "ﷺ", "ＦＵＬＬ　ｗｉｄｔｈ１２３", "Ĳǅﬁ", "İıſß", "葛\udb40\udd00城",
        // databases
        "' or '1'='1", "'; drop table people_file; --", "\\'; select 1; --", "\" or \"\"=\"", "%", "_", "%_\\%",
        "1); delete from cases_case where (1=1", "$1 @p0 :x ?",
        // pages and scripts
        "<script>alert(1)</script>", "\"><script src=//evil.example></script>", "<img src=x onerror=alert(1)>",
        "' onfocus=alert(1) autofocus='", "<svg/onload=alert(1)>",
        "<iframe src=javascript:alert(1)>", "javascript:alert(1)", "data:text/html,<script>1</script>",
        "</textarea><script>1</script>", "</title><b data-naughty>",
        "<!--", "]]>", "--><b data-naughty>", "&lt;b data-naughty&gt;", "&#0;&#x3c;&amp;", "<naughty>",
        "<style>*{display:none}</style>", "<base href=//evil.example>",
        // templates, JSON, formats, expressions
        "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0}{1}{99}", "{", "}", "{{}}", "%s%n%x%d", "{\"a\":[1,",
        "\",\"role\":\"Administrator", "[]", "__proto__",
        // paths, addresses, lines of protocols
        "../../../../etc/passwd", "..\\..\\web.config", "C:\\CON", "file:///etc/passwd", "//evil.example/x",
        "a/b?c=d#e&f=g", "%2e%2e%2f%00", "a\r\nSet-Cookie: x=1", "a\nb", "a\rb",
        "a\r\n.\r\nMAIL FROM:<x@evil.example>",
        // tables of offices
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"//evil.example\",\"x\")", "\t=1+1", "a,b;c|d", "\"a\"\"b", "\"",
        // what looks like a value of another kind
        "0", "-0", "1e309", "0x10", "١٢٣", "９９９", "99999999999999999999", "NaN", "Infinity", "null", "undefined",
        "true", "2026-02-30", "00000000-0000-0000-0000-000000000000",
        // machines' names, shells, marks of numbers
        "$(reboot)", "`id`", "; ls", "| cat", "&& x", "\\", "\\u0000", "\\x00", "~", "!", "-", "--", "*",
        // what fills
        .. new[] { new string('国', 5_000), new string('\u0301', 500), string.Concat(Enumerable.Repeat("a ", 2_000)), new string('<', 3_000) },
    ];

    /// <summary>What no column can hold.</summary>
    public static IReadOnlyList<string> Unreadable { get; } = ["a\0b", "\ud800", "x\udc00y", "\udc00\ud800"];

    /// <summary>Ours, and the big list where it lies beside the checkout.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Own, .. Shared()];

    private static IEnumerable<string> Shared()
    {
        var file = Path.Combine(Repository.Root, "..", "shared", "data", "strings", "blns.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<List<string>>(File.ReadAllText(file))!.Where(text => !text.Contains('\0')) : [];
    }
}
