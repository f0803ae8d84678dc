using System.CommandLine;
using System.Globalization;
using Legwork.Host.Practice;
using Legwork.Host.Web;
using Legwork.Platform.Modules;

namespace Legwork.Host.Commands;

/// <summary>A copy of the district with invented people, to practise in: wiped every night, and nothing leaves it.</summary>
internal static class PractiseCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("practise", "Serve a copy of the district with invented people, wiped every night.");
        var people = command.Number("--people", "How many invented people are insured.", 6_000, 100, 108_000);
        var listen = command.Text("--listen", "URL", "The address to serve at (default: http://127.0.0.1:8090).");
        var real = command.Text("--real", "URL", "The district's own address, for the way back on the sign-in page.");
        var wipe = command.Text("--wipe", "HH:MM", "When it is wiped, by the district's clock (default: 02:30).");
        command.SetAction(async (line, cancel) =>
        {
            var options = door.Options(line);
            options.Listen = line.GetValue(listen) ?? "http://127.0.0.1:8090";
            if (line.GetValue(real) is { } way) options.Real = way;
            BeforeServing.CheckAddress(options.Listen);
            var hour = line.GetValue(wipe) ?? "02:30";
            if (!TimeOnly.TryParseExact(hour, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                throw new UsageException($"--wipe {hour} is no time of day such as 02:30.");
            var house = new PracticeHouse(options, PracticeFolder.Beside(options.Data), line.GetValue(people), at, TimeProvider.System,
                Console.WriteLine);
            await house.Run(cancel);
            Console.WriteLine("Practice is shut. What was practised is kept until the first start after the wiping hour.");
            return 0;
        });
        return command;
    }
}
