using Legwork.Platform.Storage;

namespace Legwork.Messages.Channels;

/// <summary>A file that is there whole or not at all, and that only the server's own account can read.</summary>
internal static class OutgoingFile
{
    /// <returns>What came of each message of the batch: those in time lie in the file.</returns>
    public static IReadOnlyList<HandedOver> Write(string folder, string name, IReadOnlyList<Handing> batch, DateTimeOffset now,
        Action<Stream, IReadOnlyList<Handing>> write)
    {
        Store.MakeFolder(folder);
        var path = Path.Combine(folder, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path + ".new", options))
        {
            write(file, [.. batch.Where(one => one.NotAfter > now)]);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        return [.. batch.Select(one => one.NotAfter > now ? new HandedOver(one.Message, "handed", name) : new HandedOver(one.Message, "late", ""))];
    }
}
