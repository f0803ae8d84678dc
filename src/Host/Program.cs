using System.Text;
using Legwork.Host.Commands;
using Legwork.Linking;
using Legwork.Platform.Storage;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var name = args.FirstOrDefault() ?? "help";
if (name is "--help" or "-h") name = "help";
var command = CommandList.All.FirstOrDefault(command => command.Name == name);
if (command is null)
{
    Console.Error.WriteLine($"'{name}' is not a command. 'legwork help' lists them.");
    return 2;
}
// The linker is a library with a command line of its own, usable on any table.
if (name == "link") return LinkCommand.Run(args.Skip(1).ToList());
try
{
    var arguments = new Arguments(args.Skip(1), CommandList.Flags);
    if (arguments.Flag("help"))
    {
        Console.WriteLine($"legwork {command.Usage}\n{command.Sentence}");
        return 0;
    }
    return await command.Run(arguments);
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\nUsage: legwork {command.Usage}");
    return 2;
}
catch (CannotOpenException cannot)
{
    Console.Error.WriteLine(cannot.Message);
    return 1;
}

/// <summary>Named so that tests can start the whole application.</summary>
public partial class Program;
