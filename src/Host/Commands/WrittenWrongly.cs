using System.CommandLine;
using Legwork.Linking;

namespace Legwork.Host.Commands;

/// <summary>What is wrong with a command line, in one sentence that says how to go on: a newcomer mends one thing at a time.</summary>
internal static class WrittenWrongly
{
    /// <summary>Commands of the launcher, which the program never sees.</summary>
    private static readonly string[] OfTheLauncher = ["pack", "test"];

    public static string Says(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var unknown = line.UnmatchedTokens;
        if (unknown.FirstOrDefault(word => word.StartsWith('-')) is { } option && !IsGroupWithout(command, unknown[0]))
            return UnknownOption(line, option.Split('=')[0]);
        if (unknown.Count > 0 && command.Subcommands.Count > 0) return UnknownCommand(command, unknown[0]);
        if (unknown.Count > 0) return $"'{Path(command)}' does not take {unknown[0]}; {Help(command)}";
        if (Absent(line) is { } absent) return $"'{Path(command)}' needs {absent}; {Help(command)}";
        return command.Action is null && command.Subcommands.Count > 0
            ? $"'{Path(command)}' needs one of {InWords(Commands(command))} behind it."
            : line.Errors[0].Message.ReplaceLineEndings(" ");
    }

    /// <summary>Where it is said how the command is written.</summary>
    public static string Help(Command command) =>
        command is RootCommand ? "'legwork help' lists the commands." : $"'{Path(command)} --help' says how it is written.";

    /// <summary>The word nearest to what was typed: a letter in three wrong, left out, doubled or in the wrong order. Null where none is.</summary>
    internal static string? Nearest(string typed, IEnumerable<string> words)
    {
        var most = Math.Max(1, typed.TrimStart('-').Length / 3);
        return words.Select(word => (Word: word, Letters: EditDistance.Of(typed, word)))
            .Where(near => near.Letters <= most || (typed.TrimStart('-').Length > 2 && near.Word.StartsWith(typed, StringComparison.Ordinal)))
            .OrderBy(near => near.Letters).ThenBy(near => near.Word, StringComparer.Ordinal).Select(near => near.Word).FirstOrDefault();
    }

    // A command that only gathers others: what stands first behind it was to be one of them.
    private static bool IsGroupWithout(Command command, string first) => command.Subcommands.Count > 0 && !first.StartsWith('-');

    private static string UnknownCommand(Command command, string word)
    {
        var (words, of) = (Commands(command), command is RootCommand ? "" : $" of '{Path(command)}'");
        return $"{word} is not a command{of}; " + (Nearest(word, words) is { } near ? $"did you mean {near}?"
            : command is RootCommand ? Help(command) : $"it has {InWords(words)}.");
    }

    private static string UnknownOption(ParseResult line, string option)
    {
        var command = line.CommandResult.Command;
        var options = command.Options.Concat(line.RootCommandResult.Command.Options.Where(one => one.Recursive))
            .Where(one => !one.Hidden).Select(one => one.Name).Distinct().ToList();
        return $"{option} is not an option of '{Path(command)}'; "
            + (Nearest(option, options) is { } near ? $"did you mean {near}?" : $"it takes {InWords(options)}.");
    }

    private static string? Absent(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var absent = command.Arguments.Where(word => word.Arity.MinimumNumberOfValues > 0 && line.GetResult(word) is not { Tokens.Count: > 0 })
            .Select(word => word.Name)
            .Concat(command.Options.Where(option => option.Required && line.GetResult(option) is not { Implicit: false })
                .Select(option => $"{option.Name} {option.HelpName}")).ToList();
        return absent.Count == 0 ? null : InWords(absent);
    }

    private static List<string> Commands(Command command) =>
        [.. command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name), .. command is RootCommand ? OfTheLauncher : []];

    private static string Path(Command command) =>
        command is RootCommand ? "legwork" : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";

    private static string InWords(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
}
