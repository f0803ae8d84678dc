using System.Text;
using Legwork.Clinics.Booking;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Visit = Legwork.Clinics.Morning.Visit;

namespace Legwork.Clinics.Tests;

/// <summary>
/// A district of invented families with its real clinics and rules. It is Sunday noon, 22 November 2026, in Beijing; <see cref="Monday"/> is the next
/// morning of the clinic <see cref="Clinic"/>.
/// </summary>
internal sealed class MorningDistrict : IAsyncDisposable
{
    public const string District = "540102";
    public const string Street = "540102002";
    public const string Clinic = "barkhor";
    public const string OtherClinic = "hospital";
    public const int Children = 60;

    public static readonly DateOnly Monday = new(2026, 11, 23);

    private static readonly SharedStart Families = new(
        engine => TestStore.Open(engine, [.. Host.District.Modules.Assemblies.Where(module => module.Module != "platform")]), Take);

    private static readonly string[] Givens = ["扎西", "达瓦", "洛桑", "旦增", "索朗", "平措", "强巴", "格桑",
        "次仁", "顿珠", "旺堆", "群培", "多吉", "边巴", "尼玛", "欧珠"];

    private readonly TestStore test;
    private readonly ServiceProvider services;

    private MorningDistrict(TestStore test)
    {
        this.test = test;
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IHostApplicationLifetime>(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
            .AddSingleton(new PlatformPlaces(test.Where, test.In("keys"), test.In("heads"), Path.Combine(Repository.Root, "rules"),
                Path.Combine(Repository.Root, "districts", District), "test"))
            .AddSingleton(test.Store).AddSingleton(new AccessRules(District, Demonstration: false)).AddModules(Host.District.Modules)
            .BuildServiceProvider();
    }

    public StoppedClock Clock { get; } = new();

    public Store Store => test.Store;

    public T T { get; } = new(new Texts(Host.District.Modules.Assemblies.Select(module => module.Assembly), missingThrows: true), Language.Chinese);

    /// <summary>Born at least two months before Monday: polio, five-in-one and others are due; the first hepatitis B is on record.</summary>
    public PersonId Child(int n) => FileOf(NameOf(n));

    public PersonId Mother => FileOf("卓玛");

    public static async Task<MorningDistrict> Open(Engine engine) => new(await Families.Copy(engine));

    public TService Get<TService>() where TService : notnull => services.GetRequiredService<TService>();

    public static Actor Of(Role role, string scope = Street, PersonId? person = null) =>
        new(Guid.CreateVersion7(), $"{role}", $"{role}", [new Grant(role, new Scope(scope), DateOnly.MinValue, null)], person?.Value);

    public static readonly Actor Nurse = Of(new Role("Vaccinator")), Doctor = Of(new Role("Doctor")), Keeper = Of(new Role("StockKeeper"), District);

    /// <summary>Monday at nine and so many minutes.</summary>
    public async Task Morning(int minutes = 0)
    {
        Clock.Advance(Calendar.StartOf(Monday).AddHours(9).AddMinutes(minutes) - Clock.GetUtcNow());
        (await Get<FridgeWatch>().Take(Clinic, "A", 5, Clock.GetUtcNow())).Ok.ShouldBeTrue();
    }

    public static BookingAsked Booking(int minute, params PersonId[] children) =>
        new(Clinic, Monday, minute, [.. children.Select(child => new ChildAsked(child, ["IPV"]))], "");

    public Task<Outcome<Guid>> Book(BookingAsked asked, Actor? by = null) =>
        Get<BookVisits>().ByCounter(by ?? Nurse, asked, T, TestContext.Current.CancellationToken);

    public Task<Outcome<Guid>> Book(int minute, params PersonId[] children) => Book(Booking(minute, children));

    public Task<Outcome<Visit>> Come(PersonId child) => Get<ComeWithout>().Run(Nurse, Clinic, child, T, TestContext.Current.CancellationToken);

    /// <summary>Vials of a vaccine in a fridge that says five degrees.</summary>
    public async Task<List<string>> Stocked(string product, int vials, int doses = 1, string clinic = Clinic,
        string lot = "L1", string expires = "2027-06-30")
    {
        (await Get<FridgeWatch>().Take(clinic, "A", 5, Clock.GetUtcNow())).Ok.ShouldBeTrue();
        var codes = Enumerable.Range(1, vials)
            .Select(n => $"8412345{Math.Abs(HashCode(product + clinic + lot)) % 100_000_000:00000000}{n:00000}").ToList();
        var taken = await Get<StockDesk>().Receive(Keeper, new ReceiptAsked(clinic, "A", product, lot, DateOnly.Parse(expires,
            System.Globalization.CultureInfo.InvariantCulture), "示例生物", doses, codes));
        taken.Ok.ShouldBeTrue(taken.Refusal?.ToString());
        return codes;
    }

    /// <summary>A parent's yes, as the counter keeps it.</summary>
    public Task Consent(PersonId child, string product, string answer = "yes") => Store.Write(session => session.Execute("""
        insert into clinics_consent (id, person, product, answer, text, digest, reason, strokes, signer, signed_as, visit, account, actor, at)
        values (@id, @child, @product, @answer, 'test', 'test', null, null, null, 'mother', null, @id, 'test', @now)
        """, new { id = Guid.CreateVersion7(), child, product, answer, now = Clock.GetUtcNow() }));

    /// <summary>A booked child at table 1: arrived, asked, registered for what was booked, called.</summary>
    public async Task<Visit> AtTable(PersonId child, string product = "IPV", string table = "1")
    {
        var party = await Book(Booking(540, child) with { Children = [new ChildAsked(child, [product])] });
        party.Ok.ShouldBeTrue(party.Refusal?.ToString());
        if (Clock.GetUtcNow() < Calendar.StartOf(Monday)) await Morning();
        await Consent(child, product);
        var visit = await Registered((await Of(child))!, product);
        return await Do(visit, ClinicsPermissions.Table, (one, at) => VisitActs.Call(one, at), table);
    }

    /// <summary>From drawing the number to waiting for a table.</summary>
    public async Task<Visit> Registered(Visit visit, params string[] products)
    {
        var after = visit.State == VisitState.Booked ? await Do(visit, ClinicsPermissions.Counter, VisitActs.Arrive) : visit;
        after = await Do(after, ClinicsPermissions.Counter, (one, at) => VisitActs.Check(one, at, 36.6, Fine()));
        return await Do(after, ClinicsPermissions.Counter, (one, at) => VisitActs.Register(one, at, products, products.ToHashSet()));
    }

    public Dictionary<string, string> Fine() => Get<Clinics>().Rules.Questions.ToDictionary(question => question.Code, question =>
        question.Stops == "yes" ? "no" : "yes");

    public async Task<Visit> Do(Visit visit, Permission permission, Func<Visit, At, Outcome<VisitStep>> act, string room = At.Counter)
    {
        var done = await Get<VisitDesk>().Do(permission.Code == ClinicsPermissions.Decide.Code ? Doctor : Nurse, permission,
            new ActAsked(visit.Id, visit.Version, room), act);
        done.Ok.ShouldBeTrue(done.Refusal?.ToString());
        return done.Value;
    }

    public async Task<Visit?> Of(PersonId child) => (await Store.ReadAsync(
        session => VisitRows.WhereAsync(session, "person = @child order by made_at desc limit 1", new { child }),
            TestContext.Current.CancellationToken)).SingleOrDefault();

    public List<string> Log() => Store.Read(session => session.Query<string>("select act || ' ' || purpose from readlog_entry order by seq"));

    public long Count(string sql) => Store.Read(session => session.Scalar<long>(sql));

    public GiveAsked Asked(Visit visit, string code, bool readBack = true) =>
        new(new ActAsked(visit.Id, visit.Version, visit.Room), code, "left_thigh", readBack);

    public async ValueTask DisposeAsync()
    {
        await Close();
        test.Dispose();
    }

    private static async Task Take(TestStore test)
    {
        var district = new MorningDistrict(test);
        Directory.CreateDirectory(test.In("lists"));
        var rows = Enumerable.Range(1, Children).Select(n =>
            $"H{n},子,{NameOf(n)},,,男,{Number(BirthOf(n), n)},{BirthOf(n)},{Door(n)},八廓街道,八廓东社区,540102002001-G01,20261001,,");
        File.WriteAllText(test.In("lists/户籍人口_202610.csv"), string.Join("\r\n",
        [
            "户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址," +
                "街道,社区,网格编号,登记日期,注销原因,注销日期",
            $"H1,户主,卓玛,,,女,{Number("19900307", 2)},19900307,{Door(1)},八廓街道,八廓东社区,540102002001-G01,20100101,,",
            .. rows,
        ]) + "\r\n", new UTF8Encoding(false));
        var taken = await district.Get<IRegisters>().TakeFolder(test.In("lists"), Actor.System);
        taken.AllTaken.ShouldBeTrue(string.Join("; ", taken.Files.SelectMany(file => file.Refusals).Select(fault => fault.Sentence("en"))));
        File.WriteAllText(test.In("接种记录_202610.csv"), string.Join("\r\n",
            Enumerable.Range(1, Children)
                .Select(n => $"{NameOf(n)},男,{BirthOf(n)},,乙肝疫苗,{BirthOf(n)},L1,左上臂,城关区妇幼保健院,")
                .Prepend("姓名,性别,出生日期,证件号码,疫苗名称,接种日期,批号,接种部位,接种单位,接种省份"))
                + "\r\n", new UTF8Encoding(false));
        (await district.Get<IImmunization>().TakeDoses(test.In("接种记录_202610.csv"), Actor.System)).Ok.ShouldBeTrue();
        await district.Close();
    }

    private static string NameOf(int n) => Givens[n % 8] + Givens[8 + (n / 8)];

    private static string BirthOf(int n) => $"202609{1 + (n % 20):00}";

    private static string Door(int n) =>
        $"西藏拉萨市城关区八廓街道八廓东社区和平苑{1 + (n / 10)}栋{1 + (n % 4)}单元{100 + n}室";

    private async ValueTask Close()
    {
        await Get<ReadLog>().DisposeAsync();
        await services.DisposeAsync();
    }

    private PersonId FileOf(string name) =>
        Store.Read(session => session.Query<PersonId>("select id from people_file where name = @name and state = 'open'", new { name }))
            .ShouldHaveSingleItem();

    private static int HashCode(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter) & 0x7FFFFFFF);

    private static string Number(string birth, int sequence)
    {
        // An odd sequence is a boy's, an even one a girl's.
        var seventeen = $"540102{birth}{(birth.StartsWith("2026", StringComparison.Ordinal) ? (2 * sequence) + 1 : sequence):000}";
        return seventeen + ResidentNumber.CheckCharacter(seventeen);
    }
}
