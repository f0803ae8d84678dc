using System.Runtime.InteropServices;
using System.Text;

namespace Legwork.Linking;

/// <summary>
/// Toneless pinyin of Chinese characters, from ICU's Han–Latin transliterator (the library that .NET's globalization loads).
/// One reading a character, the most frequent one: enough to find what sounds alike, not to read aloud.
/// </summary>
public static class Pinyin
{
    private const char FirstHan = '\u3400';
    private const char LastHan = '\u9fff';

    private static readonly string?[] syllables = new string?[LastHan - FirstHan + 1];
    private static readonly Dictionary<string, string> once = new(StringComparer.Ordinal);
    private static readonly Lazy<IcuTransliterator> icu = new(() => new IcuTransliterator("Han-Latin; NFD; [:M:] Remove; Lower"));

    /// <summary>The syllable of one character, lower case without tone; the character itself when it is not Chinese.</summary>
    public static string Of(char c) => !IsHan(c) ? c.ToString() : syllables[c - FirstHan] ?? Read(c);

    internal static bool IsHan(char c) => c is >= FirstHan and <= LastHan;

    /// <summary>The syllables of a text with single spaces between: 扎西 gives <c>zha xi</c>.</summary>
    public static string Key(string text) => Join(text, static s => s);

    /// <summary>
    /// The same after folding the pairs that are confused by ear: zh/z, ch/c, sh/s, n/l at the front, -ng/-n at the end.
    /// </summary>
    public static string Folded(string text) => Join(text, FoldSyllable);

    internal static string FoldSyllable(string syllable)
    {
        if (syllable.Length == 0 || !char.IsAsciiLetter(syllable[0])) return syllable;
        var start = syllable[0] is 'z' or 'c' or 's' && syllable.Length > 1 && syllable[1] == 'h' ? 2 : 1;
        var first = syllable[0] == 'n' ? 'l' : syllable[0];
        var rest = syllable.AsSpan(start);
        if (rest.EndsWith("ng")) rest = rest[..^1];
        return string.Concat([first], rest);
    }

    private static string Join(string text, Func<string, string> fold)
    {
        var key = new StringBuilder(text.Length * 5);
        foreach (var c in text)
        {
            if (c is '·' or '•' or '・' || char.IsWhiteSpace(c)) continue;
            var han = IsHan(c);
            if (key.Length > 0 && (han || key[^1] == ' ')) key.Append(key[^1] == ' ' ? "" : " ");
            key.Append(han ? fold(Of(c)) : char.ToLowerInvariant(c));
            if (han) key.Append(' ');
        }

        return key.ToString().TrimEnd();
    }

    /// <summary>Characters are read when first met: a district's names use two thousand of the twenty-eight thousand.</summary>
    private static string Read(char c)
    {
        lock (once)
        {
            var syllable = icu.Value.Transliterate([c, '\n']).Trim();
            // One object a syllable, so that equal sounds are kept once.
            if (!once.TryGetValue(syllable, out var kept)) once[syllable] = kept = syllable;
            return syllables[c - FirstHan] = kept;
        }
    }
}

/// <summary>One ICU transliterator behind its C interface, whatever version of the library the machine has.</summary>
internal sealed unsafe class IcuTransliterator : IDisposable
{
    private readonly nint handle;
    private readonly delegate* unmanaged<nint, char*, int*, int, int, int*, int*, void> transliterate;
    private readonly delegate* unmanaged<nint, void> close;

    public IcuTransliterator(string id)
    {
        var (library, suffix) = Find();
        var open = (delegate* unmanaged<char*, int, int, char*, int, nint, int*, nint>)NativeLibrary.GetExport(library, "utrans_openU" + suffix);
        transliterate = (delegate* unmanaged<nint, char*, int*, int, int, int*, int*, void>)NativeLibrary.GetExport(library,
            "utrans_transUChars" + suffix);
        close = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "utrans_close" + suffix);
        var status = 0;
        fixed (char* text = id) handle = open(text, id.Length, 0, null, 0, 0, &status);
        if (status > 0 || handle == 0)
            throw new PlatformNotSupportedException($"ICU has no transliterator {id} (status {status}); install the full libicu data.");
    }

    /// <summary>Transliterates a text; ICU rewrites it in place, so the buffer leaves room for syllables of up to six letters.</summary>
    public string Transliterate(ReadOnlySpan<char> text)
    {
        var buffer = new char[text.Length * 8 + 64];
        text.CopyTo(buffer);
        int length = text.Length, limit = text.Length, status = 0;
        fixed (char* p = buffer) transliterate(handle, p, &length, buffer.Length, 0, &limit, &status);
        if (status > 0) throw new InvalidOperationException($"ICU transliteration failed with status {status}.");
        return new string(buffer, 0, length);
    }

    public void Dispose() => close(handle);

    /// <summary>Distributions name the library and its symbols after ICU's version (libicui18n.so.72, utrans_openU_72).</summary>
    private static (nint Library, string Suffix) Find()
    {
        string[] names = OperatingSystem.IsMacOS() ? ["libicucore.dylib"] : OperatingSystem.IsWindows()
            ? ["icu.dll", "icuin.dll"] : ["libicui18n.so"];
        for (var version = 90; version >= 50; version--)
        {
            if (!OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS()
                && NativeLibrary.TryLoad($"libicui18n.so.{version}", out var versioned)
                && NativeLibrary.TryGetExport(versioned, $"utrans_openU_{version}", out _)) return (versioned, $"_{version}");
        }

        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            if (NativeLibrary.TryGetExport(library, "utrans_openU", out _)) return (library, "");
            for (var version = 90; version >= 50; version--)
                if (NativeLibrary.TryGetExport(library, $"utrans_openU_{version}", out _)) return (library, $"_{version}");
        }

        throw new PlatformNotSupportedException(
            "Pinyin needs the ICU library (libicui18n), which is not installed: on Debian install the package libicu72 (or the "
                + "libicu of your release).");
    }
}
