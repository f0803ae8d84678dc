using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Legwork.Schedules.Population;

/// <summary>One line of the file of patients, or why it is not one.</summary>
/// <param name="Id">The patient's own name in the file, given back in the answer; empty when it could not be read.</param>
/// <param name="Refusal">Stable code of the refusal; empty for a good line.</param>
internal readonly record struct PatientLine(string Id, Patient? Patient, DateOnly? Assessed, string Refusal = "", string Reason = "");

/// <summary>Reads a line of NDJSON as docs/how-to/forecast.md lays down. One a thread.</summary>
internal sealed class PatientLineReader
{
    private const int DosesMax = 500;
    private const int ObservationsMax = 200;
    private readonly Dictionary<int, string> words = [];

    public PatientLine Read(ReadOnlySpan<byte> line)
    {
        var (id, at) = ("", "");
        try
        {
            var reader = new Utf8JsonReader(line);
            return Read(ref reader, ref id, ref at);
        }
        catch (JsonException wrong)
        {
            return new PatientLine(id, null, null, "forecast.json", $"not JSON at byte {wrong.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for a text whose bytes are no UTF-8.
            return new PatientLine("", null, null, "forecast.json", "a text is not UTF-8");
        }
        catch (RefusedLine refused)
        {
            return new PatientLine(id, null, null, refused.Code, at.Length > 0 ? $"{at}: {refused.Message}" : refused.Message);
        }
    }

    private PatientLine Read(ref Utf8JsonReader reader, ref string id, ref string at)
    {
        (DateOnly? Born, DateOnly? Assessed) dates = default;
        var (sex, country) = (Sex.Unknown, "");
        var (doses, observations) = ((List<DoseGiven>?)null, (List<ObservationMade>?)null);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            at = Word(ref reader);
            reader.Read();
            switch (at)
            {
                case "id": id = reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : Text(ref reader); break;
                case "born": dates.Born = Day(ref reader); break;
                case "assessed": dates.Assessed = DayOrNone(ref reader); break;
                case "sex": sex = SexOf(ref reader); break;
                case "country": country = Word(ref reader); break;
                case "doses": doses = Doses(ref reader, ref at); break;
                case "observations": observations = Observations(ref reader, ref at); break;
                default: reader.Skip(); break;
            }
        }
        at = "";
        if (reader.TokenType != JsonTokenType.EndObject) throw new RefusedLine("forecast.json", "the line ends inside an object");
        if (reader.Read()) throw new RefusedLine("forecast.json", "something follows the object");
        if (dates.Born is not { } born) throw new RefusedLine("forecast.born", "the date of birth is missing");
        if (doses is not null)
            foreach (var dose in doses)
                if (dose.On < born)
                    throw new RefusedLine("forecast.dose_before_birth", $"a dose of {dose.On:yyyy-MM-dd} lies before the birth on {born:yyyy-MM-dd}");
        return new PatientLine(id, new Patient(born, sex, doses ?? [], observations ?? [], country), dates.Assessed);
    }

    private List<DoseGiven> Doses(ref Utf8JsonReader reader, ref string at)
    {
        Expect(ref reader, JsonTokenType.StartArray, moved: true);
        var doses = new List<DoseGiven>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (doses.Count == DosesMax) throw new RefusedLine("forecast.too_long", $"more than {DosesMax} doses");
            Expect(ref reader, JsonTokenType.StartObject, moved: true);
            var (on, vaccine, maker, trade, substandard) = ((DateOnly?)null, "", "", "", false);
            var (expires, volume) = ((DateOnly?)null, (decimal?)null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                at = Word(ref reader);
                reader.Read();
                switch (at)
                {
                    case "date": on = Day(ref reader); break;
                    case "vaccine": vaccine = Word(ref reader); break;
                    case "maker": maker = Word(ref reader); break;
                    case "trade": trade = Word(ref reader); break;
                    case "substandard": substandard = Flag(ref reader); break;
                    case "lotExpires": expires = DayOrNone(ref reader); break;
                    case "volume": volume = Amount(ref reader); break;
                    default: reader.Skip(); break;
                }
            }
            at = "doses";
            if (on is null || vaccine.Length == 0) throw new RefusedLine("forecast.dose", $"dose {doses.Count + 1} needs a date and a vaccine");
            doses.Add(new DoseGiven(on.Value, vaccine, maker, trade, substandard, expires, volume));
        }
        return doses;
    }

    private List<ObservationMade> Observations(ref Utf8JsonReader reader, ref string at)
    {
        Expect(ref reader, JsonTokenType.StartArray, moved: true);
        var made = new List<ObservationMade>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (made.Count == ObservationsMax) throw new RefusedLine("forecast.too_long", $"more than {ObservationsMax} observations");
            Expect(ref reader, JsonTokenType.StartObject, moved: true);
            var (code, from, until) = ("", (DateOnly?)null, (DateOnly?)null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                at = Word(ref reader);
                reader.Read();
                switch (at)
                {
                    case "code": code = Word(ref reader); break;
                    case "from": from = DayOrNone(ref reader); break;
                    case "until": until = DayOrNone(ref reader); break;
                    default: reader.Skip(); break;
                }
            }
            at = "observations";
            if (code.Length == 0) throw new RefusedLine("forecast.observation", $"observation {made.Count + 1} needs a code");
            made.Add(new ObservationMade(code, from, until));
        }
        return made;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, bool moved = false)
    {
        if (!moved && !reader.Read() || reader.TokenType != type)
            throw new RefusedLine("forecast.json", type == JsonTokenType.StartArray ? "a list was expected" : "an object was expected");
    }

    private static Sex SexOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return Sex.Unknown;
        return Text(ref reader) switch
        {
            "F" or "female" => Sex.Female,
            "M" or "male" => Sex.Male,
            "" or "U" or "unknown" => Sex.Unknown,
            var other => throw new RefusedLine("forecast.sex", $"'{other}' is not F, M or U"),
        };
    }

    private static bool Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw new RefusedLine("forecast.json", $"'{Shown(ref reader)}' is not true or false"),
    };

    private static decimal? Amount(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var amount) ? amount
        : throw new RefusedLine("forecast.json", $"'{Shown(ref reader)}' is not a number");

    private static DateOnly? DayOrNone(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : Day(ref reader);

    private static DateOnly Day(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan is { Length: 10 } text && text[4] == '-' && text[7] == '-'
            && Number(text[..4], out var year) && Number(text[5..7], out var month) && Number(text[8..], out var day)
            && year > 0 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month)) return new DateOnly(year, month, day);
        throw new RefusedLine("forecast.date", $"'{Shown(ref reader)}' is not a date written 2024-05-31");
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out var used) && used == digits.Length && char.IsAsciiDigit((char)digits[0]);

    private static string Shown(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? "{…}" : Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(40, reader.ValueSpan.Length)]);

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String or JsonTokenType.PropertyName => reader.GetString()!,
        JsonTokenType.Null => "",
        _ => throw new RefusedLine("forecast.json", $"'{Shown(ref reader)}' is not a text"),
    };

    /// <summary>A text that comes again and again, such as a vaccine's code, kept once.</summary>
    private string Word(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || reader.ValueIsEscaped || reader.ValueSpan.Length > 40)
            return Text(ref reader);
        var hash = new HashCode();
        hash.AddBytes(reader.ValueSpan);
        var key = hash.ToHashCode();
        if (words.TryGetValue(key, out var known) && reader.ValueTextEquals(known)) return known;
        var word = reader.GetString()!;
        if (words.Count < 4096) words[key] = word;
        return word;
    }

    private sealed class RefusedLine(string code, string reason) : Exception(reason)
    {
        public string Code { get; } = code;
    }
}
