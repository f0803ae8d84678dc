using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Legwork.Journeys.Tests;

/// <summary>What a directory may do wrong.</summary>
public enum Lie
{
    None, OtherKey, Unsigned, OtherIssuer, OtherAudience, NoNonce, OtherNonce, Expired, Huge, NoJson, OtherName, KeysElsewhere, PageElsewhere, Broken,
}

/// <summary>
/// An OpenID Connect provider for tests: description, keys, sign-in page, tokens, and logout tokens. It knows whoever is among
/// <see cref="People"/>, and lies where it is told to.
/// </summary>
public sealed class OfficeInTests : IAsyncDisposable
{
    public const string Client = "legwork", Secret = "only-for-tests";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048), other = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Asked> codes = new();
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;

    private OfficeInTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", Describe);
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { Public(key) } }));
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", Token);
    }

    /// <summary>Subject by the name under which somebody signs in.</summary>
    public ConcurrentDictionary<string, string> People { get; } = new() { ["zhuoma"] = "s-1", ["basang"] = "s-2" };

    /// <summary>Whom the directory takes the next visitor for; null asks on its page.</summary>
    public string? Here { get; set; }

    public Lie Lie { get; set; }

    /// <summary>What its tokens say beside the usual, or instead of it.</summary>
    public Action<Dictionary<string, object?>>? Says { get; set; }

    /// <summary>While true its description does not come before <see cref="Release"/>.</summary>
    public bool Hangs { get; set; }

    /// <summary>How many wait for it now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public string Address { get; private set; } = "";

    /// <summary>Every address that was asked for, with the query.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public static async Task<OfficeInTests> Open()
    {
        var office = new OfficeInTests();
        await office.app.StartAsync(TestContext.Current.CancellationToken);
        office.Address = office.app.Urls.First();
        return office;
    }

    public void Release() => hanging.TrySetResult();

    /// <summary>A logout token of the specification, as <paramref name="change"/> spoils it.</summary>
    public string Logout(string? sub = "s-1", string? sid = null, Action<Dictionary<string, object?>>? change = null, bool otherKey = false)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Address,
            ["aud"] = Client,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.NewGuid().ToString(),
            ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new { } },
            ["sub"] = sub,
            ["sid"] = sid,
        };
        change?.Invoke(claims);
        return Signed(claims.Where(claim => claim.Value is not null).ToDictionary(), otherKey ? other : key, "logout+jwt");
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await app.DisposeAsync();
        key.Dispose();
        other.Dispose();
    }

    private async Task<IResult> Describe()
    {
        if (Hangs)
        {
            Interlocked.Increment(ref waiting);
            await hanging.Task;
        }
        if (Lie == Lie.Broken) return Results.StatusCode(500);
        if (Lie == Lie.NoJson) return Results.Text("<html>Welcome</html>", "text/html");
        if (Lie == Lie.Huge) return Results.Text("{\"issuer\":\"" + new string('x', 3 << 20) + "\"}", "application/json");
        return Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = Lie == Lie.PageElsewhere ? "http://evil.example/authorize" : Address + "/authorize",
            token_endpoint = Address + "/token",
            jwks_uri = Lie == Lie.KeysElsewhere ? "http://127.0.0.1:1/latest/meta-data" : Address + "/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            backchannel_logout_supported = true,
        });
    }

    /// <summary>The page on which somebody says who they are; whoever is known already is led back at once.</summary>
    private IResult Authorize(HttpContext http, string client_id, string redirect_uri, string state, string nonce, string code_challenge,
        string? prompt, string? who)
    {
        Heard.Enqueue(http.Request.Path + http.Request.QueryString);
        var name = who ?? Here;
        if (name is null || !People.TryGetValue(name, out var subject))
            return prompt == "none" ? Results.Redirect($"{redirect_uri}?error=login_required&state={Uri.EscapeDataString(state)}")
                : Results.Text($"<h1>The office</h1>{string.Join(' ', People.Keys.Select(one =>
                    $"<a id=\"{one}\" href=\"{http.Request.Path}{http.Request.QueryString}&who={one}\">{one}</a>"))}", "text/html");
        Here = name;
        var code = Guid.NewGuid().ToString("N");
        codes[code] = new Asked(client_id, redirect_uri, nonce, code_challenge, name, subject);
        return Results.Redirect($"{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}");
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync(TestContext.Current.CancellationToken);
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != proof || form["client_secret"] != Secret
            || form["redirect_uri"] != asked.Redirect || form["client_id"] != asked.Client)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Lie == Lie.OtherIssuer ? "https://elsewhere.example" : Address,
            ["aud"] = Lie == Lie.OtherAudience ? "another" : Client,
            ["sub"] = asked.Subject,
            ["preferred_username"] = Lie == Lie.OtherName ? "basang" : asked.Name,
            ["iat"] = now,
            ["auth_time"] = now,
            ["exp"] = Lie == Lie.Expired ? now - 600 : now + 300,
            ["nonce"] = Lie == Lie.OtherNonce ? "another" : asked.Nonce,
            ["sid"] = "there-" + asked.Subject,
            ["roles"] = new[] { "Administrator" },
        };
        if (Lie == Lie.NoNonce) claims.Remove("nonce");
        Says?.Invoke(claims);
        return Results.Json(new
        {
            access_token = "not kept",
            token_type = "Bearer",
            expires_in = 300,
            id_token = Lie == Lie.Unsigned ? $"{Part(new { alg = "none" })}.{Part(claims)}."
                : Signed(claims, Lie == Lie.OtherKey ? other : key, "JWT"),
        });
    }

    private static string Signed(Dictionary<string, object?> claims, RSA with, string typ)
    {
        var text = $"{Part(new { alg = "RS256", typ, kid = "k" })}.{Part(claims)}";
        var signature = with.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static object Public(RSA key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = "k",
            n = WebEncoders.Base64UrlEncode(numbers.Modulus!),
            e = WebEncoders.Base64UrlEncode(numbers.Exponent!),
        };
    }

    private sealed record Asked(string Client, string Redirect, string Nonce, string Challenge, string Name, string Subject);
}
