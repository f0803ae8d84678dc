using System.Text.Json;
using System.Text.Json.Serialization;
using Legwork.Host.Doctor;

namespace Legwork.Host.Commands;

internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var json = args.Flag("json");
        args.Done(wordsMax: 0);
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
        return Task.FromResult(signs.Any(sign => sign.Health == Health.Bad) ? 1 : 0);
    }
}
