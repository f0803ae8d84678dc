using Legwork.Platform.Access;

namespace Legwork.Platform.Office;

/// <summary>
/// The one line to the office's directory. Whatever addresses its description names, only the host that the installation names is asked, no
/// redirect is followed, and an answer is short and comes soon or is none.
/// </summary>
internal sealed class OfficeLine(OfficeSettings office, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int AnswerBytesMax = 512 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How many may wait for the directory at once: were it to hang, everybody else's clicks would wait behind them.</summary>
    public const int WaitingMax = 8;

    public static HttpClient Open(OfficeSettings office) => new(new OfficeLine(office, new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !new Uri(office.Authority).IsLoopback,
        ConnectTimeout = Patience,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = AnswerBytesMax,
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        office.Owns(request.RequestUri) ? base.SendAsync(request, cancellationToken)
            : throw new HttpRequestException("The directory names an address that is not its own.");
}
