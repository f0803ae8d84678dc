using System.Collections.Concurrent;
using SkiaSharp;

namespace Legwork.Messages.Channels;

/// <summary>
/// The machine's own fonts, looked for by what they can draw: the library that draws here knows no font of the system. Debian's packages
/// <c>fonts-noto-cjk</c> and <c>fonts-noto-core</c> have what letters need.
/// </summary>
internal static class Fonts
{
    private static readonly string[] Folders = ["/usr/share/fonts", "/usr/local/share/fonts"];

    private static readonly ConcurrentDictionary<Script, Lazy<SKTypeface?>> Found = new();

    private enum Script
    {
        Latin,
        Han,
        Tibetan,
    }

    /// <summary>A text in parts of one script each; spaces, digits and marks go with the part before them.</summary>
    /// <returns>Each with a font that draws it; null where the machine has none.</returns>
    public static IEnumerable<(string Text, SKTypeface? Face)> Parts(string text)
    {
        var (from, script) = (0, (Script?)null);
        for (var at = 0; at < text.Length; at++)
        {
            if (ScriptOf(text[at]) is not { } here || here == script) continue;
            if (script is { } before)
            {
                yield return (text[from..at], Of(before));
                from = at;
            }
            script = here;
        }
        if (from < text.Length) yield return (text[from..], Of(script ?? Script.Latin));
    }

    private static Script? ScriptOf(char sign) => sign is >= '\u0F00' and <= '\u0FFF' ? Script.Tibetan : IsHan(sign) ? Script.Han
        : char.IsLetter(sign) ? Script.Latin : null;

    private static SKTypeface? Of(Script script) => Found.GetOrAdd(script, one => new Lazy<SKTypeface?>(() => Find(one))).Value;

    public static bool IsHan(char sign) => sign is >= '\u2E80' and <= '\u9FFF' or >= '\uFF00' and <= '\uFFEF';

    private static SKTypeface? Find(Script script)
    {
        // A sign that only a font made for the script has.
        var needed = script switch { Script.Tibetan => "ཀྐ་", Script.Han => "的通知", _ => "Ag" };
        var files = Folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc")
            .OrderBy(path => Path.GetFileName(path).Contains("Regular", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(path => path, StringComparer.Ordinal);
        foreach (var path in files)
        {
            var face = SKTypeface.FromFile(path);
            if (face is null) continue;
            using (var font = new SKFont(face))
                if (font.ContainsGlyphs(needed)) return face;
            face.Dispose();
        }
        return null;
    }
}
