using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Legwork.Platform.Access;

namespace Legwork.Host.Soak;

/// <summary>A case that is worked on, and the person whose look at it must be in the log.</summary>
internal sealed record SoakCase(Guid Id, Guid Person, long Version)
{
    public string Register => Id.ToString();
}

/// <summary>Looks of one account at one person: so many were shown, and so many more may have been logged without an answer that came.</summary>
internal sealed record Looked(string SignIn, Guid Person, int Shown, int Perhaps);

/// <summary>
/// A supervisor with a browser: opens a case, writes a note or pauses it or lets it go on, and opens the next. What was asked and
/// told is kept for the judge; pages that came instead are judged here.
/// </summary>
internal sealed partial class CaseVisitor(string signIn, string language, Uri pages, IReadOnlyList<SoakCase> cases, int seed) : IDisposable
{
    private const string Away = "host.storage_away", FateUnknown = "host.fate_unknown", NoNode = "did not arrive and is not saved";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Dictionary<string, string> AwayHeadings = new()
    {
        ["zh-CN"] = "暂时打不开档案",
        ["bo"] = "ཡིག་ཆ་གནས་སྐབས་ཁ་ཕྱེ་མི་ཐུབ།",
        ["en"] = "The records cannot be reached",
    };

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = pages,
        Timeout = Patience,
    };

    private readonly Random random = new(seed);
    private readonly List<Operation> operations = [];
    private readonly Dictionary<Guid, (int Shown, int Perhaps)> looks = [];
    private readonly SortedDictionary<string, int> answers = [];
    private int written;

    public IReadOnlyList<Operation> Operations => operations;

    public IEnumerable<Looked> Looks => looks.Select(look => new Looked(signIn, look.Key, look.Value.Shown, look.Value.Perhaps));

    /// <summary>How often each kind of answer came.</summary>
    public IReadOnlyDictionary<string, int> Answers => answers;

    public List<string> Faults { get; } = [];

    /// <summary>Begin and end of each write that was acknowledged.</summary>
    public ConcurrentQueue<(long Begun, long Ended)> Acknowledged { get; } = [];

    public async Task SignIn()
    {
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        http.DefaultRequestHeaders.Add("Accept-Language", language);
        var form = await http.GetStringAsync("/sign-in");
        var said = Form(("signIn", signIn), ("password", DemonstrationAccounts.Password), ("csrf", Token(form)));
        using var answer = await http.PostAsync("/sign-in", said);
        if (answer.StatusCode is not HttpStatusCode.Redirect) throw new InvalidOperationException($"{signIn} could not sign in: {answer.StatusCode}");
    }

    public async Task Work(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var @case = cases[random.Next(cases.Count)];
            if (await Look(@case) is { } seen) await Write(@case, seen);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Seen?> Look(SoakCase @case)
    {
        var begun = Stopwatch.GetTimestamp();
        var (status, body) = await Send(new HttpRequestMessage(HttpMethod.Get, $"/cases/{@case.Id}"), typed: null);
        if (status != HttpStatusCode.OK)
        {
            Count(@case, shown: false);
            return null;
        }
        var ended = Stopwatch.GetTimestamp();
        Count(@case, shown: true);
        var version = long.Parse(VersionField().Match(body).Groups[1].Value, CultureInfo.InvariantCulture);
        var texts = Written().Matches(body).Select(match => match.Value).ToList();
        // The version and the history are read one after the other, so each is a look of its own.
        operations.Add(new Operation(@case.Register, Asked.Version, version, "", Told.Done, begun, ended));
        operations.Add(new Operation(@case.Register, Asked.Last, 0, texts.FirstOrDefault(""), Told.Done, begun, ended));
        return new Seen(version, Has(body, "/resume\""), Has(body, "/pause\""), Token(body));
    }

    private async Task Write(SoakCase @case, Seen seen)
    {
        var text = $"{signIn}-{++written:D6}";
        var verb = random.Next(3) > 0 ? "note" : seen.MayResume ? "resume" : seen.MayPause ? "pause" : "note";
        var begun = Stopwatch.GetTimestamp();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/cases/{@case.Id}/{verb}")
        {
            Content = Form((verb == "note" ? "note" : "reason", text), ("version", $"{seen.Version}"), ("csrf", seen.Token)),
        };
        var (status, body) = await Send(request, text);
        var ended = Stopwatch.GetTimestamp();
        var told = status switch
        {
            HttpStatusCode.Redirect or HttpStatusCode.SeeOther => Told.Done,
            HttpStatusCode.Conflict => Told.Stale,
            HttpStatusCode.UnprocessableEntity => Told.NotDone,
            HttpStatusCode.ServiceUnavailable when Has(body, Away) || Has(body, NoNode) => Told.NotDone,
            _ => Told.Unknown,
        };
        if (told == Told.Done) Acknowledged.Enqueue((begun, ended));
        // Refused, the page came again, and the look at it was logged.
        else Count(@case, shown: status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity);
        operations.Add(new Operation(@case.Register, Asked.Write, seen.Version, text, told, begun, ended));
    }

    private async Task<(HttpStatusCode? Status, string Body)> Send(HttpRequestMessage request, string? typed)
    {
        try
        {
            using (request)
            using (var answer = await http.SendAsync(request))
            {
                var body = await answer.Content.ReadAsStringAsync();
                Judge(request, answer, body, typed);
                return (answer.StatusCode, body);
            }
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException or IOException)
        {
            Note("no answer");
            return (null, "");
        }
    }

    /// <summary>What people see meanwhile: a page in their language that says when to come back and keeps what they typed.</summary>
    private void Judge(HttpRequestMessage request, HttpResponseMessage answer, string body, string? typed)
    {
        var what = $"{request.Method} {request.RequestUri} as {signIn}";
        var own = Has(body, Away) || Has(body, FateUnknown);
        Note(own ? Has(body, FateUnknown) ? "503 fate unknown" : "503 storage away" : $"{(int)answer.StatusCode}");
        if (answer.StatusCode is HttpStatusCode.InternalServerError) Faults.Add($"{what}: 500");
        if ((int)answer.StatusCode is not (502 or 503 or 504)) return;
        if (answer.Headers.RetryAfter is null) Faults.Add($"{what}: {(int)answer.StatusCode} without Retry-After");
        if (own && !Has(WebUtility.HtmlDecode(body), AwayHeadings[language])) Faults.Add($"{what}: 503 not in {language}");
        if (own && typed is not null && !Has(body, typed)) Faults.Add($"{what}: what was typed is not on the page");
        if (!own && !Has(body, "lang=\"bo\"")) Faults.Add($"{what}: {(int)answer.StatusCode} with a bare page");
    }

    private void Note(string answer) => answers[answer] = answers.GetValueOrDefault(answer) + 1;

    private void Count(SoakCase @case, bool shown)
    {
        var (seen, perhaps) = looks.GetValueOrDefault(@case.Person);
        looks[@case.Person] = shown ? (seen + 1, perhaps) : (seen, perhaps + 1);
    }

    private static bool Has(string body, string text) => body.Contains(text, StringComparison.Ordinal);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string Token(string page) => WebUtility.HtmlDecode(TokenMeta().Match(page).Groups[1].Value);

    private sealed record Seen(long Version, bool MayResume, bool MayPause, string Token);

    [GeneratedRegex("""<meta name="csrf-token" content="([^"]+)""")]
    private static partial Regex TokenMeta();

    [GeneratedRegex("""name="version" value="(\d+)""")]
    private static partial Regex VersionField();

    [GeneratedRegex(@"soak-\d+-\d{6}")]
    private static partial Regex Written();
}
