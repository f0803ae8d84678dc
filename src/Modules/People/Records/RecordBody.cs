using System.Buffers;
using System.Text;
using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Secrets;

namespace Legwork.People.Records;

/// <summary>
/// A record's fields as they lie in the database: one JSON object, with resident numbers sealed (<c>~</c> and base64) so that
/// neither the database nor a backup of it holds one in the clear.
/// </summary>
internal sealed class RecordBody(NumberVault vault)
{
    private const char Sealed = '~';

    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    public static bool IsNumber(string field) => field is "number" or "mother_number" or "father_number" or "guardian_number";

    /// <summary>Writes the fields that have a value; not for use by two threads.</summary>
    public string Write(IReadOnlyList<string> fields, IReadOnlyList<string?> values)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            for (var i = 0; i < fields.Count; i++)
            {
                if (values[i] is not { Length: > 0 } value) continue;
                json.WriteString(fields[i], IsNumber(fields[i]) ? Sealed + Convert.ToBase64String(vault.Seal(value)) : value);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>All fields by name, numbers opened.</summary>
    public Dictionary<string, string> Read(string body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        using var json = JsonDocument.Parse(body);
        foreach (var property in json.RootElement.EnumerateObject()) fields[property.Name] = Open(property.Value.GetString()!);
        return fields;
    }

    /// <summary>The row's own number alone, opened; null when it has none.</summary>
    public string? Number(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("number", out var number) ? Open(number.GetString()!) : null;
    }

    public void Fill(Record record, string body, Func<string, string> intern)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(body.Length));
        try
        {
            var json = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(body, bytes)));
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var field = intern(json.GetString()!);
                json.Read();
                Set(record, field, Open(json.GetString()!), intern);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private string Open(string value) => value.Length > 0 && value[0] == Sealed ? vault.Open(Convert.FromBase64String(value[1..])) : value;

    private static void Set(Record record, string field, string value, Func<string, string> intern)
    {
        switch (field)
        {
            case "name" or "child_name": record.Name = intern(value); break;
            case "former_name": record.FormerName = intern(value); break;
            case "name_bo": record.NameBo = intern(value); break;
            case "sex": record.Sex = value switch { "male" => Sex.Male, "female" => Sex.Female, _ => Sex.Unknown }; break;
            case "number":
                record.Number = value;
                record.NumberIsValid = ResidentNumber.IsValid(value);
                break;
            case "birth" or "birth_year": record.Birth = VagueDate.TryParse(value, out var birth) ? birth : default; break;
            case "address" or "registered_address": record.Address = intern(value); break;
            case "street": record.Street = intern(value); break;
            case "grid": record.Grid = intern(value); break;
            case "phone": record.Phone = value; break;
            case "household_no": record.HouseholdNo = intern(value); break;
            case "relation": record.Relation = intern(value); break;
            case "status": record.Status = intern(value); break;
            case "scheme": record.Scheme = intern(value); break;
            case "cancelled_reason": record.CancelledReason = intern(value); break;
            case "direction": record.Direction = intern(value); break;
            case "to_address": record.ToAddress = intern(value); break;
            case "head": record.Head = intern(value); break;
            case "dwelling_state": record.DwellingState = intern(value); break;
            case "guardian": record.Guardian = intern(value); break;
            case "mother_number": record.MotherNumber = value; break;
            case "father_number": record.FatherNumber = value; break;
            case "on" or "died_on" or "cancelled_on": record.On = VagueDate.TryParse(value, out var on) ? on : default; break;
            default: (record.Others ??= new(4, StringComparer.Ordinal))[field] = value; break;
        }
    }
}
