using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Legwork.Platform.Office;

/// <summary>
/// What a directory sends when it signs somebody out (OpenID Connect Back-Channel Logout 1.0, 2.4 to 2.6): believed if it is signed, new, meant
/// for us, says that it is a logout, and cannot be mistaken for anything else.
/// </summary>
internal sealed class LogoutToken(IOptionsMonitor<OpenIdConnectOptions> schemes, AccessRules rules, Once once, TimeProvider clock)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LengthMax = 8_192;
    private static readonly TimeSpan OldMax = TimeSpan.FromMinutes(10);
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    /// <exception cref="HttpRequestException">The directory's keys cannot be had (and what else its library throws then).</exception>
    public async Task<Outcome<SaidOut>> Read(string? text, CancellationToken cancel)
    {
        if (text is not { Length: > 0 and <= LengthMax } || !Tokens.CanReadToken(text)) return Wrong("unreadable");
        var manager = schemes.Get(OfficeScheme.Name).ConfigurationManager!;
        var (checkedToken, now) = (await Check(), clock.GetUtcNow());
        if (checkedToken.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // It may have changed its keys; how often it is asked again is bounded by the manager itself.
            manager.RequestRefresh();
            checkedToken = await Check();
        }
        if (!checkedToken.IsValid || checkedToken.SecurityToken is not JsonWebToken token) return Wrong("signature, issuer, audience or time");
        string? Claim(string type) => token.TryGetPayloadValue<string>(type, out var value) && value is { Length: > 0 and <= 255 } ? value : null;
        if (token.Typ is { Length: > 0 } typ && typ.ToLowerInvariant() is not ("logout+jwt" or "jwt")) return Wrong("typ");
        if (!token.TryGetPayloadValue<JsonElement>("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var told) || told.ValueKind != JsonValueKind.Object) return Wrong("events");
        // A nonce stands in every token of a sign-in, so that one of them is never taken for a logout.
        if (token.Claims.Any(claim => claim.Type == "nonce")) return Wrong("nonce");
        var (sub, sid) = (Claim("sub"), Claim("sid"));
        if (sub is null && sid is null) return Wrong("sub");
        var said = new DateTimeOffset(DateTime.SpecifyKind(token.IssuedAt, DateTimeKind.Utc));
        if (said < now - OldMax || said > now + OfficeScheme.Skew) return Wrong("iat");
        if (Claim("jti") is not { } jti || !await once.Use("logout", $"{token.Issuer} {jti}", OldMax + (2 * OfficeScheme.Skew))) return Wrong("jti");
        return new SaidOut(token.Issuer, sub, sid, said);

        async Task<TokenValidationResult> Check()
        {
            var directory = await manager.GetConfigurationAsync(cancel);
            var demands = OfficeScheme.Demands(rules.Office, clock);
            demands.IssuerSigningKeys = directory.SigningKeys;
            return await Tokens.ValidateTokenAsync(text, demands);
        }
    }

    private static Refusal Wrong(string what) => Refusal.Of("access.office_logout", $"This logout token is not believed: {what}.");
}

/// <summary>Somebody was signed out there: the person by <paramref name="Sub"/>, or one sign-in by <paramref name="Sid"/>.</summary>
internal sealed record SaidOut(string Issuer, string? Sub, string? Sid, DateTimeOffset Said);
