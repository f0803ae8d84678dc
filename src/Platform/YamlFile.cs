using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Legwork.Platform;

/// <summary>Settings of a district and its rules, as whoever edits them has left them.</summary>
public static class YamlFile
{
    /// <exception cref="FormatException">It is not YAML, or empty; the file and the line are named.</exception>
    public static YamlStream Load(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <exception cref="FormatException">It is not YAML, or empty; <paramref name="path"/> and the line are named.</exception>
    public static YamlStream Read(TextReader reader, string path)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException wrong)
        {
            throw new FormatException($"{path}: line {wrong.Start.Line} is not YAML. {wrong.Message}", wrong);
        }
        return stream.Documents.Count > 0 ? stream : throw new FormatException($"{path}: the file is empty.");
    }
}
