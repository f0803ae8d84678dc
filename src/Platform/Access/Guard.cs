using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Access;

/// <summary>What a route says of who may call it.</summary>
internal sealed record RouteAccess(Permission? Permission, string? PublicBecause);

/// <summary>The codes with which a route's own use case refuses.</summary>
internal sealed record RouteRefusals(IReadOnlyList<string> Codes);

public static class Guard
{
    /// <summary>The rate limit that whatever checks a password asks for; the host says how much it allows.</summary>
    public const string SignInLimit = "sign-in";

    /// <summary>Where scripts put the token of their page.</summary>
    public const string TokenHeader = "X-CSRF-TOKEN";

    private static readonly FormOptions FewFields = new() { ValueCountLimit = 32, ValueLengthLimit = (int)KeptForm.BodyBytesMax };

    /// <summary>Only an actor with this permission somewhere gets in; the use case checks the place.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder route, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(permission, null));

    /// <summary>Open to everyone, with the reason on record.</summary>
    public static TBuilder Public<TBuilder>(this TBuilder route, string because) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(null, because));

    /// <summary>Says that the route answers with JSON, for the description of all such routes (<c>/openapi/v1.json</c>); a test finds those that do
    /// not say so.</summary>
    /// <typeparam name="T">The shape of the answer.</typeparam>
    /// <param name="type">Its kind of content.</param>
    /// <param name="refusals">Codes of its own use case; those of signing in, forms and storage are common to all.</param>
    public static RouteHandlerBuilder AnswersJson<T>(
        this RouteHandlerBuilder route, string summary, string type = "application/json", params string[] refusals) =>
        route.Produces<T>(StatusCodes.Status200OK, type).WithSummary(summary).WithMetadata(new RouteRefusals(refusals));

    /// <summary>What a route says of who may call it.</summary>
    public static (Permission? Permission, string? PublicBecause) AccessOf(IEnumerable<object> metadata) =>
        metadata.OfType<RouteAccess>().LastOrDefault() is { } access ? (access.Permission, access.PublicBecause) : default;

    /// <summary>The refusals of a route's own use case, each with the status that it is answered with.</summary>
    public static IReadOnlyList<(int Status, string Code)> RefusalsOf(IEnumerable<object> metadata) =>
        [.. metadata.OfType<RouteRefusals>().SelectMany(route => route.Codes).Select(code => (Refusals.StatusOf(Kernel.Refusal.Of(code, "")), code))];

    /// <summary>Stays open to an account that must first choose a password of its own.</summary>
    public static TBuilder WhilePasswordIsDue<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(OpenWhilePasswordIsDue.It);

    /// <summary>Stays open to whoever came by a password and must first add a passkey.</summary>
    public static TBuilder WhileMoreIsDue<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(OpenWhileMoreIsDue.It);

    /// <summary>Sent by a server that proves itself by a signature or a key; where a browser's cookies come along the token is asked for.</summary>
    public static TBuilder FromServer<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(SentByServer.It);

    /// <summary>The routes that state neither a permission nor why they are public; a server with any does not start.</summary>
    public static IReadOnlyList<string> Unguarded(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<RouteAccess>() is null)
            .Select(endpoint => endpoint.DisplayName ?? endpoint.ToString() ?? "?").Order(StringComparer.Ordinal)];

    /// <summary>The roles that a route admits and no module declares: nobody could be given them.</summary>
    public static IReadOnlyList<string> Undeclared(IEnumerable<Endpoint> endpoints, AccessBook book)
    {
        var declared = book.Roles.ToHashSet();
        return [.. endpoints.SelectMany(
            endpoint => (endpoint.Metadata.GetMetadata<RouteAccess>()?.Permission?.Roles ?? []).Where(role => !declared.Contains(role))
            .Select(role => $"{role} ({endpoint.DisplayName})")).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Deny by default: after routing, before anything else runs.</summary>
    public static IApplicationBuilder UseGuard(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null)
        {
            await next(http);
            return;
        }
        var access = endpoint.Metadata.GetMetadata<RouteAccess>();
        if (access is null)
        {
            // The router's own "wrong method" and "wrong kind of content" answers are no routes of anybody and show nothing.
            if (endpoint is RouteEndpoint) throw new InvalidOperationException($"{endpoint.DisplayName} states no permission.");
            await next(http);
            return;
        }
        var actor = await http.RequestServices.GetRequiredService<SignedIn>().Find(http);
        if (access.Permission is { } permission)
        {
            if (actor is null)
            {
                await Refusals.SignInFirst(http);
                return;
            }
            if (Due(http, actor, endpoint) is { } first)
            {
                await first(http);
                return;
            }
            if (!actor.May(permission))
            {
                await Refusals.Write(http, StatusCodes.Status403Forbidden, Kernel.Refusal.Of("access.denied", "Your role does not open this page."));
                return;
            }
        }
        // Nobody in particular may send this, so no more is read than names, a password and a short form need.
        else if (!IsSafe(http.Request.Method) && actor is null)
        {
            if (!KeptForm.Bound(http))
            {
                await Refusals.Write(http, StatusCodes.Status413PayloadTooLarge,
                    Kernel.Refusal.Of("host.too_large", "What was sent is too large."));
                return;
            }
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, FewFields));
        }
        if (!IsSafe(http.Request.Method) && !IsByServer(http, endpoint) && !await CarriesToken(http))
        {
            await Refusals.Write(http, StatusCodes.Status400BadRequest,
                Kernel.Refusal.Of(Refusals.FormExpired,
                    "This form was open too long or came from elsewhere. Go back, reload the page and send it again."));
            return;
        }
        // What a page calls its places is read before it is drawn: the start page, which is public, too.
        if (actor is not null && http.RequestServices.GetService<IPlaceLists>() is { } places) await places.Refresh(http.RequestAborted);
        // What was kept has served when the same form is sent; what the form says of it now is the form's own.
        if (!IsSafe(http.Request.Method) && KeptForm.Waiting(http) is { } kept && kept.Action == http.Request.Path + http.Request.QueryString
            && SignedIn.SessionOf(http) is { } session)
            await http.RequestServices.GetRequiredService<Sessions>().Keep(session.Id, null);
        await next(http);
    });

    /// <summary>The actor of a guarded route.</summary>
    public static Actor Actor(this HttpContext http) => (Actor?)http.Items[SignedIn.Key]
        ?? throw new InvalidOperationException("Nobody is signed in on this route.");

    public static Actor? ActorOrNone(this HttpContext http) => (Actor?)http.Items[SignedIn.Key];

    /// <summary>Leads to what must be done before anything else: a password of one's own, then a passkey.</summary>
    private static Func<HttpContext, Task>? Due(HttpContext http, Actor actor, Endpoint endpoint) =>
        actor.MustChangePassword ? endpoint.Metadata.GetMetadata<OpenWhilePasswordIsDue>() is null ? Refusals.PasswordFirst : null
        : SignedIn.SessionOf(http) is { MoreIsDue: true } && endpoint.Metadata.GetMetadata<OpenWhileMoreIsDue>() is null
            ? Refusals.PasskeyFirst : null;

    /// <summary>Whether a route is for other servers, which have no form to take a token from.</summary>
    public static bool IsForServers(IEnumerable<object> metadata) => metadata.OfType<SentByServer>().Any();

    private static bool IsByServer(HttpContext http, Endpoint endpoint) => IsForServers(endpoint.Metadata) && http.Request.Cookies.Count == 0;

    private sealed class SentByServer
    {
        public static readonly SentByServer It = new();
    }

    private sealed class OpenWhileMoreIsDue
    {
        public static readonly OpenWhileMoreIsDue It = new();
    }

    private sealed class OpenWhilePasswordIsDue
    {
        public static readonly OpenWhilePasswordIsDue It = new();
    }

    /// <summary>A form that cannot be read (torn, with lengths or boundaries that make no sense) carries no token.</summary>
    private static async Task<bool> CarriesToken(HttpContext http)
    {
        try
        {
            // A token in the header is looked at first: what carries a wrong one is not read at all.
            var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
            if (http.Request.Headers.ContainsKey(TokenHeader) && !await antiforgery.IsRequestValidAsync(http)) return false;
            // Pages take forms and only what lies under /api takes JSON; read here, a torn form is known before any use case starts.
            if (http.Request.HasFormContentType) await http.Request.ReadFormAsync(http.RequestAborted);
            else if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return false;
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (Exception unreadable) when (unreadable is not OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
