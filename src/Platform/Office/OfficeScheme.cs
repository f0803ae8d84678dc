using System.Globalization;
using System.Security.Claims;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Legwork.Platform.Office;

/// <summary>Who the directory says has come.</summary>
/// <param name="Subject">The claim by which an account is known for good.</param>
/// <param name="Sub">What the directory itself calls the person, in a logout too.</param>
/// <param name="Name">What an administrator may have written down; null where the directory does not vouch for it.</param>
/// <param name="Sid">The directory's own sign-in.</param>
/// <param name="Said">When it said so.</param>
/// <param name="Shown">When the person last showed themselves there, as far as it says.</param>
internal sealed record Vouched(string Issuer, string Subject, string Sub, string? Name, string? Sid, DateTimeOffset Said, DateTimeOffset? Shown);

/// <summary>
/// How the directory is spoken to: by code with PKCE, state and nonce, in the framework's own handler, with nothing believed that is not
/// signed for us. What comes of it is laid into the request (<see cref="Of"/>); no token is kept, and no cookie but our own made.
/// </summary>
internal sealed partial class OfficeScheme(AccessRules rules, PublicSite site, TimeProvider clock, ILogger<OfficeScheme> log) :
     IConfigureNamedOptions<OpenIdConnectOptions>
{
    public const string Name = "office", Back = "/sign-in/office/back";

    /// <summary>Marks of a way to the office: nothing was to be asked, the person is to show themselves anew, a form waits.</summary>
    public const string Silent = "silent", Fresh = "fresh", Kept = "kept", WayBack = "back";

    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2), FreshFor = TimeSpan.FromMinutes(5);

    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly object Key = new();

    public static readonly Refusal Away =
        Refusal.Of("access.office_away", "The office's directory does not answer. Sign in with your password, or try again later.");

    private static readonly Refusal Wrong =
        Refusal.Of("access.office_answer", "What the office's directory answered cannot be believed. Try again, or tell your administrator.");

    private static readonly Refusal Weak = Refusal.Of("access.office_weak",
        "The office's directory did not say that it asked as much of you as is demanded here. Sign in there anew, or tell your administrator.");

    private static readonly Refusal Denied = Refusal.Of("access.office_denied", "The office's directory did not let you in.");

    /// <summary>What came of the way to the office and back, once the handler is done.</summary>
    public static (Outcome<Vouched> Came, AuthenticationProperties? Along)? Of(HttpContext http) =>
        ((Outcome<Vouched>, AuthenticationProperties?)?)http.Items[Key];

    /// <summary>The framework's handler for one request. It is no scheme of the server's: as one it would look at every request before the
    /// guard does, also where no office is set.</summary>
    public static async Task<OpenIdConnectHandler> Handler(HttpContext http)
    {
        var handler = ActivatorUtilities.CreateInstance<OpenIdConnectHandler>(http.RequestServices);
        await handler.InitializeAsync(new AuthenticationScheme(Name, null, typeof(OpenIdConnectHandler)), http);
        return handler;
    }

    public void Configure(OpenIdConnectOptions options) => Configure(null, options);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name != Name) return;
        var office = rules.Office;
        var loopback = new Uri(office.Authority).IsLoopback;
        (options.Authority, options.ClientId, options.ClientSecret) = (office.Authority, office.Client, office.Secret);
        options.RequireHttpsMetadata = !loopback;
        options.CallbackPath = Back;
        // A code alone comes by the address; an answer posted from another site would bring no cookie of this one.
        (options.ResponseType, options.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        options.UsePkce = true;
        options.TimeProvider = clock;
        (options.SaveTokens, options.MapInboundClaims, options.GetClaimsFromUserInfoEndpoint, options.DisableTelemetry) = (false, false, false, true);
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.UseIfAvailable;
        // The framework takes issuer and time of the word away before anybody here could read them.
        options.ClaimActions.Clear();
        options.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", "email" }) options.Scope.Add(scope);
        options.Backchannel = OfficeLine.Open(office);
        options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        foreach (var cookie in new[] { options.NonceCookie, options.CorrelationCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        options.TokenValidationParameters = Demands(office, clock);
        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = Leave,
            OnTokenValidated = Note,
            OnTicketReceived = context => Put(context, Read(context.Principal!, context.Properties!), context.Properties),
            OnAccessDenied = context => Put(context, Denied, context.Properties),
            OnRemoteFailure = context =>
            {
                // What a failure says may quote what was sent: its kind is enough.
                if (context.Properties?.Items.ContainsKey(Silent) != true) NotBelieved(log, context.Failure?.GetType().Name ?? "");
                return Put(context, context.Failure is OpenIdConnectProtocolException or SecurityTokenException
                    || context.Failure?.InnerException is null ? Wrong : Away, context.Properties);
            },
        };
    }

    /// <summary>What is demanded of every token: that this directory signed it, for us, and that it holds now.</summary>
    public static TokenValidationParameters Demands(OfficeSettings office, TimeProvider clock) => new()
    {
        ValidAudience = office.Client,
        ValidAlgorithms = Algorithms,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        NameClaimType = office.NameClaim,
        IssuerValidator = (issuer, _, _) => issuer.TrimEnd('/') == office.Authority.TrimEnd('/') ? issuer
            : throw new SecurityTokenInvalidIssuerException("Another issuer."),
        LifetimeValidator = (from, until, _, _) => clock.GetUtcNow().UtcDateTime is var now && until is { } end && now - Skew < end
            && !(from > now + Skew),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the office's directory answered is not believed: {Fault}.")]
    private static partial void NotBelieved(ILogger log, string fault);

    private Task Known(string address) => rules.Office.Owns(Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null) ? Task.CompletedTask
        : throw new HttpRequestException("The directory names an address that is not its own.");

    private async Task Leave(RedirectContext context)
    {
        await Known(context.ProtocolMessage.IssuerAddress);
        if (rules.Office.Acr.Length > 0) context.ProtocolMessage.AcrValues = string.Join(' ', rules.Office.Acr);
        if (rules.Office.AuthMinutesMax > 0)
            context.ProtocolMessage.MaxAge ??= (rules.Office.AuthMinutesMax * 60).ToString(CultureInfo.InvariantCulture);
        context.ProtocolMessage.RedirectUri = site.Root(context.HttpContext) is { } root ? root + Back
            : throw new HttpRequestException("By this name nobody is led back here.");
    }

    /// <summary>By the specification a token that comes straight from the directory needs no signature. Ours does.</summary>
    private static Task Note(TokenValidatedContext context)
    {
        if (!Algorithms.Contains(context.SecurityToken.Header.Alg)) throw new SecurityTokenInvalidSignatureException("Not signed.");
        return Task.CompletedTask;
    }

    private Outcome<Vouched> Read(ClaimsPrincipal who, AuthenticationProperties along)
    {
        string? Claim(string type) => who.FindFirstValue(type) is { Length: > 0 and <= 255 } value ? value : null;
        DateTimeOffset? Moment(string type) =>
            long.TryParse(Claim(type), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at is > 0 and < 1L << 35
                ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
        if (Claim("iss") is not { } issuer || Claim("sub") is not { } sub || Claim(rules.Office.SubjectClaim) is not { } subject
            || Moment("iat") is not { } said) return Wrong;
        // Whoever was to show themselves anew has done so, and the directory says when.
        if (along.Items.ContainsKey(Fresh) && !(clock.GetUtcNow() - Moment("auth_time") < FreshFor)) return Wrong;
        if (!StrongEnough(who, Moment("auth_time"))) return Weak;
        // An e-mail address that the directory itself has not looked at is anybody's.
        var name = rules.Office.NameClaim == "email" && Claim("email_verified") != "true" ? null : Claim(rules.Office.NameClaim);
        return new Vouched(issuer, subject, sub, name, Claim("sid"), said, Moment("auth_time"));
    }

    /// <summary>What the directory does not say counts as the weakest: it is not guessed at.</summary>
    private bool StrongEnough(ClaimsPrincipal who, DateTimeOffset? shown)
    {
        var office = rules.Office;
        bool Says(string type, string[] demanded) =>
            demanded.Length == 0 || who.FindAll(type).Any(claim => demanded.Contains(claim.Value, StringComparer.Ordinal));
        return Says("acr", office.Acr) && Says("amr", office.Amr)
            && (office.AuthMinutesMax == 0 || clock.GetUtcNow() - shown < TimeSpan.FromMinutes(office.AuthMinutesMax) + Skew);
    }

    private static Task Put<T>(HandleRequestContext<T> context, Outcome<Vouched> came, AuthenticationProperties? along)
        where T : RemoteAuthenticationOptions
    {
        context.HttpContext.Items[Key] = ((Outcome<Vouched>, AuthenticationProperties?)?)(came, along);
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
