using System.Globalization;
using System.Text;

namespace Legwork.Registers;

/// <summary>The escapes of a workbook's texts (ST_Xstring, ECMA-376 part 1, 22.9.2.19): <c>_x000D_</c> is a line break,
/// <c>_x005F_</c> an underscore.</summary>
internal static class Escapes
{
    private const int Length = 7;

    public static string Undo(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0) return text;
        var undone = new StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0 && at + Length <= text.Length; at = text.IndexOf("_x", at, StringComparison.Ordinal))
        {
            if (text[at + Length - 1] != '_'
                || !ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                at++;
                continue;
            }
            undone.Append(text, from, at - from).Append((char)code);
            from = at += Length;
        }
        return Whole(undone.Append(text, from, text.Length - from));
    }

    /// <summary>Half a surrogate pair is no character and cannot be stored as one.</summary>
    private static string Whole(StringBuilder text)
    {
        var written = text.ToString();
        return written.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? string.Concat(written.EnumerateRunes()) : written;
    }
}
