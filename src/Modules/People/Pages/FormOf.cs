using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Http;

namespace Legwork.People.Pages;

/// <summary>What a form or an address says, trimmed and within limits.</summary>
internal static class FormOf
{
    public const int LongTextMax = 1000;

    public static string Text(this IFormCollection form, string name, int lengthMax = 200) => FormText.Cut(form[name].ToString(), lengthMax);

    /// <returns>Null for nothing; refusal <c>people.date</c> for what is no day.</returns>
    public static Outcome<DateOnly?> Day(string? iso)
    {
        if (string.IsNullOrWhiteSpace(iso)) return (DateOnly?)null;
        return DateOnly.TryParseExact(iso.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > 1849 and < 2200
            ? (DateOnly?)day : Refusal.Of("people.date", "Write the date like 2026-10-31.");
    }

    public static bool IsPartial(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");
}

internal static class RequestText
{
    /// <summary>The texts in the language of this request.</summary>
    public static Platform.Shell.T GetText(this IServiceProvider services) => (Platform.Shell.T)services.GetService(typeof(Platform.Shell.T))!;
}

internal static class StatusOf
{
    internal static int Page(Refusal? wrong) => wrong is null ? StatusCodes.Status200OK : Refusals.StatusOf(wrong);
}
