using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;

namespace Legwork.Webhooks;

/// <param name="Parts">What each module gives to it, the one that tells its plain fields first.</param>
internal sealed record OutgoingEvent(string Name, string Kind, IReadOnlyList<EventOut> Parts)
{
    public IReadOnlyList<EventField> Fields { get; } = [.. Parts.SelectMany(part => part.Fields)];
}

/// <summary>Everything of which receivers may be told, as the modules that stand give it.</summary>
internal sealed class EventsOut
{
    /// <summary>The one event that is nobody's: an administrator asks whether a receiver takes anything at all.</summary>
    public const string Test = "webhook.test";

    private readonly Dictionary<string, OutgoingEvent> byName;

    /// <exception cref="InvalidOperationException">Two modules tell one name differently, a field is given twice, or nobody tells a name.</exception>
    public EventsOut(IEnumerable<EventOut> parts)
    {
        byName = parts.GroupBy(part => part.Name).ToDictionary(same => same.Key, same => new OutgoingEvent(same.Key, same.First().Kind,
            [.. same.OrderBy(part => part.Plain is null)]), StringComparer.Ordinal);
        foreach (var one in byName.Values)
        {
            if (one.Parts.Count(part => part.Plain is not null) != 1 || one.Parts.Any(part => part.Kind != one.Kind)
                || one.Parts[0].Fields.All(field => field.Opened.Length > 0) || one.Name == Test)
                throw new InvalidOperationException($"The event '{one.Name}' is told by one module, from one kind, with a plain field.");
            if (one.Fields.GroupBy(field => field.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new InvalidOperationException($"The field '{twice.Key}' of the event '{one.Name}' is given twice.");
        }
    }

    public IReadOnlyList<OutgoingEvent> All => [.. byName.Values.OrderBy(one => one.Name, StringComparer.Ordinal)];

    public OutgoingEvent? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Every field that some event has, once, in the order of the events.</summary>
    public IReadOnlyList<EventField> Fields => [.. All.SelectMany(one => one.Fields).DistinctBy(one => one.Name)];

    /// <summary>The purposes for which receivers may be told anything of people.</summary>
    public static IReadOnlyList<Purpose> PurposesOf(Reading reading, Purposes purposes, string district) =>
        reading.Open(Receiver(Guid.Empty, "", district), WebhooksPermissions.Receive, purposes.All.Select(purpose => purpose.Code));

    /// <summary>A receiver as the log of reads names it.</summary>
    public static Actor Receiver(Guid subscription, string name, string district) =>
        new(subscription, name, "", [new Grant(Role.Receiver, new Scope(district), DateOnly.MinValue, null)]);

    /// <exception cref="InvalidOperationException">An event or field has no words, or the field that must be opened is nobody's.</exception>
    public void Check(Texts texts, Purposes purposes)
    {
        var opened = purposes.All.SelectMany(purpose => purpose.Fields).ToHashSet(StringComparer.Ordinal);
        foreach (var key in All.Select(one => $"event_out.{one.Name}").Concat(Fields.Select(field => $"event_out.field.{field.Name}")))
            if (!texts.Has(key)) throw new InvalidOperationException($"An event goes out without its text '{key}'.");
        foreach (var field in All.SelectMany(one => one.Fields).Where(field => field.Opened.Length > 0 && !opened.Contains(field.Opened)))
            throw new InvalidOperationException($"'{field.Name}' goes out where '{field.Opened}' is opened, which no purpose opens.");
    }
}
