using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Legwork.Host.Soak;

/// <param name="Forms">Different forms that were seen on pages and sent with something wrong.</param>
/// <param name="Statuses">How often each status was answered.</param>
/// <param name="Faults">Requests whose answer was a fault, or neither a page nor problem+json.</param>
internal sealed record FuzzVerdict(long Requests, int Routes, int Forms, IReadOnlyDictionary<int, long> Statuses, IReadOnlyList<string> Faults);

/// <summary>
/// Asks every route of a running server, signed in as each role and as nobody, for things nobody would ask: other methods, values of
/// other kinds, damaged forms, odd headers. The answer is always a page, data or a named refusal, never a fault.
/// </summary>
internal sealed partial class FuzzTrials(Uri address, IReadOnlyList<Endpoint> endpoints, int seed)
{
    private const int FaultsMax = 20;

    // Some of what is asked for in right forms is done: roles are taken away, accounts are closed. What can still sign in does so again.
    private const int RenewEvery = 5_000;
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"];
    private static readonly string[] Names = ["q", "id", "place", "kind", "state", "page", "signIn", "password", "returnUrl",
        "version", "act", "answer", "note", "reason", "purpose", "field", "value", "name", "role", "scope", "from", "until", "lineage", "grid",
        "code", "text", "fresh", "again", "old", "language", "type", "person", "file", "day", "size"];
    private static readonly string[] Values = ["", "0", "-1", "1", "99999999999999999999", "true", "null", "540102",
        "540102006001-G03", "扎西", "བཀྲ་ཤིས།", "a\0b", "\ud800", "' or 1=1 --", "<script>alert(1)</script>", "../../../etc/passwd",
        "%00", "1949-13",
        "2026-02-30", "9999-12-31", "{}", "[1", "00000000-0000-0000-0000-000000000000", "NaN", "1e400",
        "\r\nSet-Cookie: x=1", "people.view", "counter", "clerk"];

    private readonly Random random = new(seed);
    private readonly List<RouteEndpoint> routes = [.. endpoints.OfType<RouteEndpoint>().DistinctBy(route => route.RoutePattern.RawText)];
    private readonly SortedDictionary<int, long> statuses = [];
    private readonly List<string> faults = [];
    private readonly Dictionary<string, SeenPages> seen = [];

    public async Task<FuzzVerdict> Run(long requests, IEnumerable<(string? SignIn, string Password)> people,
        int workers = 4, Action<long>? progress = null)
    {
        var sessions = await SignIn([.. people], []);
        long sent = 0;
        while (sent < requests && faults.Count < FaultsMax)
        {
            var batch = Enumerable.Range(0, (int)Math.Min(workers, requests - sent))
                .Select(_ => Make(sessions[random.Next(sessions.Count)])).ToList();
            foreach (var answer in await Task.WhenAll(batch.Select(Send))) Judge(answer);
            sent += batch.Count;
            if (sent % 1000 < workers) progress?.Invoke(sent);
            if (sent % RenewEvery < workers) sessions = await SignIn([.. people], sessions);
        }
        foreach (var session in sessions) session.Dispose();
        return new FuzzVerdict(sent, routes.Count, seen.Values.Sum(pages => pages.Forms), statuses, faults);
    }

    /// <summary>Everyone's session; whoever can no longer sign in keeps the one they had.</summary>
    private async Task<List<Session>> SignIn(List<(string? SignIn, string Password)> people, List<Session> before)
    {
        var sessions = new List<Session>();
        foreach (var (signIn, password) in people)
        {
            var old = before.Find(session => session.SignIn == signIn);
            try
            {
                sessions.Add(await Session.Begin(address, signIn, password));
                old?.Dispose();
            }
            catch (InvalidOperationException) when (old is not null)
            {
                sessions.Add(old);
            }
        }
        return sessions;
    }

    private Question Make(Session session) => random.Next(6) switch
    {
        0 or 1 when Seen(session).Form(random) is { } form && (!EndsAccounts(form) || random.Next(10) == 0) => FromForm(session, form),
        2 when Seen(session).Link(random) is { } link => FromLink(session, link),
        _ => FromRoute(session),
    };

    // Not too often, or nobody would be left to ask as.
    private static bool EndsAccounts(SeenForm form) => form.Action.StartsWith("/staff/", StringComparison.Ordinal);

    // Mostly what they were shown themselves; now and then what only another role may open.
    private SeenPages Seen(Session session) =>
        random.Next(5) == 0 && seen.Count > 0 ? seen.Values.ElementAt(random.Next(seen.Count)) : SeenBy(session);

    private SeenPages SeenBy(Session session) => CollectionsMarshal.GetValueRefOrAddDefault(seen, session.SignIn ?? "", out _) ??= new SeenPages();

    // A form that was shown, sent with a field or two changed, left out or given twice.
    private Question FromForm(Session session, SeenForm form)
    {
        var fields = form.Fields.ToList();
        for (var wrong = random.Next(3); wrong > 0 && fields.Count > 0; wrong--)
        {
            var at = random.Next(fields.Count);
            switch (random.Next(5))
            {
                case 0: fields.RemoveAt(at); break;
                case 1: fields.Add(fields[at]); break;
                case 2: fields[at] = KeyValuePair.Create(fields[at].Key, fields[random.Next(fields.Count)].Value); break;
                default: fields[at] = KeyValuePair.Create(fields[at].Key, Value()); break;
            }
        }
        fields.Add(KeyValuePair.Create("csrf", session.Token ?? "none"));
        var request = new HttpRequestMessage(HttpMethod.Post, form.Action)
        {
            Content = random.Next(3) == 0 ? Multipart(fields)
                : new StringContent(string.Join('&', fields.Select(field => $"{Escape(field.Key)}={Escape(field.Value)}")),
                    Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        return Dressed(session, request,
            $"{session.SignIn ?? "nobody"}: POST {form.Action} with "
                + $"{string.Join('&', fields.Take(fields.Count - 1).Select(field => $"{field.Key}={field.Value}"))}");
    }

    private Question FromLink(Session session, string link)
    {
        var path = random.Next(3) == 0 ? $"{link}{(link.Contains('?') ? '&' : '?')}{Pick(Names)}={Escape(Value())}" : link;
        return Dressed(session, new HttpRequestMessage(HttpMethod.Get, path), $"{session.SignIn ?? "nobody"}: GET {path}");
    }

    private Question FromRoute(Session session)
    {
        var route = routes[random.Next(routes.Count)];
        if (route.RoutePattern.RawText is "/sign-out" or "/sign-ins/others/end" && session.SignIn is not null) route = routes[0];
        var method = Methods[random.Next(Methods.Length)];
        if (random.Next(3) > 0 && route.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: [var own, ..] }) method = own;
        var path = Path(route.RoutePattern);
        var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Pick(Names)}={Escape(Value())}"));
        var request = new HttpRequestMessage(new HttpMethod(method), path + (query.Length > 0 ? "?" + query : ""));
        if (method is not ("GET" or "HEAD" or "OPTIONS")) request.Content = Body(session);
        if (random.Next(4) > 0 && session.Token is { } token) request.Headers.TryAddWithoutValidation("X-CSRF-TOKEN", token);
        return Dressed(session, request, $"{session.SignIn ?? "nobody"}: {method} {path}?{query}");
    }

    private Question Dressed(Session session, HttpRequestMessage request, string text)
    {
        request.Headers.TryAddWithoutValidation("Accept", random.Next(3) switch { 0 => "text/html", 1 => "application/json", _ => "*/*;q=0.1" });
        request.Headers.TryAddWithoutValidation("Accept-Language", Pick(["zh-CN", "bo", "en", "xx-invalid-;;;q=9", ""]));
        if (random.Next(8) == 0)
            request.Headers.TryAddWithoutValidation(Pick(["Range", "If-None-Match", "X-Forwarded-For", "Last-Event-ID", "HX-Request", "Cookie2"]),
                Pick(["bytes=9-1", "\"", "::::", "1,2,3", "true"]));
        return new Question(session, request, text);
    }

    private HttpContent Body(Session session)
    {
        var fields = Enumerable.Range(0, random.Next(6)).Select(_ => KeyValuePair.Create(Pick(Names), Value()))
            .Append(KeyValuePair.Create("csrf", session.Token ?? "none")).ToList();
        return random.Next(8) switch
        {
            0 => new StringContent("{\"" + Pick(Names) + "\":" + Value(), Encoding.UTF8, "application/json"),
            1 => Torn("multipart/form-data; boundary=b"),
            2 => Torn("application/x-www-form-urlencoded; charset=nonsense"),
            3 => Multipart(fields),
            _ => new StringContent(string.Join('&', fields.Select(field => $"{field.Key}={Escape(field.Value)}")),
                Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
    }

    private ByteArrayContent Torn(string type)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private MultipartFormDataContent Multipart(List<KeyValuePair<string, string>> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), name);
        var file = new byte[random.Next(2000)];
        random.NextBytes(file);
        form.Add(new ByteArrayContent(file), Pick(["photo", "file", "signature"]), Pick(["a.jpg", "..%2f.csv", "户籍人口_202610.csv"]));
        return form;
    }

    private string Path(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => Escape(Fitting(pattern, parameter.Name)),
        _ => "",
    }))));

    // Mostly a value of the kind that the route asks for, or the request would end at the router.
    private string Fitting(RoutePattern pattern, string name)
    {
        var kind = pattern.ParameterPolicies.TryGetValue(name, out var policies) ? policies[0].Content : null;
        if (random.Next(6) == 0) kind = null;
        return kind switch
        {
            "guid" => random.Next(3) == 0 ? Guid.Empty.ToString() : Guid.CreateVersion7().ToString(),
            "long" or "int" => random.Next(-2, 50).ToString(CultureInfo.InvariantCulture),
            // A zero in a path is refused by the server's parser before any page can be drawn.
            _ => Value() is { Length: > 0 } value && !value.Contains('\0') ? value : "x",
        };
    }

    private string Value() => random.Next(5) switch
    {
        0 => new string((char)random.Next(32, 0x2fff), random.Next(1, 300)),
        1 => Guid.CreateVersion7().ToString(),
        2 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        _ => Pick(Values),
    };

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private static string Escape(string value) => value.Contains('\ud800') ? "%ED%A0%80" : Uri.EscapeDataString(value);

    private static async Task<Answer> Send(Question question)
    {
        using (question.Request)
        {
            try
            {
                using var answer = await question.Session.Http.SendAsync(question.Request, HttpCompletionOption.ResponseHeadersRead,
                    new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
                var type = answer.Content.Headers.ContentType?.MediaType ?? "";
                // A live stream never ends; every other answer is read to its end, or a fault while the page is drawn would not be seen.
                var body = type == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
                return new Answer(question.Session, question.Text, (int)answer.StatusCode, type, answer.RequestMessage!.Method.Method, body);
            }
            catch (HttpRequestException failure)
            {
                return new Answer(question.Session, $"{question.Text}: {failure.Message}", 0, "", "", "");
            }
        }
    }

    private void Judge(Answer answer)
    {
        if (answer is { Status: 200, Type: "text/html" }) SeenBy(answer.Session).Learn(answer.Body);
        statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
        var named = answer.Type is "text/html" or "application/problem+json" || answer.Method is "HEAD" or "OPTIONS";
        if (answer.Status is 0 or >= 500) faults.Add($"{answer.Status} {answer.Text}");
        else if (answer.Status >= 400 && !named)
            faults.Add($"{answer.Status} with '{answer.Type}' is neither a page nor problem+json: {answer.Text}");
    }

    private sealed record Question(Session Session, HttpRequestMessage Request, string Text);

    private sealed record Answer(Session Session, string Text, int Status, string Type, string Method, string Body);

    /// <summary>One sign-in whose cookies stay as they were, whatever is asked under them.</summary>
    private sealed partial class Session(HttpClient http, string? signIn, string? token) : IDisposable
    {
        public HttpClient Http => http;

        public string? SignIn => signIn;

        public string? Token => token;

        public static async Task<Session> Begin(Uri address, string? signIn, string password)
        {
            var cookies = new CookieContainer();
            using (var first = new HttpClient(
                new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false })
            { BaseAddress = address })
            {
                first.DefaultRequestHeaders.Add("Accept", "text/html");
                if (signIn is not null)
                {
                    using var form = new FormUrlEncodedContent([new("signIn", signIn), new("password", password), new("csrf", await TokenOf(first))]);
                    using var answer = await first.PostAsync("/sign-in", form);
                    if (answer.StatusCode != HttpStatusCode.Redirect)
                        throw new InvalidOperationException($"'{signIn}' cannot sign in ({(int)answer.StatusCode}).");
                }
                var token = await TokenOf(first);
                var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
                http.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(address));
                return new Session(http, signIn, token);
            }
        }

        public void Dispose() => http.Dispose();

        private static async Task<string> TokenOf(HttpClient http)
        {
            using var page = await http.GetAsync("/");
            using var shown = page.StatusCode == HttpStatusCode.Redirect ? await http.GetAsync(page.Headers.Location) : null;
            return WebUtility.HtmlDecode(TokenMeta().Match(await (shown ?? page).Content.ReadAsStringAsync()).Groups[1].Value);
        }

        [GeneratedRegex("""<meta name="csrf-token" content="([^"]+)""")]
        private static partial Regex TokenMeta();
    }
}
