using System.Text;
using Legwork.Host;
using Legwork.Host.Commands;
using Legwork.Linking;
using Legwork.Platform.Storage;
using Legwork.Schedules;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var name = args.FirstOrDefault() ?? "help";
if (name is "--help" or "-h") name = "help";
var command = CommandList.All.FirstOrDefault(command => command.Name == name);
if (command is null)
{
    Console.Error.WriteLine($"'{name}' is not a command. 'legwork help' lists them.");
    return 2;
}
// Libraries with a command line of their own, usable without a district.
if (name == "link") return LinkCommand.Run(args.Skip(1).ToList());
if (name == "conformance") return ConformanceCommand.Run(args.Skip(1).ToList());
if (name == "forecast") return await ForecastCommand.Run(args.Skip(1).ToList(), Path.Combine(DistrictOptions.Home, "rules", "immunization"), TimeProvider.System);
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
catch (Exception fault) when (Unusable.Says(fault) is { } why)
{
    Console.Error.WriteLine(why);
    return 1;
}

/// <summary>Named so that tests can start the whole application.</summary>
public partial class Program;
