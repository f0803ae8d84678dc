using Legwork.Messages.Channels;
using Legwork.Messages.Contracts;
using Legwork.Messages.Pages;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Messages;

/// <summary>
/// A module says what a person is to know → the kind's ways, the person's wish and the hour → it is handed over once, or a clerk rings → the
/// person's page, the proof of it, and the list of those whom nobody reached.
/// </summary>
public sealed class MessagesModule : IModule
{
    internal const string OutgoingFolder = "outgoing";
    private const string Unreached = "/messages?state=unreached";

    public string Name => "messages";

    /// <summary>Whoever has people to tell contributes a <see cref="RecipientOwner"/>, and kinds in its <c>Rules/messages.yaml</c>.</summary>
    public void Add(IServiceCollection services) => services
        .AddSingleton(provider => MessageRules.Load(provider.GetRequiredService<ModuleList>().Texts(MessageRules.Resource)))
        .AddSingleton(Words)
        .AddSingleton<MessageBook>()
        .AddSingleton<IMessages>(provider => provider.GetRequiredService<MessageBook>())
        .AddSingleton<Addresses>()
        .AddSingleton(provider => Ways.Load(provider.GetRequiredService<PlatformPlaces>().KeysFolder, Outgoing(provider),
            provider.GetRequiredService<AccessRules>().Demonstration, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SendMessages>()
        .AddSingleton(provider => new Lazy<SendMessages>(provider.GetRequiredService<SendMessages>))
        .AddSingleton<MessageDesk>()
        .AddSingleton<TakeReceipts>()
        .AddWhileServing("handing over messages", TimeSpan.FromSeconds(2),
            (provider, cancel) => provider.GetRequiredService<SendMessages>().SendDue(cancel))
        .AddSingleton(new WorkWaiting("messages.nav", 50, MessagesPermissions.Desk, Waiting))
        .AddSingleton(new NavItem("messages.nav", "/messages", MessagesPermissions.Desk, 55))
        .AddSingleton(new NavItem("messages.outgoing.nav", "/messages/outgoing", MessagesPermissions.Outgoing, 88) { Rare = true })
        .AddSingleton(new Gauge("legwork_messages", "Messages by state.", "state",
            "select state as label, count(*) as value from messages_message group by state"));

    /// <summary>The list of calls and of those not reached under <c>/messages</c>, the outgoing files, and what gateways report.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Asked for here, so that rules, owners or gateways that are wrong stop the start and not the first message.
        _ = (routes.ServiceProvider.GetRequiredService<Addresses>(), routes.ServiceProvider.GetRequiredService<Ways>());
        CheckTexts(routes.ServiceProvider.GetRequiredService<Texts>(), routes.ServiceProvider.GetRequiredService<MessageRules>());
        DeskRoutes.Map(routes);
        ReceiptRoutes.Map(routes);
    }

    private static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        var t = services.GetRequiredService<T>();
        var (calls, unreached) = await services.GetRequiredService<MessageDesk>().Counts(actor, cancel);
        return new WaitingNow(
            [new Choice("/messages", t["messages.work.calls"], t.Number(calls)),
                new Choice(Unreached, t["messages.work.unreached"], t.Number(unreached))],
            calls + unreached == 0 ? null : new Crumb(t["messages.work.first"], calls > 0 ? "/messages" : Unreached), ["/messages"]);
    }

    /// <summary>Beside the heads of the log, in the data folder.</summary>
    internal static string Outgoing(IServiceProvider provider) =>
        Path.GetFullPath(Path.Combine(provider.GetRequiredService<PlatformPlaces>().HeadsFolder, "..", OutgoingFolder));

    /// <summary>The server's texts; a command without pages reads them itself, since what it hands over has words too.</summary>
    private static MessageWords Words(IServiceProvider provider) => new(provider.GetService<Texts>() ?? new Texts(
        provider.GetRequiredService<ModuleList>().Assemblies.Select(module => module.Assembly), missingThrows: false,
        provider.GetServices<ICalledWords>()), provider.GetRequiredService<PlaceNames>());

    private static void CheckTexts(Texts texts, MessageRules rules)
    {
        foreach (var kind in rules.Kinds)
            foreach (var key in new[] { $"message.{kind.Code}.title", $"message.{kind.Code}.text" })
                if (!texts.Has(key)) throw new InvalidOperationException($"The kind of message '{kind.Code}' is declared without its text '{key}'.");
    }
}
