using System.CommandLine;
using System.Globalization;

namespace Legwork.Platform.Modules;

/// <summary>A word of the command line that a module brings; it is made when the program starts, before any district is open.</summary>
public sealed record ModuleCommand(Func<IDistrictDoor, Command> Make);

/// <summary>The district that a command line names with <c>--data</c> and its like.</summary>
public interface IDistrictDoor
{
    /// <summary>The folder with the rules that come with the program.</summary>
    string Rules { get; }

    /// <summary>Opens it, beginning an empty one where there is none, and does the work with its services.</summary>
    /// <returns>The exit code.</returns>
    Task<int> Open(ParseResult line, Func<IServiceProvider, Task<int>> work);

    /// <summary>The same for a command that only looks: where there is none, it says so and makes none.</summary>
    Task<int> OpenExisting(ParseResult line, Func<IServiceProvider, Task<int>> work);
}

/// <summary>The command was written wrongly in a way that its options alone do not tell; the message says how.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>One line on the terminal that says what long work is doing; where there is no terminal, a line of its own every few seconds.</summary>
public sealed class ProgressLine(bool quiet = false)
{
    private const int OnTerminal = 100, Elsewhere = 5_000; // milliseconds from one to the next

    private readonly bool terminal = !Console.IsErrorRedirected;
    private long last = -Elsewhere;

    /// <param name="done">A share up to 1, or how many rows.</param>
    public void Show(string stage, double done)
    {
        if (quiet || Environment.TickCount64 - last < (terminal ? OnTerminal : Elsewhere)) return;
        last = Environment.TickCount64;
        var amount = done <= 1 ? done > 0 ? $"{done:P0}" : "" : $"{done:N0} rows";
        if (terminal) Console.Error.Write($"\r\u001b[K{stage} {amount}");
        else Console.Error.WriteLine($"{stage} {amount}".TrimEnd());
    }

    public void Clear()
    {
        if (!quiet && terminal) Console.Error.Write("\r\u001b[K");
    }
}

/// <summary>Options as the commands of this house write them.</summary>
public static partial class CommandOptions
{
    /// <summary>Adds a flag, <c>--json</c>.</summary>
    public static Option<bool> Flag(this Command command, string name, string sentence) =>
        command.With(new Option<bool>(name) { Description = sentence });

    /// <summary>Adds an option with a value: <c>--out FILE</c>.</summary>
    /// <param name="value">What stands for the value in the help.</param>
    public static Option<string?> Text(this Command command, string name, string value, string sentence) =>
        command.With(new Option<string?>(name) { Description = sentence, HelpName = value });

    /// <summary>The same, without which the command is refused.</summary>
    public static Option<string> Needed(this Command command, string name, string value, string sentence) =>
        command.With(new Option<string>(name) { Description = sentence, HelpName = value, Required = true });

    /// <summary>Adds a whole number between two bounds; what lies outside is refused with both named.</summary>
    public static Option<int> Number(this Command command, string name, string sentence, int otherwise, int min, int max)
    {
        var option = new Option<int>(name) { Description = sentence, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && !(int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max))
                result.AddError($"{name} takes a whole number from {min} to {max}.");
        });
        return command.With(option);
    }

    /// <summary>Adds a word that stands without a name.</summary>
    public static Argument<string> Word(this Command command, string name, string sentence)
    {
        var word = new Argument<string>(name) { Description = sentence };
        command.Arguments.Add(word);
        return word;
    }

    private static T With<T>(this Command command, T option) where T : Option
    {
        command.Options.Add(option);
        return option;
    }
}
