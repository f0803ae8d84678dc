using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.People;
using Legwork.People.Contracts;
using Legwork.Places;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

/// <summary>A small district office on an empty storage: the project's own rules and calendar, a clock that stands, and its people.</summary>
internal sealed class Office : IDisposable
{
    public const string Grid = "540102006001-G01";
    public const string OtherGrid = "540102006001-G02";
    public const string FarGrid = "540102008002-G01";
    public const string Street = "540102006";

    private readonly TestStore district;

    public Office(Engine engine)
    {
        district = TestStore.Open(engine, ("cases", typeof(CasesModule).Assembly));
        var key = new MasterKey(new byte[32]);
        Numbers = new NumberVault(key);
        Vault = new EvidenceVault(key);
        Handlers = [FollowGridChanges.Handler(() => Desk!)];
        Outbox = new Outbox(Handlers, Clock);
        Desk = new CaseDesk(Store, Outbox, TheRules, TheCalendar, Numbers, Vault, new PlaceNames(), Clock);
        Cases = new CasesOfOthers(Store, Desk, TheRules, TheCalendar, Clock);
        Substitutes = new SubstituteWorker(Store, TheRules, TheCalendar, new PlaceNames(), Clock);
    }

    public static AccessBook TheAccess { get; } = AccessBook.Load(new ModuleList(new PlatformModule(), new PlacesModule(), new CasesModule(),
        new PeopleModule()).Texts(AccessBook.Resource), Repository.In("rules"));

    public static CaseRules TheRules { get; } = CaseRules.Load(Repository.In("rules", "cases"), CaseResults.Kinds, TheAccess);

    public static WorkingCalendar TheCalendar { get; } = WorkingCalendar.Load(Repository.In("districts", "540102", "calendar.yaml"));

    public StandingClock Clock { get; } = new();
    public Store Store => district.Store;
    public NumberVault Numbers { get; }
    public EvidenceVault Vault { get; }
    public Outbox Outbox { get; }
    public IReadOnlyList<Platform.Outbox.EventHandler> Handlers { get; }
    public CaseDesk Desk { get; }
    public ICases Cases { get; }
    public SubstituteWorker Substitutes { get; }

    public Accounts Accounts => new(Store, Clock);

    public TakeAnswers Take => new(Store, Desk, TheRules, TheCalendar, Accounts, Clock);

    public static Actor Person(string name, params (Role Role, string Scope)[] grants) =>
        new(new Guid(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(name))),
        name, name, [.. grants.Select(grant => new Grant(grant.Role, new Scope(grant.Scope), new DateOnly(2026, 1, 1), null))]);

    public static Actor Worker { get; } = Person("worker", (Role.GridWorker, Grid));
    public static Actor OtherWorker { get; } = Person("other worker", (Role.GridWorker, OtherGrid));
    public static Actor Clerk { get; } = Person("clerk", (Role.Clerk, Street));
    public static Actor Supervisor { get; } = Person("supervisor", (Role.Supervisor, Street));
    public static Actor DistrictSupervisor { get; } = Person("district supervisor", (Role.Supervisor, "540102"));

    public static OpenCase Asked(string kind = "empty_registration", string subject = "people/person/1", string origin = "f1", string place = Grid,
        bool reachable = false, string group = "home") =>
        new(kind, subject, origin, place, group, "0001", reachable);

    public async Task<Case> Open(OpenCase? asked = null)
    {
        var opened = await Store.Write(session => Cases.Open(session, asked ?? Asked()));
        return Load(opened.Value.Id);
    }

    public Case Load(CaseId id) => Store.Read(session => CaseRows.Find(session, id))!;

    public List<HistoryLine> History(CaseId id) => Store.Read(session => HistoryRows.Of(session, id));

    public List<string> Events() => Store.Read(session => session.Query<string>("select kind from platform_event order by id"));

    /// <summary>Does acts on the case as it stands now; the answer must be that they are taken.</summary>
    public async Task<Case> Do(Actor actor, CaseId id, params CaseAct[] acts) => (await Try(actor, id, acts)).Match(
        @case => @case, refusal => throw new ShouldAssertException($"{acts[0].Code} was refused: {refusal}"));

    public Task<Outcome<Case>> Try(Actor actor, CaseId id, params CaseAct[] acts) => Desk.Do(actor, id, Load(id).Version, acts);

    public void Dispose() => district.Dispose();
}

/// <summary>The stages of <c>rules/cases/people.yaml</c>.</summary>
internal static class Stage
{
    public const string Match = "match";
    public const string Call = "call";
    public const string Visit = "visit";
}

/// <summary>Stands at a Monday morning, 2026-11-02 10:00 in Lhasa, until it is moved.</summary>
internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 2, 10, 0, 0, TimeSpan.FromHours(8));

    public override DateTimeOffset GetUtcNow() => Now;

    public void NextDay() => Now = Now.AddDays(1);
}
