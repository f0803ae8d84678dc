using System.Diagnostics;
using Legwork.Platform;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Legwork.Host.Web;

/// <summary>
/// Sends traces and metrics to the receiver that <see cref="DistrictOptions.Telemetry"/> names; without one nothing listens and nothing is
/// made. Beside <see cref="MetricsBook"/>, not in its place: /metrics is read on closed networks without a collector.
/// </summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, DistrictOptions options)
    {
        if (options.Telemetry.Length == 0) return;
        var receiver = Uri.TryCreate(options.Telemetry, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
            : throw new FormatException($"'Telemetry' is an address such as http://127.0.0.1:4318, not '{options.Telemetry}'.");
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("legwork", serviceInstanceId: options.NodeName))
            .WithTracing(tracing =>
            {
                tracing.AddSource(PlatformModule.MeterName).AddAspNetCoreInstrumentation();
                // Named in full: EF's package brings a method of the same name.
                Npgsql.TracerProviderBuilderExtensions.AddNpgsql(tracing);
                tracing.AddProcessor(new NothingPersonal()).AddOtlpExporter(otlp => To(otlp, receiver, "v1/traces"));
            })
            .WithMetrics(metrics => metrics
                .AddMeter(PlatformModule.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql")
                .AddRuntimeInstrumentation()
                // A pool is named by its connection string.
                .AddView(instrument => instrument.Meter.Name == "Npgsql"
                    ? new MetricStreamConfiguration { TagKeys = ["db.client.connection.state", "state"] } : null)
                .AddOtlpExporter(otlp => To(otlp, receiver, "v1/metrics")));
    }

    private static void To(OtlpExporterOptions otlp, Uri receiver, string path)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri($"{receiver.AbsoluteUri.TrimEnd('/')}/{path}");
    }
}

/// <summary>
/// Takes from a span everything but what is known to name nobody. An address holds the number of a file, a query the text of a search, and a
/// fault's message may quote either; the lists of what instrumentations write grow with every version, so what may stay is listed instead.
/// </summary>
internal sealed class NothingPersonal : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.route", "http.response.status_code", "network.protocol.version", "url.scheme", "error.type",
        "db.system.name", "db.system", "db.namespace", "db.query.text", "db.statement", "db.response.status_code", "legwork.handler",
    };

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Kept.Contains(tag.Key)).ToList()) data.SetTag(tag.Key, null);
        data.SetStatus(data.Status);
        if (data.Kind == ActivityKind.Server)
            data.DisplayName = $"{data.GetTagItem("http.request.method")} {data.GetTagItem("http.route") ?? "no route"}";
        // An event cannot be taken off a span, and carries a fault's message: such a span stays here, its request is sent with its status.
        if (data.Events.Any()) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
