using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

internal static class ServeCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        if (args.Option("listen") is { } listen) options.Listen = listen;
        args.Done(wordsMax: 0);
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
        if (all == 0) return $"Nobody can sign in yet. Create the first administrator:  legwork admin create --sign-in NAME --name NAME --data {options.Data}";
        return demonstration > 0 && !options.Demonstration
            ? $"{demonstration} accounts still have the demonstration's published passwords. Serve a district of your own, or use 'legwork demo'."
            : null;
    }
}
