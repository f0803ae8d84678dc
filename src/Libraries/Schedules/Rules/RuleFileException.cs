using Legwork.Yaml;

namespace Legwork.Schedules;

/// <summary>A rule file cannot be taken; says which file, which line and why. Nothing of the rule set is used then.</summary>
public sealed class RuleFileException(string file, int line, string reason)
    : Exception(line > 0 ? FormattableString.Invariant($"{file}:{line}: {reason}") : $"{file}: {reason}")
{
    public string File { get; } = file;
    /// <summary>Counted from 1; 0 where the whole file is meant.</summary>
    public int Line { get; } = line;
    public string Reason { get; } = reason;

    internal static RuleFileException Of(YamlFault fault) =>
        new(fault.File, fault.Line, fault.Path.Length > 0 ? $"{fault.Path}: {fault.Reason}" : fault.Reason);
}
