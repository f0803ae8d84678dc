using System.Text.RegularExpressions;

namespace Legwork.Platform.Shell;

/// <summary>A text cut where Chinese begins and ends.</summary>
internal static partial class HanRuns
{
    public static IEnumerable<(string Text, bool IsHan)> Of(string text)
    {
        var at = 0;
        foreach (Match han in Han().Matches(text))
        {
            if (han.Index > at) yield return (text[at..han.Index], false);
            yield return (han.Value, true);
            at = han.Index + han.Length;
        }
        if (at < text.Length) yield return (text[at..], false);
    }

    // Ideographs with the punctuation and wide signs that stand between them; the rare ones are pairs.
    [GeneratedRegex(@"(?:[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]|[\uD840-\uD887][\uDC00-\uDFFF])+",
        RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Han();
}
