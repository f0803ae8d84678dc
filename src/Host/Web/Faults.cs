using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Legwork.Host.Web;

/// <summary>
/// Answers what the framework alone would answer with an empty body or as a fault of ours: addresses that lead nowhere, methods that
/// are not there, forms and values that cannot be read. Each gets a page or problem+json with a stable code.
/// </summary>
internal static partial class Faults
{
    public static void UseNamedFaults(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            ShellModule.RequestBegins();
            return next(http);
        });
        // Half a minute without storage is many requests: each is a line in the log, not a page of it.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Answer,
            SuppressDiagnosticsCallback = failed => failed.Exception is StorageAwayException,
        });
        app.UseStatusCodePages(context => Refusals.Write(context.HttpContext, context.HttpContext.Response.StatusCode,
            OfStatus(context.HttpContext.Response.StatusCode)));
    }

    private static Task Answer(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (failure is StorageAwayException { InnerException: { } cause } broken)
            StorageIsAway(http.RequestServices.GetRequiredService<ILogger<StorageAwayException>>(), broken.Message, cause.Message);
        return failure switch
        {
            StorageAwayException away => ShellModule.StorageAway(http, away),
            BadHttpRequestException bad => Refusals.Write(http, bad.StatusCode, OfStatus(bad.StatusCode)),
            { } fault when IsUnreadable(fault) => Refusals.Write(http, StatusCodes.Status400BadRequest, OfStatus(StatusCodes.Status400BadRequest)),
            _ => Refusals.Write(http, StatusCodes.Status500InternalServerError,
                Refusal.Of("host.fault", "Something is broken here, and it has been recorded. Nothing you entered was half saved; try again.")),
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} {Why}")]
    private static partial void StorageIsAway(ILogger logger, string what, string why);

    /// <summary>After the guard: a character that no text column of PostgreSQL can hold is refused before any use case sees it.</summary>
    public static void RefuseUnreadable(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (await IsUnreadable(http)) await Refusals.Write(http, StatusCodes.Status400BadRequest, OfStatus(StatusCodes.Status400BadRequest));
        else await next(http);
    });

    // The form reader throws whatever its parts throw (torn boundaries, lengths, another content type), so where it threw tells more
    // than what; PostgreSQL refuses a zero character.
    private static bool IsUnreadable(Exception fault) =>
        fault is AntiforgeryValidationException or PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire }
        || fault.StackTrace?.Contains("Microsoft.AspNetCore.Http.Features.FormFeature", StringComparison.Ordinal) == true;

    private static async Task<bool> IsUnreadable(HttpContext http)
    {
        if (http.Request.RouteValues.Values.Any(value => value is string text && Unreadable(text))
            || http.Request.Query.Any(pair => Unreadable(pair.Key) || pair.Value.Any(Unreadable))) return true;
        // A form of fields is read here once and kept by the framework; one with files may be streamed by its route.
        return http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            && http.GetEndpoint() is not null
            && (await http.Request.ReadFormAsync(http.RequestAborted)).Any(pair => Unreadable(pair.Key) || pair.Value.Any(Unreadable));
    }

    // A zero character, or half of a surrogate pair.
    private static bool Unreadable(string? text)
    {
        if (text is null) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return true;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }
        return false;
    }

    private static Refusal OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Refusal.Of("shell.not_found", "The address is wrong, or the page has moved."),
        StatusCodes.Status405MethodNotAllowed => Refusal.Of("host.method", "This address does not take that kind of request."),
        StatusCodes.Status413PayloadTooLarge => Refusal.Of("host.too_large", "What was sent is too large."),
        _ => Refusal.Of("host.unreadable", "What was sent cannot be read. Go back, reload the page and send it again."),
    };
}
