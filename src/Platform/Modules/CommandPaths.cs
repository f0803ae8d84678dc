using System.CommandLine;
using System.CommandLine.Parsing;

namespace Legwork.Platform.Modules;

// Options and words that name a file or a folder. What cannot be is said before the command does anything.
public static partial class CommandOptions
{
    /// <summary>Adds an option that names a file which is there: <c>--model M.yaml</c>.</summary>
    /// <param name="needed">Without it the command is refused.</param>
    /// <param name="orStream">"-" is standard input.</param>
    public static Option<string?> FileToRead(
        this Command command, string name, string value, string sentence, bool needed = false, bool orStream = false) =>
        command.Named(name, value, sentence, needed, path => orStream && path == "-" ? null : NoFile(path));

    /// <summary>Adds an option that names a file to write: <c>--out F.csv</c>. The folder that it lies in is there.</summary>
    /// <param name="needed">Without it the command is refused.</param>
    /// <param name="orStream">"-" is standard output.</param>
    public static Option<string?> FileToWrite(
        this Command command, string name, string value, string sentence, bool needed = false, bool orStream = false) =>
        command.Named(name, value, sentence, needed, path => orStream && path == "-" ? null : NoNewFile(path, name));

    /// <summary>Adds an option that names a folder which is there.</summary>
    public static Option<string?> FolderToRead(this Command command, string name, string value, string sentence, bool needed = false) =>
        command.Named(name, value, sentence, needed, NoFolder);

    /// <summary>Adds an option that names a folder to write into; it is made where it is not there.</summary>
    public static Option<string?> FolderToWrite(this Command command, string name, string value, string sentence, bool needed = false) =>
        command.Named(name, value, sentence, needed, path => File.Exists(path) ? $"{path} is a file; name a folder." : null);

    /// <summary>Adds a word that names a file which is there.</summary>
    public static Argument<string> FileWord(this Command command, string name, string sentence) =>
        command.Word(name, sentence).Looked(NoFile);

    /// <summary>Adds words that each name a file which is there.</summary>
    public static Argument<string[]> FileWords(this Command command, string name, string sentence)
    {
        var words = new Argument<string[]>(name) { Description = sentence, Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(words);
        return words.Looked(NoFile);
    }

    /// <summary>Adds a word that names a folder which is there.</summary>
    public static Argument<string> FolderWord(this Command command, string name, string sentence) =>
        command.Word(name, sentence).Looked(NoFolder);

    /// <summary>Looks at each path that the option names, and refuses what <paramref name="wrong"/> says of it.</summary>
    public static T Looked<T>(this T option, Func<string, string?> wrong) where T : Option
    {
        option.Validators.Add(result => Look(result, wrong));
        return option;
    }

    /// <summary>What is wrong with a folder to be read; null when nothing is.</summary>
    public static string? NoFolder(string path) => Directory.Exists(path) ? null
        : File.Exists(path) ? $"{path} is a file; name the folder that it lies in."
        : $"There is no folder {path}.";

    /// <summary>What is wrong with a file to be read; null when nothing is.</summary>
    public static string? NoFile(string path) => File.Exists(path) ? null
        : Directory.Exists(path) ? $"{path} is a folder; name a file in it."
        : $"There is no file {path}.";

    /// <summary>Memory that is mounted as a folder lies there too, and is none.</summary>
    public static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static string? NoNewFile(string path, string option)
    {
        if (Directory.Exists(path)) return $"{path} is a folder; name a file in it: {option} {Path.Combine(path, "NAME")}.";
        if (path.Length == 0) return $"{option} needs the name of a file.";
        // What is written whole is moved to its place, and would take the place of the device for every program.
        if (IsDevice(path)) return $"{path} is a device; name a file.";
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return folder is null || Directory.Exists(folder) ? null
            : $"{path} cannot be written: there is no folder {folder}. Make it first, or name a file in another.";
    }

    private static Option<string?> Named(
        this Command command, string name, string value, string sentence, bool needed, Func<string, string?> wrong)
    {
        var option = command.Text(name, value, sentence).Looked(wrong);
        option.Required = needed;
        return option;
    }

    private static Argument<T> Looked<T>(this Argument<T> word, Func<string, string?> wrong)
    {
        word.Validators.Add(result => Look(result, wrong));
        return word;
    }

    private static void Look(SymbolResult result, Func<string, string?> wrong)
    {
        foreach (var named in result.Tokens)
            if (wrong(named.Value) is { } sentence) result.AddError(sentence);
    }
}
