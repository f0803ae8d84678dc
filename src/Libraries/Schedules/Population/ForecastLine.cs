using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Legwork.Schedules.Population;

/// <summary>Writes an answer as one line of NDJSON, as docs/how-to/forecast.md lays down. One a thread.</summary>
internal sealed class ForecastLineWriter : IDisposable
{
    private static readonly JsonEncodedText[] Statuses = [.. Enum.GetValues<SeriesStatus>()
        .Select(s => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(s.ToString())))];
    private static readonly JsonEncodedText[] DoseStatuses = [.. Enum.GetValues<DoseStatus>()
        .Select(s => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(s.ToString())))];
    private static readonly JsonEncodedText[] Reasons = [.. Enum.GetValues<DoseReason>()
        .Select(s => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(s.ToString())))];
    private static readonly JsonEncodedText[] Types = [.. Enum.GetValues<SeriesType>()
        .Select(s => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(s.ToString())))];
    private readonly Dictionary<string, JsonEncodedText> encoded = new(ReferenceEqualityComparer.Instance);
    private readonly Utf8JsonWriter json = new(Stream.Null,
        new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(IBufferWriter<byte> to, string id, PatientForecast forecast, bool explain)
    {
        json.Reset(to);
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        Day("assessed"u8, forecast.Assessed);
        json.WriteStartArray("groups"u8);
        VaccineGroup? last = null;
        foreach (var answer in forecast.Groups)
        {
            // Answers of one group stand together.
            if (ReferenceEquals(answer.Group, last)) continue;
            last = answer.Group;
            Group(forecast, forecast.For(last.Code)!, explain);
        }
        json.WriteEndArray();
        if (forecast.HasUnknown) Unknown(forecast);
        json.WriteEndObject();
        End(to);
    }

    /// <summary>What the person's line said and the rules do not know, by name: nobody must take the answer for one that heeded it.</summary>
    private void Unknown(PatientForecast forecast)
    {
        json.WriteStartObject("unknown"u8);
        Codes("vaccines"u8, forecast.UnknownVaccines);
        Codes("observations"u8, forecast.UnknownObservations);
        json.WriteEndObject();
    }

    private void Codes(ReadOnlySpan<byte> name, IReadOnlyCollection<string> codes)
    {
        if (codes.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var code in codes) json.WriteStringValue(code);
        json.WriteEndArray();
    }

    /// <summary>Texts of the rule set come again and again; only those are kept.</summary>
    private JsonEncodedText Encoded(string text)
    {
        if (!encoded.TryGetValue(text, out var known))
            encoded.Add(text, known = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
        return known;
    }

    public void WriteRefusal(IBufferWriter<byte> to, long line, PatientLine refused)
    {
        json.Reset(to);
        json.WriteStartObject();
        json.WriteString("id"u8, refused.Id);
        json.WriteNumber("line"u8, line);
        json.WriteString("refused"u8, refused.Refusal);
        json.WriteString("reason"u8, refused.Reason);
        json.WriteEndObject();
        End(to);
    }

    private void End(IBufferWriter<byte> to)
    {
        json.Flush();
        to.GetSpan(1)[0] = (byte)'\n';
        to.Advance(1);
    }

    private void Group(PatientForecast forecast, GroupAnswer answer, bool explain)
    {
        json.WriteStartObject();
        json.WriteString("group"u8, Encoded(answer.Group.Code));
        json.WriteString("status"u8, Statuses[(int)answer.Status]);
        json.WriteString("type"u8, Types[(int)answer.Type]);
        if (answer.DoseNumber > 0) json.WriteNumber("dose"u8, forecast.DoseNumber(answer));
        Dates(answer);
        Vaccines(answer);
        Doses(forecast, answer);
        Others(forecast, answer);
        if (explain) Why(answer);
        json.WriteEndObject();
    }

    private void Dates(GroupAnswer answer)
    {
        Day("earliest"u8, answer.Earliest);
        Day("recommended"u8, answer.Recommended);
        Day("pastDue"u8, answer.PastDue);
        Day("latest"u8, answer.Latest);
    }

    private void Vaccines(GroupAnswer answer)
    {
        var started = false;
        foreach (var series in answer.Series)
            foreach (var vaccine in series.RecommendedVaccines)
            {
                if (!started) json.WriteStartArray("vaccines"u8);
                started = true;
                json.WriteStringValue(Encoded(vaccine));
            }
        if (started) json.WriteEndArray();
    }

    /// <summary>The doses that hold something of the group, by their place in the patient's list.</summary>
    private void Doses(PatientForecast forecast, GroupAnswer answer)
    {
        var seen = 0ul;
        var started = false;
        foreach (var series in answer.Series)
            foreach (var dose in series.Doses)
            {
                if (dose.Dose < 64 && (seen >> dose.Dose & 1) != 0) continue;
                if (dose.Dose < 64) seen |= 1ul << dose.Dose;
                if (!started) json.WriteStartArray("doses"u8);
                started = true;
                var said = forecast.Dose(answer, answer.Group.Code, dose.Dose);
                json.WriteStartObject();
                json.WriteNumber("dose"u8, dose.Dose);
                json.WriteString("status"u8, DoseStatuses[(int)said.Status]);
                if (said.Reason != DoseReason.None) json.WriteString("reason"u8, Reasons[(int)said.Reason]);
                if (said.TargetDose > 0) json.WriteNumber("target"u8, said.TargetDose);
                if (said.Clause is { } clause) json.WriteString("clause"u8, Encoded(clause.Id));
                json.WriteEndObject();
            }
        if (started) json.WriteEndArray();
    }

    private void Others(PatientForecast forecast, GroupAnswer answer)
    {
        var started = false;
        foreach (var other in forecast.Groups)
        {
            if (ReferenceEquals(other, answer) || !ReferenceEquals(other.Group, answer.Group)) continue;
            if (!started) json.WriteStartArray("also"u8);
            started = true;
            json.WriteStartObject();
            json.WriteString("status"u8, Statuses[(int)other.Status]);
            json.WriteString("type"u8, Types[(int)other.Type]);
            if (other.DoseNumber > 0) json.WriteNumber("dose"u8, other.DoseNumber);
            Dates(other);
            json.WriteEndObject();
        }
        if (started) json.WriteEndArray();
    }

    private void Why(GroupAnswer answer)
    {
        json.WriteStartArray("series"u8);
        foreach (var series in answer.Series) json.WriteStringValue(Encoded(series.Series.Name));
        json.WriteEndArray();
        json.WriteStartArray("why"u8);
        foreach (var series in answer.Series)
            foreach (var note in series.Notes)
            {
                json.WriteStartObject();
                json.WriteString("code"u8, Encoded(note.Code));
                if (answer.Series.Count > 1) json.WriteString("antigen"u8, Encoded(series.Antigen));
                if (note.Dose >= 0) json.WriteNumber("dose"u8, note.Dose);
                if (note.Target > 0) json.WriteNumber("target"u8, note.Target);
                Day("date"u8, note.Date);
                if (note.Days != 0) json.WriteNumber("days"u8, note.Days);
                if (note.Period is { } period) json.WriteString("period"u8, period.ToString());
                if (note.Other >= 0) json.WriteNumber("other"u8, note.Other);
                if (note.Subject.Length > 0) json.WriteString("subject"u8, note.Subject);
                if (note.Clause is { } clause) json.WriteString("clause"u8, Encoded(clause.Id));
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }

    private void Day(ReadOnlySpan<byte> name, DateOnly? date)
    {
        if (date is not { } day) return;
        Span<byte> text = stackalloc byte[10];
        day.TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        json.WriteString(name, text);
    }

    public void Dispose() => json.Dispose();
}
