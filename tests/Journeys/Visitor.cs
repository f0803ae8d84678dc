using System.Net;
using System.Text.RegularExpressions;
using Legwork.Platform.Access;

namespace Legwork.Journeys.Tests;

/// <summary>A browser without a screen: keeps cookies, sends forms with their token, follows nothing.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;

    public Visitor(Uri address)
    {
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = true,
            CookieContainer = Cookies
        })
        { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>The page's HTML; fails when the answer is not 200.</summary>
    public async Task<string> Page(string path)
    {
        using var answer = await Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await Text(answer);
    }

    /// <summary>Posts a form with the token that <paramref name="from"/> (by default the start page or the sign-in page) carries.</summary>
    public async Task<HttpResponseMessage> Post(string path, string from, params (string Name, string Value)[] fields)
    {
        var fieldsAndToken = fields.Append(("csrf", await Token(from))).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        using var form = new FormUrlEncodedContent(fieldsAndToken);
        return await Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    /// <summary>Asks for a page, unless the request says what it accepts.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (request.Headers.Accept.Count == 0) request.Headers.Add("Accept", "text/html");
        // A live page sends its head at once and its events for ever.
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task SignIn(string signIn, string password = DemonstrationAccounts.Password)
    {
        using var answer = await Post("/sign-in", "/sign-in", ("signIn", signIn), ("password", password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await Text(answer));
    }

    /// <summary>The token for forms and for the header X-CSRF-TOKEN.</summary>
    public async Task<string> Token(string from)
    {
        using var answer = await Get(from);
        var match = TokenMeta().Match(await Text(answer));
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value)
            : throw new InvalidOperationException($"{from} carries no form token ({(int)answer.StatusCode}).");
    }

    public static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public void Dispose() => http.Dispose();

    [GeneratedRegex("""<meta name="csrf-token" content="([^"]+)""")]
    private static partial Regex TokenMeta();
}
