using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace Legwork.Host.Web;

/// <summary>
/// How many requests run at once and how many wait: with more of them every one is slower, and memory grows with whoever comes. What machines
/// ask, and the styles of the page that says so, are outside; a stream of events stays open and has a bound of its own, or it would hold a place.
/// </summary>
internal static class Admission
{
    /// <summary>What is no longer than this has arrived before it takes a place; a longer body takes one of the few places of uploads.</summary>
    private const int ShortBodyBytes = 64 << 10;

    private const int StreamsMax = 1_000, UploadsMax = 8, UploadsWaitingMax = 64;
    private static readonly object Long = new();

    private enum Kind { Request, Upload, Stream, Always }

    /// <exception cref="FormatException">With such bounds nobody would be served.</exception>
    public static void BoundAll(this RateLimiterOptions limits, DistrictOptions options)
    {
        if (options.Running < 1 || options.Waiting < 0) throw new FormatException("Running is at least 1, and Waiting at least 0.");
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Kind>(http => KindOf(http) switch
        {
            Kind.Always => RateLimitPartition.GetNoLimiter(Kind.Always),
            Kind.Stream => Places(Kind.Stream, StreamsMax, waiting: 0),
            Kind.Upload => Places(Kind.Upload, UploadsMax, UploadsWaitingMax),
            _ => Places(Kind.Request, options.Running, options.Waiting),
        });
    }

    /// <summary>Before places are given: whoever sends a form byte by byte, over a bad line or on purpose, waits for it alone.</summary>
    public static void UseBodiesFirst(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.ContentLength is null or (> 0 and <= ShortBodyBytes)
            && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
            && !await HasArrived(http)) http.Items[Long] = true;
        await next(http);
    });

    /// <summary>Whether it is for want of a place; attempts that come too often are told when to come again.</summary>
    public static bool Refused(RateLimitLease lease) => !lease.TryGetMetadata(MetadataName.RetryAfter, out _);

    /// <summary>Looks at the body without taking anything of it.</summary>
    /// <returns>False when it is longer than it says or may be.</returns>
    private static async Task<bool> HasArrived(HttpContext http)
    {
        var body = http.Request.BodyReader;
        try
        {
            while (true)
            {
                var part = await body.ReadAsync(http.RequestAborted);
                var (whole, length) = (part.IsCompleted, part.Buffer.Length);
                body.AdvanceTo(part.Buffer.Start, part.Buffer.End);
                if (whole)
                {
                    http.Request.ContentLength ??= length; // what came in pieces is a form of a known length now
                    return true;
                }
                if (length > ShortBodyBytes) return false;
            }
        }
        catch (IOException)
        {
            // The line broke or was too slow: whoever reads the body meets the same, and says so.
            return true;
        }
    }

    private static RateLimitPartition<Kind> Places(Kind kind, int running, int waiting) => RateLimitPartition.GetConcurrencyLimiter(kind, _ =>
        new ConcurrencyLimiterOptions { PermitLimit = running, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private static Kind KindOf(HttpContext http)
    {
        var path = http.Request.Path;
        if (path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/metrics", StringComparison.Ordinal)
            || path.StartsWithSegments("/assets", StringComparison.Ordinal)) return Kind.Always;
        if (http.Request.ContentLength > ShortBodyBytes || http.Items.ContainsKey(Long)) return Kind.Upload;
        return http.GetEndpoint()?.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
            .Any(made => made.ContentTypes.Contains("text/event-stream")) == true ? Kind.Stream : Kind.Request;
    }
}
