using Legwork.Cases.Acts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

public class SubstitutionTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private static readonly DateOnly Today = new(2026, 11, 2);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_substitute_takes_over_the_day_and_no_longer(Engine engine)
    {
        using var office = new Office(engine);
        var (absent, substitute) = (await Account(office, "absent", Office.Grid), await Account(office, "stand-in", Office.OtherGrid));
        var opened = await office.Open();
        await office.Do(Office.Supervisor, opened.Id, new AssignCase(Office.Grid, absent.Account));
        (await office.Try(substitute, opened.Id, new NoteOnCase("knocked"))).Refusal!.Code.ShouldBe("cases.out_of_scope");

        (await office.Substitutes.Give(Office.Supervisor, "absent", "stand-in", "", Today, Today, "ill")).Value.ShouldBe(1);
        await office.Do(substitute, opened.Id, new RecordVisit(VisitOutcome.NotHome, null, ""));
        office.History(opened.Id)[^1].Unit.ShouldBe("GridWorker@" + Office.Grid);
        office.Clock.NextDay();
        (await office.Try(substitute, opened.Id, new NoteOnCase("knocked"))).Refusal!.Code.ShouldBe("cases.out_of_scope");
        (await office.Try(absent, opened.Id, new NoteOnCase("back again"))).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_substitution_is_given_for_no_place_that_the_district_does_not_have(Engine engine)
    {
        using var office = new Office(engine);
        await Account(office, "stand-in", Office.OtherGrid);
        var names = PlaceNames.Load(Repository.In("districts", "540102", "district.yaml"), new SomeLists());
        var substitutes = new SubstituteWorker(office.Store, Office.TheRules, Office.TheCalendar, names, office.Clock);
        (await substitutes.Give(Office.Supervisor, "", "stand-in", Office.Street + "001-G99", Today, Today, "no worker yet"))
            .Refusal!.Code.ShouldBe("cases.place");
        (await office.Substitutes.Current(Office.Supervisor, Over)).ShouldBeEmpty();
        (await substitutes.Give(Office.Supervisor, "", "stand-in", Office.Street + "001-G03", Today, Today, "no worker yet")).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_substitution_can_be_ended_and_is_given_only_by_who_is_responsible_there(Engine engine)
    {
        using var office = new Office(engine);
        await Account(office, "absent", Office.Grid);
        var substitute = await Account(office, "stand-in", Office.OtherGrid);
        var stranger = Office.Person("elsewhere", (Role.Supervisor, "540102008"));
        (await office.Substitutes.Give(stranger, "absent", "stand-in", "", Today, Today, "ill")).Refusal!.Code.ShouldBe("cases.out_of_scope");
        (await office.Substitutes.Give(Office.Supervisor, "absent", "absent", "", Today, Today,
            "ill")).Refusal!.Code.ShouldBe("cases.own_substitute");
        (await office.Substitutes.Give(Office.Supervisor, "absent", "nobody", "", Today, Today,
            "ill")).Refusal!.Code.ShouldBe("cases.worker_unknown");
        (await office.Substitutes.Give(Office.Supervisor, "absent", "stand-in", Office.FarGrid, Today, Today,
            "ill")).Refusal!.Code.ShouldBe("cases.place");
        (await office.Substitutes.Give(Office.Supervisor, "absent", "stand-in", "", Today, Today.AddDays(60),
            "ill")).Refusal!.Code.ShouldBe("cases.days");
        (await office.Substitutes.Give(Office.Supervisor, "nobody", "stand-in", "", Today, Today,
            "ill")).Refusal!.Code.ShouldBe("cases.absent_unknown");
        (await office.Substitutes.Current(Office.Supervisor, Over)).ShouldBeEmpty();

        await office.Substitutes.Give(Office.Supervisor, "", "stand-in", Office.Grid, Today, Today.AddDays(5), "no worker yet");
        var given = (await office.Substitutes.Current(Office.Supervisor, Over)).Single();
        (await office.Substitutes.Current(stranger, Over)).ShouldBeEmpty();
        (await office.Substitutes.End(stranger, given.Id)).Refusal!.Code.ShouldBe("cases.out_of_scope");
        (await office.Substitutes.End(Office.Supervisor, given.Id)).Ok.ShouldBeTrue();
        var opened = await office.Open();
        (await office.Try(substitute, opened.Id, new NoteOnCase("knocked"))).Refusal!.Code.ShouldBe("cases.out_of_scope");
    }

    [Theory]
    [InlineData(0, 30, true)]
    [InlineData(0, 31, false)]
    [InlineData(5, 35, true)]
    [InlineData(5, 36, false)]
    [InlineData(1, 0, false)]
    [InlineData(-2, -1, false)]
    [InlineData(-2, 0, true)]
    public async Task A_substitution_lasts_from_a_day_to_a_month_and_is_not_over_yet(int from, int until, bool given)
    {
        using var office = new Office(Engine.Sqlite);
        await Account(office, "absent", Office.Grid);
        await Account(office, "stand-in", Office.OtherGrid);
        var answer = await office.Substitutes.Give(Office.Supervisor, "absent", "stand-in", "", Today.AddDays(from), Today.AddDays(until), "ill");
        (answer.Refusal?.Code).ShouldBe(given ? null : "cases.days");
        (await office.Substitutes.Current(Office.Supervisor, Over)).Count.ShouldBe(given ? 1 : 0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_worker_is_offered_and_found_by_name_until_two_have_it(Engine engine)
    {
        using var office = new Office(engine);
        await Account(office, "absent", Office.Grid);
        await Account(office, "tashi-1", Office.OtherGrid, "Tashi");
        await Account(office, "elsewhere", Office.FarGrid);
        (await office.Substitutes.Workers(Office.Supervisor, Over)).Select(worker => (worker.SignIn, worker.Name, worker.Scope.Code))
            .ShouldBe([("absent", "absent", Office.Grid), ("tashi-1", "Tashi", Office.OtherGrid)]);
        (await office.Substitutes.Give(Office.Supervisor, "absent", "Tashi", "", Today, Today, "ill")).Value.ShouldBe(1);

        await Account(office, "tashi-2", Office.FarGrid, "Tashi");
        (await office.Substitutes.Give(Office.Supervisor, "absent", "Tashi", "", Today, Today, "ill")).Refusal!.Code.ShouldBe("cases.worker_unknown");
        (await office.Substitutes.Give(Office.Supervisor, "absent", "tashi-2", "", Today, Today, "ill")).Value.ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_substitutes_in_a_grid_that_ends_does_so_where_its_cases_went(Engine engine)
    {
        using var office = new Office(engine);
        var substitute = await Account(office, "stand-in", Office.FarGrid);
        await office.Substitutes.Give(Office.Supervisor, "", "stand-in", Office.Grid, Today, Today, "no worker yet");
        var opened = await office.Open();
        await office.Store.Write(session => office.Outbox.Tell(session, FollowGridChanges.Kind, "places/grids",
            new
            {
                from = Office.Grid,
                to = Office.OtherGrid,
                dwellings = (string[]?)null,
                takesRest = true,
                elsewhere = Array.Empty<string>(),
                retired = true
            }));
        await new Relay(office.Store, office.Handlers, office.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Relay>.Instance).DeliverAll();
        office.Load(opened.Id).Place.ShouldBe(Office.OtherGrid);
        await office.Do(substitute, opened.Id, new NoteOnCase("knocked"));
    }

    private static async Task<Actor> Account(Office office, string signIn, string grid, string? name = null)
    {
        var accounts = new Accounts(office.Store, office.Clock);
        var id = await office.Store.Write(session =>
        {
            var made = accounts.Create(session, signIn, name ?? signIn, "only-for-tests-1").Value;
            accounts.Give(session, made, Role.GridWorker, grid, Today.AddYears(-1), null, Guid.Empty);
            return made;
        });
        return new Actor(id, name ?? signIn, signIn, [new Grant(Role.GridWorker, new Scope(grid), Today.AddYears(-1), null)]);
    }
}
