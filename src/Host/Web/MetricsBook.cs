using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Legwork.Platform;
using Legwork.Platform.Storage;

namespace Legwork.Host.Web;

/// <summary>
/// Listens to the program's meters and to those of requests, and tells them in Prometheus' text format 0.0.4. Labels are routes as
/// they were mapped (<c>/people/{id}</c>), methods and statuses: never an address that somebody asked for.
/// </summary>
/// <remarks>By hand: OpenTelemetry's own exporter for Prometheus is a beta (1.20.1-beta.1) and renames
/// the labels; see <see cref="Telemetry"/> for OTLP.</remarks>
public sealed class MetricsBook : IHostedService, IDisposable
{
    private const string Requests = "http.server.request.duration";
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 2000, 5000, 20_000];
    private static readonly Dictionary<string, string> LabelOf = new(StringComparer.Ordinal)
    {
        ["http.route"] = "route",
        ["http.request.method"] = "method",
        ["http.response.status_code"] = "status",
        ["unit"] = "unit",
    };

    private readonly MeterListener listener = new();
    private readonly SortedDictionary<string, Family> families = new(StringComparer.Ordinal);
    private readonly Lock guard = new();

    public MetricsBook()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == PlatformModule.MeterName || instrument.Name == Requests) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    public async Task<string> Tell(Store store, IEnumerable<Gauge> gauges, CancellationToken cancel)
    {
        var text = new StringBuilder();
        lock (guard)
        {
            foreach (var (name, family) in families) family.Tell(text, name);
        }
        foreach (var gauge in gauges)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {gauge.Name} {gauge.Help}\n# TYPE {gauge.Name} gauge\n");
            foreach (var row in await store.ReadNotesAsync(session => session.QueryAsync<GaugeRow>(gauge.Sql), cancel))
                text.Append(CultureInfo.InvariantCulture, $"{gauge.Name}{{{gauge.Label}=\"{Escaped(row.Label)}\"}} {row.Value}\n");
        }
        return text.ToString();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, tag) in tags)
            if (LabelOf.TryGetValue(key, out var label))
                labels[label] = $"{label}=\"{Escaped(Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "")}\"";
        var histogram = instrument is Histogram<double> or Histogram<long>;
        var gauge = instrument is Gauge<double>;
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (histogram || gauge ? "" : "_total");
        lock (guard)
        {
            if (!families.TryGetValue(name, out var family))
            {
                var bounds = histogram ? instrument.Unit == "s" ? Seconds : Counts : null;
                families.Add(name, family = new Family(instrument.Description ?? "", gauge, bounds));
            }
            family.Add(string.Join(',', labels.Values), value);
        }
    }

    private static string Escaped(string label) =>
        label.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed record GaugeRow(string Label, long Value);

    /// <param name="bounds">Upper bounds of a histogram's buckets; null is a counter.</param>
    private sealed class Family(string help, bool gauge, double[]? bounds)
    {
        private readonly SortedDictionary<string, Series> series = new(StringComparer.Ordinal);

        public void Add(string labels, double value)
        {
            if (!series.TryGetValue(labels, out var one)) series.Add(labels, one = new Series(new long[bounds?.Length ?? 0]));
            one.Count++;
            one.Sum = gauge ? value : one.Sum + value;
            for (var i = 0; i < one.Buckets.Length; i++)
                if (value <= bounds![i]) one.Buckets[i]++;
        }

        public void Tell(StringBuilder text, string name)
        {
            var type = bounds is not null ? "histogram" : gauge ? "gauge" : "counter";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
            foreach (var (labels, one) in series)
            {
                var braced = labels.Length > 0 ? $"{{{labels}}}" : "";
                if (bounds is null)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{braced} {one.Sum}\n");
                    continue;
                }
                var before = labels.Length > 0 ? labels + "," : "";
                for (var i = 0; i < bounds.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"{bounds[i]}\"}} {one.Buckets[i]}\n");
                text.Append(CultureInfo.InvariantCulture,
                    $"{name}_bucket{{{before}le=\"+Inf\"}} {one.Count}\n{name}_sum{braced} {one.Sum}\n{name}_count{braced} {one.Count}\n");
            }
        }
    }

    private sealed class Series(long[] buckets)
    {
        public long[] Buckets { get; } = buckets;

        public long Count { get; set; }

        public double Sum { get; set; }
    }
}
