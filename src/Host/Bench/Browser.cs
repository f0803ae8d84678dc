using System.Net;
using System.Text.RegularExpressions;
using Legwork.Platform.Access;

namespace Legwork.Host.Bench;

/// <summary>Asks a server for pages in many people's names: a session is its cookies, as one header.</summary>
internal sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    private int addresses;

    public async Task<string> SignIn(string account)
    {
        var from = Interlocked.Increment(ref addresses);
        var cookies = new CookieContainer();
        using var first = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        first.DefaultRequestHeaders.Add("Accept", "text/html");
        first.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.1.{from / 250}.{from % 250 + 1}");
        var token = WebUtility.HtmlDecode(Token().Match(await first.GetStringAsync("/sign-in")).Groups[1].Value);
        using var form = new FormUrlEncodedContent([new("signIn", account), new("password", DemonstrationAccounts.Password), new("csrf", token)]);
        using var answer = await first.PostAsync("/sign-in", form);
        return answer.StatusCode == HttpStatusCode.Redirect ? cookies.GetCookieHeader(address)
            : throw new InvalidOperationException($"{account} could not sign in: {(int)answer.StatusCode}");
    }

    /// <exception cref="InvalidOperationException">It was answered with anything but the page.</exception>
    public async Task<string> Page(string session, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", session);
        request.Headers.Add("Accept", "text/html");
        using var answer = await http.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK ? page
            : throw new InvalidOperationException($"{path} was answered with {(int)answer.StatusCode}.");
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("""<meta name="csrf-token" content="([^"]+)""")]
    private static partial Regex Token();
}
