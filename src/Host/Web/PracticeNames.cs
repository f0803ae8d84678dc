using Microsoft.Net.Http.Headers;

namespace Legwork.Host.Web;

internal static class PracticeNames
{
    private const string Prefix = "practice-";

    /// <summary>What is taken home from a practice copy says in its name that it is none of the district's.</summary>
    public static void UsePracticeNames(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            if (ContentDispositionHeaderValue.TryParse(http.Response.Headers.ContentDisposition.ToString(), out var sent)
                && (sent.FileNameStar.HasValue ? sent.FileNameStar : sent.FileName) is { HasValue: true } name)
            {
                sent.SetHttpFileName(Prefix + HeaderUtilities.RemoveQuotes(name));
                http.Response.Headers.ContentDisposition = sent.ToString();
            }
            return Task.CompletedTask;
        });
        return next(http);
    });
}
