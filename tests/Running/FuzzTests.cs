using Legwork.Host.Soak;
using Legwork.People.Contracts;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

public class FuzzTests
{
    [Theory, InlineData(Engine.Sqlite, 5000), InlineData(Engine.Postgres, 2000)]
    public async Task Whatever_is_asked_of_any_route_by_any_role_the_answer_is_a_page_or_a_named_refusal(Engine engine, int requests)
    {
        requests = TestRun.Times(requests, quick: 2000);
        using var place = new Place(engine);
        await using var soak = await SoakDistrict.Make(place.Folder, place.Storage);
        var verdict = await new FuzzTrials(soak.Address, soak.Endpoints, seed: 11).Run(requests, soak.SignIns);

        verdict.Faults.ShouldBeEmpty();
        verdict.Routes.ShouldBeGreaterThan(15);
        verdict.Forms.ShouldBeGreaterThan(50);
        // Most questions must get past the router and the guard to prove anything.
        verdict.Statuses.GetValueOrDefault(200).ShouldBeGreaterThan(requests / 20);
        verdict.Statuses.Keys.ShouldBeSubsetOf([200, 201, 202, 204, 206, 302, 304, 400, 401, 403, 404, 405, 406, 409, 411, 413, 415, 416, 422, 429]);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", verdict.Statuses.Select(status => $"{status.Value} × {status.Key}")));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_damaged_list_is_refused_by_name_or_taken_whole_and_never_by_half(Engine engine)
    {
        using var place = new Place(engine);
        await using var soak = await SoakDistrict.Make(place.Folder, place.Storage);
        var verdict = await new DamageTrials(soak.App.Services.GetRequiredService<IRegisters>(),
            soak.App.Services.GetRequiredService<Store>(), seed: 5)
            .Run(soak.NextMonth, soak.WorkFolder, files: engine == Engine.Sqlite ? TestRun.Times(120, quick: 30) : 30);

        verdict.Faults.ShouldBeEmpty();
        verdict.Refused.ShouldBeGreaterThan(verdict.Files / 3);
    }
}
