using System.Buffers.Binary;
using System.Text;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;

namespace Legwork.Cases.Tests;

public class EvidenceTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("GPS 29.65N 91.13E");

    [Fact]
    public void A_jpeg_loses_place_time_camera_and_comment_and_keeps_its_picture()
    {
        var taken = EvidenceIntake.Take(EvidenceKind.Photo,
            Jpeg(Segment(0xE1, [.. "Exif\0\0"u8, .. Secret]), Segment(0xE0, Secret), Segment(0xED, Secret), Segment(0xFE, Secret))).Value;
        taken.MediaType.ShouldBe("image/jpeg");
        taken.Bytes.ShouldBe(Jpeg());
        taken.Bytes.AsSpan().IndexOf(Secret).ShouldBe(-1);
    }

    [Fact]
    public void What_hangs_behind_the_end_of_a_jpeg_is_cut_and_the_segment_that_colours_need_is_kept()
    {
        var adobe = Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        var motionPhoto = (byte[])[.. Jpeg(adobe), .. Secret];
        EvidenceIntake.Take(EvidenceKind.Photo, motionPhoto).Value.Bytes.ShouldBe(Jpeg(adobe));
    }

    [Fact]
    public void A_png_loses_its_texts_and_its_time()
    {
        var sent = Png(Chunk("tEXt", Secret), Chunk("iTXt", Secret), Chunk("eXIf", Secret), Chunk("tIME", new byte[7]), Chunk("xyZz", Secret));
        var taken = EvidenceIntake.Take(EvidenceKind.Signature, sent).Value;
        taken.MediaType.ShouldBe("image/png");
        taken.Bytes.ShouldBe(Png());
    }

    [Fact]
    public void A_webp_loses_its_metadata_and_no_longer_announces_them()
    {
        var sent = WebP(Riff("VP8X", [0b0000_1100, 0, 0, 0, 1, 0, 0, 1, 0, 0]), Riff("VP8 ", [1, 2, 3]), Riff("EXIF", Secret), Riff("XMP ", Secret));
        var taken = EvidenceIntake.Take(EvidenceKind.Photo, sent).Value;
        taken.MediaType.ShouldBe("image/webp");
        taken.Bytes.ShouldBe(WebP(Riff("VP8X", [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]), Riff("VP8 ", [1, 2, 3])));
    }

    [Fact]
    public void A_picture_cut_anywhere_is_refused_and_never_stored_as_it_is()
    {
        foreach (var whole in new[] { Jpeg(Segment(0xE1, Secret)), Png(Chunk("tEXt", Secret)), WebP(Riff("VP8 ", [1, 2, 3])) })
        {
            EvidenceIntake.Take(EvidenceKind.Photo, whole).Ok.ShouldBeTrue();
            for (var length = 0; length < whole.Length; length++)
            {
                var cut = EvidenceIntake.Take(EvidenceKind.Photo, whole[..length]);
                cut.Ok.ShouldBeFalse($"cut at {length} of {whole.Length}");
                cut.Refusal!.Code.ShouldBeOneOf("cases.evidence_type", "cases.evidence_damaged");
            }
        }
    }

    [Fact]
    public void Any_flipped_byte_is_either_taken_without_metadata_or_refused()
    {
        var random = new Random(18);
        foreach (var whole in new[]
        {
            Jpeg(Segment(0xE1, Secret)),
            Png(Chunk("tEXt", Secret)),
            WebP(Riff("VP8X", new byte[10]), Riff("VP8 ", [1, 2, 3]), Riff("EXIF", Secret))
        })
        {
            for (var i = 0; i < 4000; i++)
            {
                var bytes = (byte[])whole.Clone();
                for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                // No exception, and no larger than what was sent.
                if (EvidenceIntake.Take(EvidenceKind.Photo, bytes) is { Ok: true } taken)
                    taken.Value.Bytes.Length.ShouldBeLessThanOrEqualTo(bytes.Length + 1);
            }
        }
    }

    [Theory]
    [InlineData("data:image/png;base64,PHN2Zz48c2NyaXB0Lz48L3N2Zz4=", "cases.evidence_type")] // an SVG that calls itself PNG
    [InlineData("data:text/html,<script>", "cases.evidence_type")]
    [InlineData("data:image/png;base64,%%%", "cases.evidence_damaged")]
    [InlineData("", "cases.evidence_type")]
    public void What_is_no_picture_is_refused_whatever_it_calls_itself(string url, string code) =>
        EvidenceIntake.TakeDataUrl(EvidenceKind.Photo, url).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void A_data_url_gives_the_same_as_its_bytes_and_has_the_same_limit()
    {
        EvidenceIntake.TakeDataUrl(EvidenceKind.Photo, "data:image/jpeg;base64," + Convert.ToBase64String(Jpeg())).Value.Bytes.ShouldBe(Jpeg());
        EvidenceIntake.Take(EvidenceKind.Photo, new byte[EvidenceIntake.BytesMax + 1]).Refusal!.Code.ShouldBe("cases.evidence_too_large");
        EvidenceIntake.TakeDataUrl(EvidenceKind.Photo,
            "data:image/jpeg;base64," + new string('A', EvidenceIntake.BytesMax * 2)).Refusal!.Code.ShouldBe("cases.evidence_too_large");
    }

    private static byte[] Jpeg(params byte[][] more) =>
        [0xFF, 0xD8, .. more.SelectMany(segment => segment), .. Segment(0xDB, new byte[65]), .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9];

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Png(params byte[][] more) =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. more.SelectMany(chunk => chunk),
            .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];

    private static byte[] Chunk(string type, byte[] body)
    {
        var chunk = new byte[12 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), Crc(chunk.AsSpan(4, body.Length + 4)));
        return chunk;
    }

    // Bit by bit, so that it shares no table with what it checks.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] WebP(params byte[][] chunks)
    {
        var body = (byte[])[.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        return [.. "RIFF"u8, .. size, .. body];
    }

    private static byte[] Riff(string type, byte[] body)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. size, .. body, .. body.Length % 2 == 1 ? new byte[1] : []];
    }
}
