using System.Text;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Secrets;

/// <summary>A key on disk: made once, whole, readable by its owner alone.</summary>
internal static class KeyFile
{
    /// <summary>Of several processes that start at once, the first makes the key and all read that one.</summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (File.Exists(path)) return File.ReadAllText(path);
        Store.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(Encoding.ASCII.GetBytes(make()));
            file.Flush(flushToDisk: true);
        }
        try
        {
            // Under its own name only when it is complete: nobody ever reads half a key.
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }
        return File.ReadAllText(path);
    }
}
