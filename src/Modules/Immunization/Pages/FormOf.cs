using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Legwork.Immunization.Pages;

/// <summary>What a form said, field by field, trimmed and cut.</summary>
internal static class FormOf
{
    private const int TextMax = 200;

    public static IReadOnlyDictionary<string, string> Said(IFormCollection form, params ReadOnlySpan<string> names)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names) said.Add(name, Cut(form[name].ToString().Trim()));
        return said;
    }

    /// <summary>Never through the middle of a sign: PostgreSQL takes no half one.</summary>
    public static string Cut(string text) => text.Length <= TextMax ? text : text[..(char.IsHighSurrogate(text[TextMax - 1]) ? TextMax - 1 : TextMax)];

    /// <summary>Null for what is no day.</summary>
    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
