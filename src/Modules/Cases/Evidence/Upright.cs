using SkiaSharp;

namespace Legwork.Cases.Evidence;

/// <summary>
/// Turns a picture as its camera was held (Exif 2.32, tag 274), since the tag is left out with the rest of what the device wrote. Only a
/// picture that needs it is decoded, smaller where the format allows; the browser's own script has turned the others.
/// </summary>
internal static class Upright
{
    // What the phone's script sends, and enough to read a form by.
    private const int EdgeMax = 1_600;
    private const int Quality = 85;

    /// <param name="orientation">2–8.</param>
    /// <returns>Null when the picture cannot be decoded to its end.</returns>
    public static byte[]? Turn(byte[] picture, int orientation)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(picture));
        if (codec is null) return null;
        var wanted = Math.Min(1f, EdgeMax / (float)Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(wanted);
        using var lying = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(lying.Info, lying.GetPixels()) != SKCodecResult.Success) return null;

        var (w, h) = (size.Width, size.Height);
        var scale = Math.Min(1f, EdgeMax / (float)Math.Max(w, h));
        var (wide, high) = orientation >= 5 ? (h, w) : (w, h);
        using var upright = new SKBitmap(new SKImageInfo(Math.Max(1, (int)(wide * scale)), Math.Max(1, (int)(high * scale)), SKColorType.Rgba8888,
            SKAlphaType.Premul));
        using var canvas = new SKCanvas(upright);
        canvas.Scale(scale);
        canvas.Concat(Matrix(orientation, w, h));
        using var image = SKImage.FromBitmap(lying);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        using var written = upright.Encode(codec.EncodedFormat, Quality);
        return written?.ToArray();
    }

    private static SKMatrix Matrix(int orientation, float w, float h) => orientation switch
    {
        2 => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        3 => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        4 => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        5 => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        6 => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        7 => new(0, -1, h, -1, 0, w, 0, 0, 1),
        8 => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
