using System.Globalization;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Http;

namespace Legwork.Immunization.Pages;

/// <summary>What a form said, field by field, trimmed and cut.</summary>
internal static class FormOf
{
    private const int TextMax = 200;

    public static IReadOnlyDictionary<string, string> Said(IFormCollection form, params ReadOnlySpan<string> names)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names) said.Add(name, FormText.Cut(form[name].ToString(), TextMax));
        return said;
    }

    /// <summary>Null for what is no day.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
