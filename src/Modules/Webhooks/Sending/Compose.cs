using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;

namespace Legwork.Webhooks.Sending;

/// <summary>A delivery that is due.</summary>
internal sealed record Due(Guid Id, string Type, string Thing, Guid? Person, string Body, long At, long Tries)
{
    public string WebhookId => "msg_" + Id.ToString("N");
}

internal sealed record Written(Due Due, byte[] Body);

/// <summary>
/// Writes the bodies of a batch. What tells of a person is read anew each time, for the receiver's purpose, in its role, and not before the look
/// stands in the log: a purpose that was taken away or a name that was mended holds for what was planned before too.
/// </summary>
internal sealed class Compose(Reading reading, Purposes purposes, EventsOut events, AccessRules access, IServiceProvider services)
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IReadOnlyList<Written>> Write(Subscription receiver, IReadOnlyList<Due> batch, CancellationToken cancel)
    {
        var personal = await Personal(receiver, batch, cancel);
        return [.. batch.Select(due => new Written(due, Body(due, personal.GetValueOrDefault(due.Id))))];
    }

    private async Task<Dictionary<Guid, IReadOnlyDictionary<string, object?>>> Personal(
        Subscription receiver, IReadOnlyList<Due> batch, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, IReadOnlyDictionary<string, object?>>();
        if (receiver.Purpose.Length == 0 || !purposes.Has(receiver.Purpose)) return found;
        var (purpose, actor) = (purposes[receiver.Purpose], EventsOut.Receiver(receiver.Id, receiver.Name, access.District));
        foreach (var ofType in batch.Where(due => due.Person is not null).GroupBy(due => due.Type))
        {
            if (events.Find(ofType.Key) is not { } one || one.Parts.FirstOrDefault(part => part.Personal is not null) is not { } part) continue;
            var wanted = part.Fields.Where(field => field.Opened.Length > 0 && purpose.Opens(field.Opened)
                && receiver.FieldNames.Contains(field.Name)).ToList();
            if (wanted.Count == 0) continue;
            var persons = ofType.Select(due => new PersonId(due.Person!.Value)).Distinct().ToList();
            var logged = await reading.Of(actor, WebhooksPermissions.Receive, purpose.Code, persons,
                [.. wanted.Select(field => field.Opened).Distinct()], reference: $"webhooks/{receiver.Id}");
            if (!logged.Ok) continue;
            var values = await part.Personal!(services, actor, logged.Value, persons, cancel);
            foreach (var due in ofType)
                if (values.TryGetValue(new PersonId(due.Person!.Value), out var ofPerson))
                    found[due.Id] = wanted.Where(field => ofPerson.GetValueOrDefault(field.Name) is not null)
                        .ToDictionary(field => field.Name, field => ofPerson[field.Name]);
        }
        return found;
    }

    private static byte[] Body(Due due, IReadOnlyDictionary<string, object?>? personal)
    {
        using var bytes = new MemoryStream(256 + due.Body.Length);
        using (var json = new Utf8JsonWriter(bytes, AsWritten))
        {
            json.WriteStartObject();
            json.WriteString("type", due.Type);
            json.WriteString("timestamp",
                DateTimeOffset.FromUnixTimeMilliseconds(due.At).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            if (personal is null or { Count: 0 })
            {
                json.WritePropertyName("data");
                json.WriteRawValue(due.Body, skipInputValidation: true);
            }
            else
            {
                json.WriteStartObject("data");
                using var plain = JsonDocument.Parse(due.Body);
                foreach (var field in plain.RootElement.EnumerateObject()) field.WriteTo(json);
                foreach (var (name, value) in personal)
                {
                    json.WritePropertyName(name);
                    JsonSerializer.Serialize(json, value, JsonSerializerOptions.Web);
                }
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
