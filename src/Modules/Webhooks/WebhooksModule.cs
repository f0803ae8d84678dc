using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Contracts;
using Legwork.Webhooks.Pages;
using Legwork.Webhooks.Sending;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Webhooks;

/// <summary>
/// A module tells what happened → the receiver's events, fields and purpose → it is sent, signed, until it is taken → the list of
/// deliveries, the log of reads, and the person who sees who was told.
/// </summary>
public sealed class WebhooksModule : IModule
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => "webhooks";

    /// <summary>Whoever has something to tell contributes an <see cref="EventOut"/>.</summary>
    public void Add(IServiceCollection services)
    {
        services
            .AddSingleton<EventsOut>()
            .AddSingleton(provider => Destinations.Load(provider.GetRequiredService<PlatformPlaces>().KeysFolder))
            .AddSingleton(provider => Post(provider))
            .AddSingleton<Compose>()
            .AddSingleton<SendHooks>()
            .AddSingleton<SubscriptionDesk>()
            .AddWhileServing("handing over events", TimeSpan.FromSeconds(1),
                (provider, cancel) => provider.GetRequiredService<SendHooks>().SendDue(cancel))
            .AddSingleton<IWebhooks, Door>()
            .AddSingleton(new Sweeper("webhook_deliveries", Deliveries.Sweep))
            .AddSingleton(new WorkWaiting("webhooks.nav", 70, WebhooksPermissions.Manage, Waiting))
            .AddSingleton(new NavItem("webhooks.nav", "/webhooks", WebhooksPermissions.Manage, 89) { Rare = true })
            .AddSingleton(new DoctorCheck(Look))
            .AddSingleton(HooksChapter.Chapter)
            .AddSingleton(HooksChapter.Told)
            .AddSingleton(HooksBench.Bench)
            .AddSingleton(ReceiverProcess.Command)
            .AddSingleton(new Gauge("legwork_webhook_deliveries", "Deliveries to receivers outside by state.", "state",
                "select state as label, count(*) as value from webhooks_delivery group by state"))
            .AddSingleton(new Gauge("legwork_webhook_receivers", "Receivers outside by state; resting is one that takes nothing just now.", "state",
                """
                select case when state = 'active' and failures > 0 then 'resting' else state end as label, count(*) as value
                from webhooks_subscription group by 1
                """));
        // Of each kind that goes out there is one ear. Modules come in the order of what they know, and nobody knows this one.
        foreach (var ear in PlanDeliveries.Handlers(Contributed(services))) services.AddSingleton(ear);
    }

    /// <summary>Receivers and their deliveries under <c>/webhooks</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Asked for here, so that an event without words, or a network that is written wrongly, stops the start and not the first delivery.
        var provider = routes.ServiceProvider;
        var events = provider.GetRequiredService<EventsOut>();
        events.Check(provider.GetRequiredService<Texts>(), provider.GetRequiredService<Purposes>());
        _ = provider.GetRequiredService<IPost>();
        var heard = provider.GetServices<Platform.Outbox.EventHandler>().Where(ear => ear.Module == Name).Select(ear => ear.Kind).ToHashSet();
        if (events.All.FirstOrDefault(one => !heard.Contains(one.Kind)) is { } deaf)
            throw new InvalidOperationException($"The event '{deaf.Name}' is given by a module after 'webhooks', and would go out to nobody.");
        HookRoutes.Map(routes);
    }

    private static IEnumerable<EventOut> Contributed(IServiceCollection services) =>
        services.Where(service => service.ServiceType == typeof(EventOut)).Select(service => service.ImplementationInstance).OfType<EventOut>();

    private static IPost Post(IServiceProvider provider) => provider.GetRequiredService<AccessRules>().Demonstration ? new DemonstrationPost()
        : new HttpPost(provider.GetRequiredService<Destinations>(), provider.GetRequiredService<TimeProvider>(), Patience);

    private static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        var t = services.GetRequiredService<T>();
        var troubled = await services.GetRequiredService<Store>().ReadAsync(session => session.QueryAsync<Guid>(
            "select id from webhooks_subscription where state in ('off', 'gone') or (state = 'active' and failures > 2) order by made_at"), cancel);
        return new WaitingNow([new Choice("/webhooks", t["webhooks.work"], t.Number(troubled.Count))],
            troubled.Count == 0 ? null : new Crumb(t["webhooks.work.first"], $"/webhooks/{troubled[0]}"), ["/webhooks"]);
    }

    private static IEnumerable<Sign> Look(Session session, DateTimeOffset now)
    {
        var troubled = session.Query<string>(
            "select name from webhooks_subscription where state in ('off', 'gone') or (state = 'active' and failures > 2) order by made_at");
        yield return troubled.Count == 0 ? new Sign("webhooks", Health.Ok, "Every receiver outside takes what it is told.")
            : new Sign("webhooks", Health.Warn, $"{troubled.Count} receivers take nothing: {string.Join(", ", troubled.Take(5))}.",
                "Ask them, then send again what failed on their page under /webhooks.");
    }

    private sealed class Door(SubscriptionDesk desk, SendHooks send) : IWebhooks
    {
        public async Task<Outcome<string>> Begin(Actor actor, string name, Uri url, IReadOnlyList<string> events, IReadOnlyList<string> fields) =>
            (await desk.Begin(actor, new SubscriptionAsked(name, url.ToString(), events, fields, ""))).Then<string>(begun => begun.Secret);

        public Task<int> HandOver(CancellationToken cancel) => send.SendDue(cancel);
    }
}
