using System.Buffers.Binary;

namespace Legwork.Cases.Evidence;

/// <summary>The one thing in Exif data that belongs to the picture: how the camera was held (Exif 2.32, tag 274).</summary>
internal static class Exif
{
    private const int Orientation = 0x0112, Short = 3, EntryBytes = 12, EntriesMax = 200;

    /// <param name="tiff">From the byte order on, without the marker <c>Exif\0\0</c>.</param>
    /// <returns>1 (as it lies) to 8; 1 where nothing sound says otherwise.</returns>
    public static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8)) tiff = tiff[6..];
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8))) return 1;
        var little = tiff[0] == 'I';
        var at = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (at > tiff.Length - 2) return 1;
        var directory = tiff[(int)at..];
        var entries = Math.Min(Word(directory), EntriesMax);
        for (var i = 0; i < entries && 2 + (i + 1) * EntryBytes <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + i * EntryBytes, EntryBytes);
            if (Word(entry) == Orientation && Word(entry[2..]) == Short) return Word(entry[8..]) is >= 1 and <= 8 and var held ? held : 1;
        }
        return 1;

        int Word(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
