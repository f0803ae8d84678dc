using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Legwork.Host.Doctor;
using Legwork.Platform.Modules;

namespace Legwork.Host.Commands;

internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Make(DistrictDoor door)
    {
        var command = new Command("doctor", "Look at everything the district rests on; exit 1 when something is bad.");
        var json = command.Flag("--json", "Print as JSON.");
        command.SetAction(line => Look(door.Options(line), line.GetValue(json)));
        return command;
    }

    private static int Look(DistrictOptions options, bool json)
    {
        var signs = new Examination(options, TimeProvider.System).Run();
        if (json) Console.WriteLine(JsonSerializer.Serialize(signs, Json));
        else
        {
            foreach (var sign in signs)
            {
                Console.WriteLine($"{sign.Health.ToString().ToLowerInvariant(),-5} {sign.Of,-11} {sign.Says}");
                if (sign.Health != Health.Ok) Console.WriteLine($"                  → {sign.Do}");
            }
        }
        return signs.Any(sign => sign.Health == Health.Bad) ? 1 : 0;
    }
}
