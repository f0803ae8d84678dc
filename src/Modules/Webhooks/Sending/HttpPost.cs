using System.Globalization;
using System.Net.Http.Headers;

namespace Legwork.Webhooks.Sending;

/// <summary>
/// Over HTTP/1.1 with lines that are kept. What a receiver answers is its status and how long to wait; of its body nothing is read but what keeps
/// the line in use, and a body that does not end costs the line.
/// </summary>
internal sealed class HttpPost(Destinations destinations, TimeProvider clock, TimeSpan patience) : IPost, IDisposable
{
    public const int LinesPerReceiverMax = 16;
    private const int AnswerBytesMax = 4096;
    private static readonly TimeSpan WaitMax = TimeSpan.FromHours(24);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = destinations.Connect,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = LinesPerReceiverMax,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = AnswerBytesMax,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        // Names are looked up anew with each new line.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ActivityHeadersPropagator = null,
    });

    public async Task<PostAnswer> Send(Uri to, Letter letter, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(letter.Body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("webhook-id", letter.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", letter.At.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", letter.Signature);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        enough.CancelAfter(patience);
        try
        {
            using var answer = await http.SendAsync(request, enough.Token);
            var status = (int)answer.StatusCode;
            return status is >= 200 and < 300 ? new PostAnswer(Answered.Taken, "")
                : new PostAnswer(status == 410 ? Answered.Gone : Answered.Again, $"HTTP {status}", WaitOf(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new PostAnswer(Answered.Again, "no_answer");
        }
        catch (HttpRequestException failure)
        {
            return new PostAnswer(Answered.Again, failure.InnerException is RefusedAddressException ? "address" : failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "name",
                HttpRequestError.SecureConnectionError => "certificate",
                HttpRequestError.ConnectionError => "no_line",
                _ => "broken_answer",
            });
        }
    }

    public void Dispose() => http.Dispose();

    private TimeSpan? WaitOf(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait is { } some && some > TimeSpan.Zero ? some < WaitMax ? some : WaitMax : null;
    }
}

/// <summary>A demonstration sends nothing outside: it answers itself, mostly well.</summary>
internal sealed class DemonstrationPost : IPost
{
    public Task<PostAnswer> Send(Uri to, Letter letter, CancellationToken cancel) => Task.FromResult(
        to.Host.StartsWith("broken.", StringComparison.Ordinal) ? new PostAnswer(Answered.Again, "HTTP 503") : new PostAnswer(Answered.Taken, ""));
}
