using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Legwork.Kernel;

namespace Legwork.Places.Grids;

/// <summary>The bytes of a JSON file as UTF-8, whatever a map program wrote: UTF-8, UTF-16 with its mark, or GB18030; within bounds.</summary>
internal static class JsonText
{
    private const int BytesMax = 128 << 20;
    private const int TokensMax = 12_000_000;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936, EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback) ?? throw new InvalidOperationException("The runtime has no GB18030.");

    /// <returns>Refusals: <c>places.geojson</c>.</returns>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> Read(Stream stream)
    {
        using var held = new MemoryStream();
        var chunk = new byte[1 << 16];
        int read;
        while ((read = await stream.ReadAsync(chunk)) > 0)
        {
            if (held.Length + read > BytesMax) return Refusal.Of("places.geojson", $"The file is larger than {BytesMax >> 20} MB.");
            held.Write(chunk, 0, read);
        }
        var utf8 = AsUtf8(held.ToArray());
        return utf8.Ok && HasTooMany(utf8.Value.Span)
            ? Refusal.Of("places.geojson", $"The file holds more than {TokensMax:N0} values; grids need far fewer.") : utf8;
    }

    private static Outcome<ReadOnlyMemory<byte>> AsUtf8(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return new ReadOnlyMemory<byte>(bytes, 3, bytes.Length - 3);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Converted(Encoding.Unicode, bytes.AsSpan(2));
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Converted(Encoding.BigEndianUnicode, bytes.AsSpan(2));
        if (Utf8.IsValid(bytes)) return new ReadOnlyMemory<byte>(bytes);
        return Converted(Gb18030, bytes);
    }

    private static Outcome<ReadOnlyMemory<byte>> Converted(Encoding from, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(from.GetString(bytes)));
        }
        catch (DecoderFallbackException)
        {
            return Refusal.Of("places.geojson", "The text is neither UTF-8 nor GB18030. Save it as UTF-8.");
        }
    }

    /// <summary>Counted before anything is held of them; what is no JSON is left to the reader that names the line.</summary>
    private static bool HasTooMany(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var tokens = 0;
        try
        {
            while (reader.Read())
                if (++tokens > TokensMax) return true;
        }
        catch (JsonException)
        {
            return false;
        }
        return false;
    }
}
