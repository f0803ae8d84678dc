using System.Diagnostics.Metrics;

namespace Legwork.Platform;

/// <summary>What the platform counts; anything may listen (<c>/metrics</c> does), and nobody listening costs next to nothing.</summary>
internal static class Meters
{
    /// <summary>Under which counts and spans are listened to.</summary>
    public const string Name = "Legwork";

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> StoreUnits = Meter.CreateCounter<long>("legwork.store.units", "{unit}",
        "Writing units acknowledged as durable.");
    internal static readonly Counter<long> StoreRefusals = Meter.CreateCounter<long>("legwork.store.refused_units", "{unit}",
        "Writing units that were rolled back.");
    internal static readonly Histogram<long> UnitsPerCommit = Meter.CreateHistogram<long>("legwork.store.units_per_commit",
        "{unit}", "Units that shared one commit.");
    internal static readonly Histogram<double> UnitTime =
        Meter.CreateHistogram<double>("legwork.store.unit_time", "s", "What a writing unit took in the writer.");
    internal static readonly Histogram<long> UnitRows =
        Meter.CreateHistogram<long>("legwork.store.unit_rows", "{row}", "Rows that a writing unit changed.");
    internal static readonly Histogram<double> CommitTime =
        Meter.CreateHistogram<double>("legwork.store.commit_time", "s", "What a commit took until it was on the disk.");
    internal static readonly Gauge<double> LongestUnit =
        Meter.CreateGauge<double>("legwork.store.longest_unit", "s", "The longest writing unit since the start.");
    internal static readonly Counter<long> UnitsOverBudget = Meter.CreateCounter<long>(
        "legwork.store.units_over_budget", "{unit}", "Writing units of more than 50 ms or 2,000 rows, by who asked for them.");
    internal static readonly Counter<long> ReadLogEntries = Meter.CreateCounter<long>("legwork.readlog.entries", "{entry}",
        "Entries appended to the log of reads.");
    internal static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("legwork.outbox.deliveries",
        "{delivery}", "Events brought to a handler.");
    internal static readonly Counter<long> DeliveryFailures = Meter.CreateCounter<long>("legwork.outbox.failures", "{delivery}",
        "Deliveries that failed and are tried again or parked.");
}

/// <summary>A figure that stands in the storage and is read when somebody asks for it.</summary>
/// <param name="Name">As Prometheus wants it, <c>legwork_outbox_deliveries_open</c>.</param>
/// <param name="Label">What the rows of <paramref name="Sql"/> are told apart by.</param>
/// <param name="Sql">Two columns for each row: the label's value as <c>label</c> and the figure as <c>value</c> (bigint). No personal data.</param>
public sealed record Gauge(string Name, string Help, string Label, string Sql);
