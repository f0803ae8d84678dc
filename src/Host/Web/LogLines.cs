using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Legwork.Host.Web;

/// <summary>
/// One JSON object a line: at, level, from, event, message, fault. Whatever looks like a resident number or a mobile number is
/// masked on its way out, so that a library which logs an address or a value cannot put a person into a log file.
/// </summary>
public sealed partial class LogLines(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "legwork";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("at", clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("from", logEntry.Category);
            if (logEntry.EventId.Id != 0) json.WriteNumber("event", logEntry.EventId.Id);
            json.WriteString("message", Masked(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            if (logEntry.Exception is { } fault) json.WriteString("fault", Masked(fault.ToString()));
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    public static string Masked(string text) => Numbers().Replace(text, found => found.Length > 11
        ? string.Concat(found.ValueSpan[..6], new string('*', found.Length - 6))
        : string.Concat(found.ValueSpan[..3], "********"));

    // GB 11643 (18, formerly 15 digits), full-width digits too, and mobile numbers.
    [GeneratedRegex(@"(?<!\d)(\d{17}[\dXxＸｘ]|\d{15}|[1１][3-9３-９]\d{9})(?!\d)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
