using Legwork.Messages.Channels;
using Legwork.Messages.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Messages.Tests;

/// <summary>Messages with people, ways and a clock of their own. It is noon in Beijing on 22 November 2026.</summary>
internal sealed class PostOffice : IDisposable, IRecipients
{
    public const string Place = "540102006001-G03";
    public const string Rules = """
        kinds:
          booked: { ways: [app, sms, letter, call], lasts_days: 10, source: Invented for a test, confidence: D }
        """;

    private readonly TestStore test;
    private readonly bool owner;

    public PostOffice(Engine engine, params IWay[] ways)
        : this(TestStore.Open(engine, ("messages", typeof(MessagesModule).Assembly)), owner: true, new StoppedClock(), ways)
    {
    }

    private PostOffice(TestStore test, bool owner, StoppedClock clock, IWay[] ways)
    {
        (this.test, this.owner, Clock) = (test, owner, clock);
        var texts = new Texts([typeof(MessagesModule).Assembly, typeof(PostOffice).Assembly], missingThrows: true);
        var places = new PlatformPlaces(test.Where, test.In("keys"), test.In("heads"), "", "", "one");
        var names = PlaceNames.Load(Path.Combine(Repository.Root, "districts", "540102", "district.yaml"), null);
        var words = new MessageWords(texts, names);
        Book = new MessageBook(Store, Known, words, new Lazy<SendMessages>(() => Send!), Clock);
        var addresses = new Addresses([new RecipientOwner("test/", _ => this)], null!);
        Send = new SendMessages(Store, Known, Book, addresses, Ways.Of([new KnownWay("sms"), new KnownWay("letter"), .. ways]), words,
            new Leases(Store, places, Clock), places, Clock);
        Desk = new MessageDesk(Store, words, Known, addresses, Clock);
        Receipts = new TakeReceipts(Store, Clock);
        T = new T(texts, Language.English);
    }

    public static MessageRules Known { get; } = MessageRules.Load(
        [("messages", File.ReadAllText(Repository.In("src", "Modules", "Messages", "Rules", "messages.yaml"))), ("test", Rules)]);

    public StoppedClock Clock { get; }

    public Store Store => test.Store;

    public MessageBook Book { get; }

    public SendMessages Send { get; }

    public MessageDesk Desk { get; }

    public TakeReceipts Receipts { get; }

    public T T { get; }

    /// <summary>Whoever is not here may be told nothing any more.</summary>
    public Dictionary<string, Recipient> People { get; } = new()
    {
        ["test/1"] = new("卓玛", "13900000001", "", "八廓街 3 号", HasAccount: true),
        ["test/2"] = new("次仁", "", "", "", HasAccount: false),
        ["test/3"] = new("央金", "13900000003", "", "", HasAccount: false),
    };

    public static Actor Clerk(string place = "540102006") =>
        new(Guid.CreateVersion7(), "达瓦", "dawa", [new Grant(Role.Clerk, new Scope(place), DateOnly.MinValue, null)]);

    /// <summary>Another node on the same storage.</summary>
    public PostOffice Beside(params IWay[] ways) => new(test, owner: false, Clock, ways);

    public Task Tell(string who = "test/1", string about = "test/booking/1", DateTimeOffset? from = null, DateTimeOffset? notAfter = null) =>
        Store.Write(session => Book.Tell(session, new Message("booked", who, about, Place, [Word.Day(new DateOnly(2026, 11, 30))], from, notAfter)));

    public Task<int> Go() => Send.SendDue(TestContext.Current.CancellationToken);

    /// <summary>State, way and reason of the one message of a person.</summary>
    public string Of(string who = "test/1") => Store.Read(session => session.Query<string>(
        "select trim(state || ' ' || way || ' ' || why) from messages_message where recipient = @who", new { who })).ShouldHaveSingleItem();

    public Guid Id(string who = "test/1") => Store.Read(session =>
        session.Query<Guid>("select id from messages_message where recipient = @who", new { who }))[0];

    public List<string> Attempts() => Store.Read(session => session.Query<string>("select way || ' ' || outcome from messages_attempt order by id"));

    public Task<IReadOnlyDictionary<string, Recipient>> Find(Actor actor, Permission permission, IReadOnlyCollection<string> whom, string reference,
        CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, Recipient>>(
        whom.Where(People.ContainsKey).ToDictionary(one => one, one => People[one]));

    public void Dispose()
    {
        if (owner) test.Dispose();
    }
}

/// <summary>A way that keeps what it was handed, and answers as it is told.</summary>
internal sealed class KnownWay(string code, string outcome = "handed", bool repeatable = true, string proof = "") : IWay
{
    public string Code => code;

    public bool Repeatable => repeatable;

    public List<(string Key, Handing Message)> Handed { get; } = [];

    /// <summary>Done before it answers; what it throws is a process that was killed.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public async Task<IReadOnlyList<HandedOver>> Hand(string key, IReadOnlyList<Handing> batch, CancellationToken cancel)
    {
        lock (Handed) Handed.AddRange(batch.Select(one => (key, one)));
        if (Meanwhile is { } meanwhile) await meanwhile();
        return [.. batch.Select(one => new HandedOver(one.Message, outcome, proof))];
    }
}
