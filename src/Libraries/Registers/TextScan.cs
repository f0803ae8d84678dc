using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Legwork.Registers;

/// <summary>
/// Reads a file's bytes once to tell its encoding, whether it keeps to it, and its SHA-256. Every line is judged by itself: offices
/// paste a GB18030 export behind a UTF-8 one, and a detector that looks at the beginning alone would read the rest as other names.
/// </summary>
/// <remarks>
/// By hand: UTF.Unknown is faster (25 MB in 14 ms against 140 ms, which include SHA-256) but calls UTF-8 followed by GB18030 "utf-8, 1.00",
/// misses UTF-16 without a mark and takes 联通 for windows-1252 (tried 2026-11-29).
/// </remarks>
internal sealed class TextScan
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936)
        ?? throw new InvalidOperationException("The runtime has no GB18030.");

    private const int ChunkBytes = 1 << 18;

    // A line of two or three GBK characters can be valid UTF-8 by chance (联通); so few among so many GBK lines are that.
    private const int ChanceOneIn = 1_000;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long line;
    private long utf8Lines;
    private long gbLines;
    private long firstUtf8;
    private long firstGb;
    private long firstBad;
    private long firstNul;
    private bool cutTail;

    public TextProbe Scan(Stream stream)
    {
        using var _ = hash;
        // A rented buffer may be longer than asked for; a short read must still mean the end.
        var rented = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            return Scan(stream, rented.AsSpan(0, ChunkBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private TextProbe Scan(Stream stream, Span<byte> chunk)
    {
        var held = 0;
        var (first, wide) = (true, (Encoding?)null);
        while (true)
        {
            var read = stream.ReadAtLeast(chunk[held..], chunk.Length - held, throwOnEndOfStream: false);
            hash.AppendData(chunk.Slice(held, read));
            var bytes = chunk[..(held + read)];
            var ended = bytes.Length < chunk.Length;
            if (first) wide = Wide(bytes);
            first = false;
            if (wide is not null && ended) return Wide(wide, stream.Length);
            if (wide is not null) continue;

            var whole = bytes.LastIndexOf((byte)'\n') + 1;
            // Old files end their lines with CR alone. A line longer than the chunk is judged in pieces; the reader refuses it anyway.
            if (whole == 0) whole = bytes.LastIndexOf((byte)'\r') + 1;
            if (whole == 0 && !ended) whole = bytes.Length;
            Lines(bytes[..whole]);
            if (ended)
            {
                if (whole < bytes.Length) Line(bytes[whole..], last: true);
                return Narrow();
            }
            held = bytes.Length - whole;
            bytes[whole..].CopyTo(chunk);
        }
    }

    /// <summary>UTF-32 and UTF-16 by their marks, or by every second byte of its ASCII being zero.</summary>
    private static Encoding? Wide(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return Encoding.UTF32;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        int even = 0, odd = 0;
        for (var i = 0; i < Math.Min(head.Length, 4096); i++)
            if (head[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        var many = Math.Max(8, Math.Min(head.Length, 4096) / 10);
        return odd > many && even == 0 ? Encoding.Unicode : even > many && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    private void Lines(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (!bytes.Contains((byte)0) && Utf8.IsValid(bytes))
        {
            var lines = bytes.Count((byte)'\n');
            if (!Ascii.IsValid(bytes))
            {
                if (firstUtf8 == 0) firstUtf8 = line + 1;
                utf8Lines += lines;
            }
            line += lines;
            return;
        }
        while (!bytes.IsEmpty)
        {
            var stop = bytes.IndexOf((byte)'\n');
            Line(stop < 0 ? bytes : bytes[..stop], last: false);
            bytes = stop < 0 ? [] : bytes[(stop + 1)..];
        }
    }

    private void Line(ReadOnlySpan<byte> text, bool last)
    {
        line++;
        if (firstNul == 0 && text.Contains((byte)0)) firstNul = line;
        if (Ascii.IsValid(text)) return;
        if (last && !Utf8.IsValid(text) && WithoutHalfCharacter(text) is var whole && whole < text.Length
            && Utf8.IsValid(text[..whole]) && gbLines == 0)
        {
            cutTail = true;
            text = text[..whole];
        }
        if (Utf8.IsValid(text))
        {
            if (!HasLongSequence(text)) return;
            utf8Lines++;
            if (firstUtf8 == 0) firstUtf8 = line;
            return;
        }
        var gb = GbPrefix(text, out var half);
        if (gb == text.Length || (half && last))
        {
            cutTail |= gb < text.Length;
            gbLines++;
            if (firstGb == 0) firstGb = line;
        }
        else if (firstBad == 0) firstBad = line;
    }

    private TextProbe Narrow()
    {
        var mixed = utf8Lines > 0 && gbLines > 1 && utf8Lines * ChanceOneIn >= gbLines;
        // A single line that is not UTF-8 among many that are is a damaged line, whatever else its bytes could mean.
        var isUtf8 = mixed ? firstUtf8 < firstGb : gbLines == 0 || (gbLines == 1 && utf8Lines > 0);
        var name = isUtf8 ? "UTF-8" : "GB18030";
        var damaged = isUtf8 && !mixed && firstGb > 0 && (firstBad == 0 || firstGb < firstBad) ? firstGb : firstBad;
        var (fault, at) = firstNul > 0 ? (Fault.Of("registers.nul", ("line", firstNul)), firstNul)
            : mixed ? Mixed(isUtf8)
            : damaged > 0 ? (Fault.Of("registers.encoding", ("line", damaged), ("encoding", name)), damaged)
            : ((Fault?)null, 0L);
        return new TextProbe
        {
            Encoding = isUtf8 ? Encoding.UTF8 : Gb18030,
            Name = name,
            Digest = Convert.ToHexStringLower(hash.GetHashAndReset()),
            Fault = fault,
            FaultLine = at,
            CutTail = cutTail,
        };
    }

    private (Fault? Fault, long Line) Mixed(bool utf8First)
    {
        var turns = utf8First ? firstGb : firstUtf8;
        return (Fault.Of("registers.mixed_encoding", ("line", turns),
            ("first", utf8First ? "UTF-8" : "GB18030"), ("second", utf8First ? "GB18030" : "UTF-8")), turns);
    }

    private TextProbe Wide(Encoding wide, long length) => new()
    {
        Encoding = wide,
        Name = ReferenceEquals(wide, Encoding.UTF32) ? "UTF-32LE" : ReferenceEquals(wide, Encoding.Unicode) ? "UTF-16LE" : "UTF-16BE",
        Digest = Convert.ToHexStringLower(hash.GetHashAndReset()),
        CutTail = length % (ReferenceEquals(wide, Encoding.UTF32) ? 4 : 2) != 0,
    };

    /// <summary>A sequence of three bytes or more: two-byte ones are as likely GBK characters, and no Chinese or Tibetan text needs them.</summary>
    private static bool HasLongSequence(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0xE0, (byte)0xF4) >= 0;

    /// <summary>The length without a UTF-8 sequence that ends too early.</summary>
    private static int WithoutHalfCharacter(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= 3 && back <= text.Length; back++)
        {
            var b = text[^back];
            if (b < 0x80) break;
            if (b < 0xC0) continue;
            var needs = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return needs > back ? text.Length - back : text.Length;
        }
        return text.Length;
    }

    /// <summary>How many bytes from the start are GB18030; <paramref name="half"/> when what follows is a character cut short.</summary>
    private static int GbPrefix(ReadOnlySpan<byte> text, out bool half)
    {
        half = false;
        for (var i = 0; i < text.Length;)
        {
            var b = text[i];
            if (b <= 0x80)
            {
                i++;
                continue;
            }
            if (b == 0xFF) return i;
            half = i + 1 == text.Length;
            if (half) return i;
            var c = text[i + 1];
            if (c is >= 0x40 and not 0x7F and not 0xFF)
            {
                i += 2;
                continue;
            }
            if (c is < 0x30 or > 0x39) return i;
            half = i + 3 >= text.Length;
            if (half || text[i + 2] is < 0x81 or 0xFF || text[i + 3] is < 0x30 or > 0x39) return i;
            i += 4;
        }
        return text.Length;
    }
}
