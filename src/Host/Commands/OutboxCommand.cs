using System.CommandLine;
using Legwork.Kernel;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;

namespace Legwork.Host.Commands;

/// <summary>What failed too often and holds later events of its key: look, have it tried again, or pass over it.</summary>
internal static class OutboxCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("outbox", "List events that a module could not hear and that hold later ones of the same person or place.");
        command.SetAction((line, _) => door.OpenExisting(line, district => Task.FromResult(Show(Relay(district).Parked()))));

        var retry = new Command("retry", "Bring an event to its module again, once the cause is remedied.");
        var (retried, at) = Delivery(retry);
        retry.SetAction((line, _) => door.OpenExisting(line, async district =>
            Say(await Relay(district).Retry(line.GetValue(retried), line.GetRequiredValue(at)), "It is brought again.")));

        var skip = new Command("skip", "Pass over an event for good: its module never hears of it, and what it held goes on.");
        var (skipped, by) = Delivery(skip);
        var why = skip.Needed("--why", "TEXT", "What was done instead, or why nothing is needed; kept with the event.");
        skip.SetAction((line, _) => door.OpenExisting(line, async district =>
            Say(await Relay(district).Skip(line.GetValue(skipped), line.GetRequiredValue(by), line.GetRequiredValue(why)), "It is passed over.")));

        command.Subcommands.Add(retry);
        command.Subcommands.Add(skip);
        return command;
    }

    private static Relay Relay(IServiceProvider district) => district.GetRequiredService<Relay>();

    private static (Argument<long> Event, Argument<string> Module) Delivery(Command command)
    {
        var delivery = (new Argument<long>("EVENT") { Description = "Its number, as 'legwork outbox' lists it." },
            new Argument<string>("MODULE") { Description = "The module that could not hear it." });
        command.Arguments.Add(delivery.Item1);
        command.Arguments.Add(delivery.Item2);
        return delivery;
    }

    private static int Show(IReadOnlyList<ParkedDelivery> parked)
    {
        foreach (var delivery in parked)
            Console.WriteLine($"event {delivery.Event} ({delivery.Kind}, {delivery.At:yyyy-MM-dd HH:mm} UTC) did not reach '{delivery.Module}': "
                + $"{delivery.Error} after {delivery.Tries} tries; holds {delivery.Behind} later of {delivery.Key}");
        Console.WriteLine(parked.Count == 0
            ? "Nothing is parked."
            : "The log says why. Remedy the cause, then: legwork outbox retry EVENT MODULE, or: legwork outbox skip EVENT MODULE --why TEXT");
        return 0;
    }

    private static int Say(Outcome<Done> done, string sentence)
    {
        if (done.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return 1;
        }
        Console.WriteLine(sentence);
        return 0;
    }
}
