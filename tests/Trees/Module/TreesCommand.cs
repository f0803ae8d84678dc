using System.CommandLine;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Trees;

internal static class TreesCommand
{
    public static Command Make(IDistrictDoor door)
    {
        var command = new Command("plant", "List an old tree.");
        var name = command.Word("NAME", "What it is called.");
        var place = command.Needed("--place", "CODE", "The grid in which it stands.");
        command.SetAction((line, _) => door.Open(line, async district =>
        {
            await district.GetRequiredService<TreeBook>().Plant(line.GetRequiredValue(name), line.GetRequiredValue(place));
            return 0;
        }));
        return command;
    }
}
