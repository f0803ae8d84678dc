using System.Net;
using System.Text.RegularExpressions;
using Legwork.Platform.Access;

namespace Legwork.Running.Tests;

/// <summary>Somebody signed in, whose cookies count at every node (all listen on one host).</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    private Visitor()
    {
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public static Visitor Nobody() => new();

    /// <summary>A browser into which this one's cookies were copied.</summary>
    public Visitor Copy(Uri node)
    {
        var copy = new Visitor();
        foreach (System.Net.Cookie cookie in cookies.GetCookies(node))
            copy.cookies.Add(new System.Net.Cookie(cookie.Name, cookie.Value, "/", node.Host));
        return copy;
    }

    public static async Task<Visitor> SignIn(Uri node, string name)
    {
        var visitor = new Visitor();
        using var form = new FormUrlEncodedContent([new("signIn", name), new("password", DemonstrationAccounts.Password),
            new("csrf", await visitor.Token(node, "/sign-in"))]);
        using var answer = await visitor.http.PostAsync(new Uri(node, "/sign-in"), form, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    public Task<HttpStatusCode> Get(Uri node, string path) => GetUntil(node, path, TestContext.Current.CancellationToken);

    /// <param name="gone">The browser is closed, or its line is cut.</param>
    public async Task<HttpStatusCode> GetUntil(Uri node, string path, CancellationToken gone)
    {
        using var answer = await http.GetAsync(new Uri(node, path), gone);
        return answer.StatusCode;
    }

    public async Task<string> Page(Uri node, string path)
    {
        using var answer = await http.GetAsync(new Uri(node, path), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the form for a new password with a wrong old one, so that nothing changes.</summary>
    public async Task<HttpStatusCode> PostPassword(Uri node)
    {
        using var form = new FormUrlEncodedContent([new("old", "wrong password"), new("fresh", "another password"), new("again", "another password"),
            new("csrf", await Token(node, "/password"))]);
        using var answer = await http.PostAsync(new Uri(node, "/password"), form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public async Task<HttpResponseMessage> Ask(HttpMethod method, Uri node, string path, string language, Dictionary<string, string>? form = null,
        string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(node, path)) { Headers = { { "Accept-Language", language } } };
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        if (token is not null) request.Headers.Add("X-CSRF-TOKEN", token);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A stream of events, once its head has come.</summary>
    public async Task<Watched> Watch(Uri node, string path)
    {
        var answer = await http.GetAsync(new Uri(node, path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Watched(answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => http.Dispose();

    public async Task<string> Token(Uri node, string path) => WebUtility.HtmlDecode(TokenMeta().Match(await Page(node, path)).Groups[1].Value);

    [GeneratedRegex("""<meta name="csrf-token" content="([^"]+)""")]
    private static partial Regex TokenMeta();
}
