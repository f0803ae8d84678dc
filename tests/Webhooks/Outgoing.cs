using System.Net;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.Webhooks.Tests;

internal sealed record Told(string Thing, string Secret, Guid? Person);

/// <summary>Events that go out of a storage of the test's own, to receivers of the test's own. It is noon in Beijing on 22 November 2026.</summary>
internal sealed class Outgoing : IDisposable
{
    public const string District = "540102";

    public static readonly AccessBook Access = AccessBook.Of(
        ("platform", File.ReadAllText(Repository.In("src", "Platform", "Rules", "access.yaml"))),
        ("test", """
            retention: { things: { keep_days: 30, min_days: 1, basis: invented, confidence: D } }
            fields:
              name: { sensitivity: personal, under_14: [clerk], retention: things }
              thing_of: { sensitivity: personal, under_14: [clerk], retention: things }
              thing_name: { sensitivity: personal, under_14: [clerk], retention: things }
            purposes:
              handing_on: { zh: 告知, bo: བརྡ།, en: Handing on, roles: [receiver], fields: [thing_of], basis: invented }
              counting: { zh: 数, bo: གྲངས།, en: Counting, roles: [clerk], fields: [thing_of, thing_name], basis: invented }
            """));

    public static readonly IReadOnlyList<PersonId> Persons = [PersonId.New(), PersonId.New(), PersonId.New()];

    private readonly TestStore test;
    private readonly bool owner;
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();
    private readonly EventHandler[] ears;

    public Outgoing(Engine engine, IPost? post = null)
        : this(TestStore.Open(engine, ("webhooks", typeof(WebhooksModule).Assembly)), owner: true, new StoppedClock(), "one", post)
    {
    }

    private Outgoing(TestStore test, bool owner, StoppedClock clock, string node, IPost? post)
    {
        (this.test, this.owner, Clock) = (test, owner, clock);
        var places = new PlatformPlaces(test.Where, test.In("keys"), test.In("heads"), "", "", node);
        var rules = new AccessRules(District, Demonstration: false);
        var log = new ReadLog(Store, LogSigner.At(test.In("log.key")), clock, node, test.In("heads"));
        var reading = new Reading(log, Access.Purposes, Access.Fields);
        EventOut[] parts = [Thing, OfPeople];
        Events = new EventsOut(parts);
        ears = [.. PlanDeliveries.Handlers(parts)];
        Vault = new NumberVault(new MasterKey(new byte[32]));
        Desk = new SubscriptionDesk(Store, Events, reading, Access.Purposes, Vault, Here, rules, clock);
        Send = new SendHooks(Store, new Compose(reading, Access.Purposes, Events, rules, services), post ?? Posted, Vault,
            new Leases(Store, places, clock), clock, NullLogger<SendHooks>.Instance);
    }

    /// <summary>This machine may be told, as a file of the keys folder says it.</summary>
    public static Destinations Here { get; } = new([IPNetwork.Parse("127.0.0.0/8")]);

    public static Actor Administrator { get; } = new(Guid.CreateVersion7(), "管理员", "admin",
        [new Grant(Role.Administrator, new Scope(District), DateOnly.MinValue, null)]);

    public static EventOut Thing { get; } = new("thing.done", "test.done", [new("thing"), new("colour")])
    {
        Plain = row => new Dictionary<string, object?>
        {
            ["thing"] = row.Read<Told>().Thing,
            ["colour"] = "青",
            ["secret"] = row.Read<Told>().Secret,
        },
    };

    /// <summary>The second of two persons is a child; of the third nothing is known any more.</summary>
    public static EventOut OfPeople { get; } = new("thing.done", "test.done", [new("person", "thing_of"), new("name", "thing_name")])
    {
        Person = row => row.Read<Told>().Person is { } person ? new PersonId(person) : null,
        Personal = (_, _, mask, persons, _) => Task.FromResult<IReadOnlyDictionary<PersonId, IReadOnlyDictionary<string, object?>>>(
            persons.Where(person => person != Persons[2]).ToDictionary(person => person, person =>
            {
                var may = mask.Of(under14: person == Persons[1]);
                return (IReadOnlyDictionary<string, object?>)new Dictionary<string, object?>
                {
                    ["person"] = may.Show("thing_of", person.ToString()),
                    ["name"] = may.Show("thing_name", "卓玛"),
                };
            })),
    };

    public StoppedClock Clock { get; }

    public Store Store => test.Store;

    public EventsOut Events { get; }

    public NumberVault Vault { get; }

    public SubscriptionDesk Desk { get; }

    public SendHooks Send { get; }

    /// <summary>Where what is sent ends unless the test brings a post of its own.</summary>
    public KnownPost Posted { get; } = new();

    /// <summary>Another node on the same storage.</summary>
    public Outgoing Beside(IPost? post = null) => new(test, owner: false, Clock, "two", post);

    public async Task<FreshSecret> Subscribe(string url = "https://receiver.example/hooks", string purpose = "", params string[] fields) =>
        (await Desk.Begin(Administrator,
            new SubscriptionAsked("示例局", url, ["thing.done"], fields is [] ? ["thing", "colour"] : fields, purpose))).Value;

    /// <summary>Something happens, and the relay brings it to the ear.</summary>
    public async Task Happen(string thing, Guid? person = null, int times = 1)
    {
        var outbox = new Outbox(ears, Clock);
        for (var i = 0; i < times; i++)
            await Store.Write(session => outbox.Tell(session, "test.done", $"things/{thing}",
                new Told(times == 1 ? thing : $"{thing}{i}", "秘密", person)));
        await new Relay(Store, ears, Clock, NullLogger<Relay>.Instance).DeliverAll();
    }

    public Task<int> Go() => Send.SendDue(TestContext.Current.CancellationToken);

    /// <summary>State and tries of each delivery, in the order in which they were planned.</summary>
    public List<string> States(Guid? subscription = null) => Store.Read(session => session.Query<string>(
        $"select state || ' ' || tries from webhooks_delivery {(subscription is null ? "" : "where subscription = @subscription")} order by event",
        new { subscription }));

    public Subscription Of(Guid id) => Store.Read(session => Session.AtHand(Subscription.Find(session, id)))!;

    public List<string> Reads() => Store.Read(session =>
        session.Query<string>("select actor || ' ' || purpose || ' ' || act from readlog_entry order by seq"));

    public void Dispose()
    {
        services.Dispose();
        if (owner) test.Dispose();
    }
}

/// <summary>A post that keeps what it was given and answers as it is told.</summary>
internal sealed class KnownPost : IPost
{
    public List<(string Host, Letter Letter)> Sent { get; } = [];

    public Func<Uri, Letter, Task<PostAnswer>> Answer { get; set; } = (_, _) => Task.FromResult(new PostAnswer(Answered.Taken, ""));

    public IEnumerable<string> Bodies => Sent.Select(one => System.Text.Encoding.UTF8.GetString(one.Letter.Body));

    public Task<PostAnswer> Send(Uri to, Letter letter, CancellationToken cancel)
    {
        lock (Sent) Sent.Add((to.Host, letter));
        return Answer(to, letter).WaitAsync(cancel);
    }
}
