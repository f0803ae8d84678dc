namespace Legwork.Yaml;

/// <summary>What is wrong in a YAML file and where, as whoever edits it finds it: <c>purposes.yaml:12:
/// counter.roles[2]: a text belongs here</c>.</summary>
/// <param name="line">Counted from 1; 0 where the whole file is meant.</param>
/// <param name="path">From the root, the items of lists counted from 1; empty for the root.</param>
public sealed class YamlFault(string file, int line, string path, string reason, Exception? inner = null)
    : FormatException(string.Concat(file, line > 0 ? FormattableString.Invariant($":{line}") : "", ": ",
        path.Length > 0 ? path + ": " : "", reason), inner)
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public string Path { get; } = path;

    /// <summary>Without the place.</summary>
    public string Reason { get; } = reason;
}
