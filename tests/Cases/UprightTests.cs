using System.Buffers.Binary;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using SkiaSharp;

namespace Legwork.Cases.Tests;

/// <summary>A picture sent without script stands as its camera was held, and nothing decodes one that claims to be huge.</summary>
public class UprightTests
{
    public static TheoryData<int> Held => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Held))]
    public void A_photo_is_turned_as_its_camera_was_held_and_its_place_is_gone(int orientation)
    {
        var sent = With(Exif(orientation), Lying(orientation));
        var taken = EvidenceIntake.Take(EvidenceKind.Photo, sent).Value;
        taken.MediaType.ShouldBe("image/jpeg");
        taken.Bytes.AsSpan().IndexOf("29.65N"u8).ShouldBe(-1);
        using var seen = SKBitmap.Decode(taken.Bytes);
        (seen.Width, seen.Height).ShouldBe((80, 40));
        // Red stands at the upper left of what was photographed, blue at the lower right.
        Near(seen.GetPixel(10, 10), SKColors.Red).ShouldBeTrue($"{seen.GetPixel(10, 10)}");
        Near(seen.GetPixel(70, 30), SKColors.Blue).ShouldBeTrue($"{seen.GetPixel(70, 30)}");
        Near(seen.GetPixel(70, 10), SKColors.White).ShouldBeTrue($"{seen.GetPixel(70, 10)}");
    }

    [Fact]
    public void A_picture_that_claims_more_points_than_it_may_have_is_refused_before_anything_decodes_it()
    {
        var photo = With(Exif(6), Lying(6));
        var frame = photo.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(photo.AsSpan(frame + 5), 60_000);
        BinaryPrimitives.WriteUInt16BigEndian(photo.AsSpan(frame + 7), 60_000);
        var png = new byte[60];
        ((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(png, 0);
        png.AsSpan(16, 8).Fill(0xFF);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var huge in new[] { photo, png })
            EvidenceIntake.Take(EvidenceKind.Photo, huge).Refusal!.Code.ShouldBe("cases.evidence_pixels");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_turned_photo_that_cannot_be_decoded_to_its_end_is_refused()
    {
        var whole = With(Exif(6), Lying(6));
        // Without the table by which it is decoded.
        var table = whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        var cut = (byte[])[.. whole[..table], .. whole[(table + 2 + BinaryPrimitives.ReadUInt16BigEndian(whole.AsSpan(table + 2)))..]];
        EvidenceIntake.Take(EvidenceKind.Photo, cut).Refusal!.Code.ShouldBe("cases.evidence_damaged");
    }

    [Fact]
    public void Any_damage_to_a_turned_photo_is_refused_or_gives_a_picture()
    {
        var (random, whole) = (new Random(20261130), With(Exif(6), Lying(6)));
        for (var i = 0; i < 400; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var flips = random.Next(1, 5); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var taken = EvidenceIntake.Take(EvidenceKind.Photo, bytes);
            if (!taken.Ok) taken.Refusal!.Code.ShouldBeOneOf("cases.evidence_type", "cases.evidence_damaged", "cases.evidence_pixels");
        }
    }

    [Fact]
    public void The_photo_that_once_lay_on_its_side_stands()
    {
        var taken = EvidenceIntake.Take(EvidenceKind.Photo, File.ReadAllBytes(Repository.Sample("reports/files/photo-orientation/a.jpg"))).Value;
        using var seen = SKBitmap.Decode(taken.Bytes);
        (seen.Width, seen.Height).ShouldBe((40, 80));
    }

    /// <summary>The scene of 80 × 40 as the sensor of a camera held so stores it.</summary>
    private static byte[] Lying(int orientation)
    {
        using var lying = orientation >= 5 ? new SKBitmap(40, 80) : new SKBitmap(80, 40);
        for (var x = 0; x < lying.Width; x++)
            for (var y = 0; y < lying.Height; y++)
            {
                var (w, h) = (lying.Width, lying.Height);
                var (sceneX, sceneY) = orientation switch
                {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (h - 1 - y, x),
                    7 => (h - 1 - y, w - 1 - x),
                    8 => (y, w - 1 - x),
                    _ => (x, y),
                };
                lying.SetPixel(x, y, sceneX < 40 && sceneY < 20 ? SKColors.Red : sceneX >= 40 && sceneY >= 20 ? SKColors.Blue : SKColors.White);
            }
        return lying.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    private static byte[] With(byte[] segment, byte[] jpeg) => [.. jpeg[..2], .. segment, .. jpeg[2..]];

    private static byte[] Exif(int orientation) => [0xFF, 0xE1, 0, 42, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. "29.65N"u8, 0, 0];

    private static bool Near(SKColor seen, SKColor wanted) =>
        Math.Abs(seen.Red - wanted.Red) + Math.Abs(seen.Green - wanted.Green) + Math.Abs(seen.Blue - wanted.Blue) < 90;
}
