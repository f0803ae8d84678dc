using System.Net;
using Legwork.Host;
using Legwork.Host.Doctor;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Legwork.Running.Tests;

/// <summary>Proxies as operators name them.</summary>
public class ProxiesTests
{
    [Theory]
    [InlineData("172.18.0.0/16", "172.18.3.4", "172.19.0.1")]
    [InlineData("10.0.0.7/8", "10.200.1.1", "11.0.0.1")]
    [InlineData("192.0.2.7, 2001:db8::/32", "2001:db8::9", "192.0.2.8")]
    [InlineData("[2001:db8::1]", "2001:db8::1", "2001:db8::2")]
    [InlineData("localhost", "127.0.0.1", "127.0.0.2")]
    public void An_address_and_a_range_are_believed_and_no_other(string setting, string known, string stranger)
    {
        var ranges = KnownProxies.Read([setting]);
        ranges.ShouldContain(range => range.Contains(IPAddress.Parse(known)));
        ranges.ShouldNotContain(range => range.Contains(IPAddress.Parse(stranger)));
    }

    /// <summary>What the server takes for the asker of a request that came from 127.0.0.1, where the last proxy stands.</summary>
    [Fact]
    public Task A_chain_is_followed_as_far_as_its_proxies_are_known() => Follow(["10.0.0.0/8", "2001:db8::/32"],
        ("198.51.100.7, 10.0.0.9", "198.51.100.7", "both proxies are known"),
        ("192.0.2.66, 198.51.100.7, 10.0.0.9", "198.51.100.7", "what stands before the first proxy's word is forged"),
        ("10.0.0.1, 198.51.100.7", "198.51.100.7", "a forged hop looks like a proxy of ours and stands behind a stranger"),
        ("nonsense, 10.0.0.9", "10.0.0.9", "no address"),
        ("2001:db8:1::7, 2001:db8::1", "2001:db8:1::7", "every hop is known, and the first is the asker"));

    [Fact]
    public Task Where_no_proxy_is_named_only_the_own_machine_is_known() => Follow([""],
        ("198.51.100.7, 10.0.0.9", "10.0.0.9", "of proxies only the own machine is known"));

    private static async Task Follow(string[] proxies, params (string Chain, string Asker, string Why)[] asked)
    {
        using var place = new Place(Engine.Sqlite);
        await using var server = await SessionTests.Start(place, TimeProvider.System, change: options => options.Proxies = proxies,
            more: routes => routes.MapGet("/asker", (HttpContext http) => $"{http.Request.Scheme} {http.Connection.RemoteIpAddress}").Public("test"));
        using var http = new HttpClient();
        foreach (var (chain, asker, why) in asked)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(SessionTests.Address(server), "/asker"));
            request.Headers.Add("X-Forwarded-For", chain);
            request.Headers.Add("X-Forwarded-Proto", string.Join(", ", chain.Split(',').Select(_ => "https")));
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe($"https {asker}", why);
        }
    }

    [Fact]
    public async Task Attempts_count_for_the_asker_and_no_forged_hop_gives_new_ones()
    {
        using var place = new Place(Engine.Sqlite);
        await using var server = await SessionTests.Start(place, TimeProvider.System,
            change: options => (options.Proxies, options.Demonstration) = (["10.0.0.0/8"], false));
        using var http = new HttpClient();
        async Task<HttpStatusCode> Try(string chain)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(SessionTests.Address(server), "/sign-in"));
            request.Headers.Add("X-Forwarded-For", chain);
            request.Content = new FormUrlEncodedContent([]);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        for (var i = 0; i < 30; i++) (await Try($"192.0.2.{i}, 198.51.100.7, 10.0.0.9")).ShouldNotBe(HttpStatusCode.TooManyRequests);
        (await Try("192.0.2.200, 198.51.100.7, 10.0.0.9")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Try("198.51.100.8, 10.0.0.9")).ShouldNotBe(HttpStatusCode.TooManyRequests, "someone else behind the same proxy");
    }

    [Fact]
    public async Task Every_cookie_is_secure_where_the_proxy_speaks_TLS_and_a_word_from_before_it_counts_for_nothing()
    {
        using var place = new Place(Engine.Sqlite);
        await using var server = await SessionTests.Start(place, TimeProvider.System);
        foreach (var (spoken, secure) in new[] { ("https", true), ("http", false), ("http, https", true), ("https, http", false) })
            await Cookies(server, spoken, secure);
    }

    private static async Task Cookies(WebApplication server, string spoken, bool secure)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var cookies = new Dictionary<string, string>();
        async Task<string> Ask(HttpMethod method, string path, params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(method, new Uri(SessionTests.Address(server), path));
            request.Headers.Add("X-Forwarded-For", string.Join(", ", spoken.Split(',').Select(_ => "198.51.100.7")));
            request.Headers.Add("X-Forwarded-Proto", spoken);
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Values.Select(cookie => cookie.Split(';')[0])));
            if (fields.Length > 0) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []) cookies[cookie.Split('=')[0]] = cookie;
            answer.Headers.Contains("Strict-Transport-Security").ShouldBe(secure, path);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        var token = WebUtility.HtmlDecode((await Ask(HttpMethod.Get, "/sign-in")).Split("name=\"csrf-token\" content=\"")[1].Split('"')[0]);
        await Ask(HttpMethod.Post, "/language", ("csrf", token), ("language", "bo"));
        await Ask(HttpMethod.Post, "/type", ("csrf", token), ("size", "large"));
        await Ask(HttpMethod.Post, "/sign-in", ("csrf", token), ("signIn", "clerk"), ("password", DemonstrationAccounts.Password));
        cookies.Keys.ShouldBe(new[] { "legwork-form", "lang", "type", "legwork" }.Select(name => secure ? "__Host-" + name : name),
            ignoreOrder: true);
        foreach (var (name, cookie) in cookies)
            cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(secure, $"{name} where {spoken} was spoken");
    }

    [Theory]
    [InlineData("172.18.0.0/33")]
    [InlineData("172.18.0.0/x")]
    [InlineData("proxy.example")]
    public void What_is_no_address_is_named_with_its_setting_by_the_server_and_by_doctor(string word)
    {
        Should.Throw<FormatException>(() => KnownProxies.Read(["10.0.0.1", word])).Message.ShouldBe(
            $"Proxies: {word} is no address and no range such as 172.18.0.0/16.");
        using var place = new Place(Engine.Sqlite);
        var options = new DistrictOptions { Data = place.Folder, Proxies = [word] };
        new Examination(options, TimeProvider.System).Run()
            .ShouldContain(sign => sign.Health == Health.Bad && sign.Says.StartsWith($"Proxies: {word}"));
    }
}
