using System.CommandLine;
using System.CommandLine.Invocation;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>The whole command line: the host's own commands and those that the modules bring.</summary>
internal static class LegworkCommand
{
    /// <summary>Written wrongly; what is impossible on this machine is 1.</summary>
    private const int Misused = 2;

    private static readonly InvocationConfiguration Plain = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static RootCommand Make(ModuleList modules)
    {
        var door = new DistrictDoor(modules);
        var root = new RootCommand("""
            Legwork (数跑): the open server of one city district.

            Beside the commands below, the launcher knows:
              legwork pack --out FILE.tar.gz   Pack program, runtime, rules and docs for a machine without internet.
              legwork test [NAME] [--quick]    Run every test, or the projects whose name contains NAME.
            """);
        foreach (var option in door.Everywhere()) root.Options.Add(option);
        foreach (var command in Own(door)) root.Subcommands.Add(command);
        foreach (var command in modules.Brought<ModuleCommand>().Select(brought => brought.Make(door))
            .OrderBy(command => command.Name, StringComparer.Ordinal))
            root.Subcommands.Add(command);
        root.Subcommands.Add(HelpCommand(root));
        return root;
    }

    /// <returns>The exit code: 0 done, 1 impossible or found wanting, 2 written wrongly.</returns>
    public static async Task<int> Run(IReadOnlyList<string> args, ModuleList modules)
    {
        var line = Make(modules).Parse(args.Count == 0 ? ["--help"] : args);
        if (line.Action is ParseErrorAction)
        {
            Console.Error.WriteLine(WrittenWrongly.Says(line));
            return Misused;
        }
        try
        {
            return await line.InvokeAsync(Plain);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message} {WrittenWrongly.Help(line.CommandResult.Command)}");
            return Misused;
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
    }

    private static IEnumerable<Command> Own(DistrictDoor door) =>
    [
        DemoCommand.Make(door), PractiseCommand.Make(door), ServeCommand.Make(door),
        AdminCommand.Make(door), DoctorCommand.Make(door), OutboxCommand.Make(door),
        BackupCommand.Make(door), RestoreCommand.Make(door),
        VerifyLogCommand.Make(door), ExportHeadsCommand.Make(door), BenchCommand.Make(door), SoakCommand.Make(door),
        SoakWriterCommand.Make(door), CompletionCommand.Make(),
    ];

    private static Command HelpCommand(RootCommand root)
    {
        var help = new Command("help", "Show this list.");
        help.SetAction((_, cancel) => root.Parse(["--help"]).InvokeAsync(Plain, cancel));
        return help;
    }
}
