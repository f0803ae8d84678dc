using System.CommandLine;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>The first administrator is created here, on the machine itself; every later account on the staff page.</summary>
internal static class AdminCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("admin", "The administrators of a district, on the machine itself.");
        var create = new Command("create", "Create an administrator; the password is read from standard input.");
        var signIn = create.Needed("--sign-in", "NAME", "The name to sign in with.");
        var name = create.Text("--name", "NAME", "The person's name (default: the sign-in name).");
        create.SetAction((line, _) => Create(door.Options(line), line.GetRequiredValue(signIn),
            line.GetValue(name) ?? line.GetRequiredValue(signIn)));
        command.Subcommands.Add(create);
        return command;
    }

    private static async Task<int> Create(DistrictOptions options, string signIn, string name)
    {
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
