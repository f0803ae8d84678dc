using Legwork.Demo;
using Legwork.Immunization.Contracts;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Journeys.Tests;

/// <summary>A served district whose offices' lists were taken in: a few hundred invented people, their findings and
/// the cases that came of them.</summary>
public sealed class LivingDistrict : IAsyncLifetime
{
    private static readonly SharedStart Taken = new(TestStore.Bare, TakeLists);

    private ServedDistrict? served;

    /// <summary>Every journey here opens a browser, so a quick run makes none and skips who asks.</summary>
    public ServedDistrict Served
    {
        get
        {
            TestRun.Browser();
            return served!;
        }
    }

    /// <summary>The grid with the most doors to knock at; the account <c>door</c> is its worker.</summary>
    public string Grid { get; private set; } = "";

    /// <summary>Made once for all tests of a class.</summary>
    internal ThingsToSee? ToSee { get; set; }

    /// <summary>Whoever the account <c>resident</c> is.</summary>
    public Someone Resident { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (TestRun.Quick) return;
        served = new ServedDistrict(await Taken.Copy(Engine.Sqlite));
        await served.InitializeAsync();
        Grid = Served.Store.Read(session => session.Query<string>(
            "select place from cases_case where stage = 'visit' and state = 'open' group by place order by count(*) desc, place limit 1"))[0];
        Resident = Served.Services.GetRequiredService<IDemonstrationPeople>().Someone()!;
        await Served.Services.GetRequiredService<DemonstrationAccounts>().Make(
        [
            new("door", "格桑", Role.GridWorker, Grid, null),
            new("counter", "央金", Role.Clerk, ServedDistrict.District, null),
            new("checker", "卓玛", Role.Supervisor, ServedDistrict.District, null),
            new("vaccinator", "拉姆", Role.Vaccinator, ServedDistrict.District, null),
            new("physician", "旺堆", new Role("Doctor"), ServedDistrict.District, null),
            new("keeper", "格桑", new Role("StockKeeper"), ServedDistrict.District, null),
            new("screen", "候种大厅屏", new Role("HallBoard"), ServedDistrict.District, null),
            new("resident", Resident.Name, Role.Citizen, ServedDistrict.District, Resident.Person.Value),
        ]);
    }

    public ValueTask DisposeAsync() => served?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A count in the storage once everything that was told has been delivered.</summary>
    public async Task<long> Afterwards(string sql, object args)
    {
        await Served.Services.GetRequiredService<Relay>().DeliverAll();
        return Served.Store.Read(session => session.Scalar<long>(sql, args));
    }

    private static async Task TakeLists(TestStore place)
    {
        var served = new ServedDistrict(place);
        DemoDistrict.Write(place.In("registers"), place.In("truth"), new DemoOptions { Seed = 11, Insured = 600, Grids = 24 });
        (await served.Services.GetRequiredService<IRegisters>().TakeFolder(place.In("registers"), Actor.System, null)).AllTaken.ShouldBeTrue();
        await served.Close();
    }
}
