using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>The first administrator is created here, on the machine itself; every later account on the staff page.</summary>
internal static class AdminCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var signIn = args.Need("sign-in", "NAME");
        var name = args.Option("name") ?? signIn;
        if (args.Word(0, "The word 'create'") != "create") throw new UsageException("The only word here is 'create'.");
        args.Done(wordsMax: 1);
        if (!Console.IsInputRedirected) Console.Write("Password (at least 10 characters): ");
        var password = Console.ReadLine() ?? "";

        await using var district = District.Open(options);
        var accounts = district.GetRequiredService<Accounts>();
        var clock = district.GetRequiredService<TimeProvider>();
        var outcome = await district.GetRequiredService<Store>().Write(session =>
        {
            var created = accounts.Create(session, signIn, name, password);
            if (created.Ok)
                accounts.Give(session, created.Value, Role.Administrator, options.DistrictCode, clock.Today(), null, Guid.Empty);
            return created;
        });
        if (outcome.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return 1;
        }
        Console.WriteLine($"Administrator '{signIn}' created.");
        return 0;
    }
}
