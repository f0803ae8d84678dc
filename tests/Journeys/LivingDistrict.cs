using Legwork.Cases.Contracts;
using Legwork.Demo;
using Legwork.Immunization.Contracts;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Journeys.Tests;

/// <summary>A served district whose offices' lists were taken in: a few hundred invented people, their findings and the cases that came of them.</summary>
public sealed class LivingDistrict : IAsyncLifetime
{
    public ServedDistrict Served { get; } = new();

    /// <summary>The grid with the most doors to knock at; the account <c>door</c> is its worker.</summary>
    public string Grid { get; private set; } = "";

    /// <summary>Whoever the account <c>resident</c> is.</summary>
    public Someone Resident { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Served.InitializeAsync();
        var folder = Directory.CreateTempSubdirectory("legwork-lists-").FullName;
        DemoDistrict.Write(Path.Combine(folder, "registers"), Path.Combine(folder, "truth"), new DemoOptions { Seed = 11, Insured = 600, Grids = 24 });
        var registers = Served.Services.GetRequiredService<IRegisters>();
        (await registers.TakeFolder(Path.Combine(folder, "registers"), Actor.System, null)).AllTaken.ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
        Grid = Served.Store.Read(session => session.Query<string>(
            "select place from cases_case where stage = 'visit' and state = 'open' group by place order by count(*) desc, place limit 1"))[0];
        Resident = Served.Services.GetRequiredService<IDemonstrationPeople>().Someone()!;
        await Served.Services.GetRequiredService<DemonstrationAccounts>().Make(
        [
            new("door", "格桑", Role.GridWorker, Grid, null),
            new("counter", "央金", Role.Clerk, ServedDistrict.District, null),
            new("checker", "卓玛", Role.Supervisor, ServedDistrict.District, null),
            new("vaccinator", "拉姆", Role.Vaccinator, ServedDistrict.District, null),
            new("resident", Resident.Name, Role.Citizen, ServedDistrict.District, Resident.Person.Value),
        ]);
    }

    public ValueTask DisposeAsync() => Served.DisposeAsync();

    /// <summary>Waits until a count in the storage is what it should become; the relay brings results within a second.</summary>
    public async Task Until(string sql, object args, long wanted)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (Served.Store.Read(session => session.Scalar<long>(sql, args)) == wanted) return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Served.Store.Read(session => session.Scalar<long>(sql, args)).ShouldBe(wanted, sql);
    }
}
