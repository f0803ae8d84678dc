using System.CommandLine;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

internal static class ServeCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("serve", "Serve the district at --data.");
        var listen = command.Text("--listen", "URL", "The address to serve at (default: http://127.0.0.1:8080, or 'Listen' of the settings).");
        var begin = command.Flag("--new", "Begin an empty district where --data holds none.");
        command.SetAction((line, _) =>
        {
            var options = door.Options(line);
            if (line.GetValue(listen) is { } address) options.Listen = address;
            return Serve(options, line.GetValue(begin));
        });
        return command;
    }

    private static async Task<int> Serve(DistrictOptions options, bool begin)
    {
        using var alone = BeforeServing.Check(options, begin);
        await using var app = WebServer.Build(options, []);
        if (RefusesToServe(app.Services, options) is { } why)
        {
            Console.Error.WriteLine(why);
            return 1;
        }
        await app.StartAsync();
        Console.WriteLine($"Serving at {string.Join(", ", app.Urls)}  (Ctrl+C stops it)");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static string? RefusesToServe(IServiceProvider services, DistrictOptions options)
    {
        var (all, demonstration) = services.GetRequiredService<Store>().Read(session =>
            (Accounts.Count(session), Accounts.Count(session, demonstrationOnly: true)));
        if (all == 0)
            return $"Nobody can sign in yet. Create the first administrator:  legwork admin create --sign-in NAME --name NAME --data {options.Data}";
        return demonstration > 0 && !options.Demonstration
            ? $"{demonstration} accounts still have the demonstration's published passwords. Serve a district of your own, or use 'legwork demo'."
            : null;
    }
}
