using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class SignInTests
{
    private const string Password = "a long password";

    [Theory]
    [InlineData(Engine.Sqlite, "clerk"), InlineData(Engine.Postgres, "clerk")]
    [InlineData(Engine.Sqlite, "nobody"), InlineData(Engine.Postgres, "nobody")]
    public async Task Five_wrong_passwords_lock_a_name_whether_or_not_somebody_has_it(Engine engine, string name)
    {
        using var district = TestStore.Open(engine);
        var clock = new StoppedClock();
        var accounts = await WithClerk(district.Store, clock);
        for (var i = 0; i < 5; i++) (await accounts.SignIn(name, "wrong")).Refusal!.Code.ShouldBe("access.wrong");

        (await accounts.SignIn(name, Password)).Refusal!.Code.ShouldBe("access.locked");
        clock.Advance(TimeSpan.FromMinutes(15));
        (await accounts.SignIn(name, Password)).Ok.ShouldBe(name == "clerk");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Forty_wrong_passwords_at_once_are_five_looks_and_a_lock(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var accounts = await WithClerk(district.Store, new StoppedClock());
        using var barrier = new Barrier(40);
        var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Factory.StartNew(() =>
        {
            barrier.SignalAndWait();
            return accounts.SignIn("clerk", "wrong");
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        codes.Count(outcome => outcome.Refusal!.Code == "access.wrong").ShouldBe(5);
        codes.Count(outcome => outcome.Refusal!.Code == "access.locked").ShouldBe(35);
        (await accounts.SignIn("clerk", Password)).Refusal!.Code.ShouldBe("access.locked", "the right one does not open it either");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_right_password_forgets_the_wrong_ones(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var accounts = await WithClerk(district.Store, TimeProvider.System);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++) (await accounts.SignIn("clerk", "wrong")).Ok.ShouldBeFalse();
            (await accounts.SignIn(" Clerk", Password)).Ok.ShouldBeTrue();
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_new_password_ends_every_session(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var accounts = await WithClerk(district.Store, TimeProvider.System);
        var before = (await accounts.SignIn("clerk", Password)).Value;
        await district.Store.Write(session => accounts.SetPassword(session, before.Id, "another long one"));
        accounts.Find(before.Id, before.Stamp).ShouldBeNull();
        (await accounts.SignIn("clerk", Password)).Ok.ShouldBeFalse();
        (await accounts.SignIn("clerk", "another long one")).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_role_holds_from_its_first_day_to_the_day_before_its_last(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var clock = new StoppedClock();
        var accounts = await WithClerk(district.Store, clock, clock.Today().AddDays(1), clock.Today().AddDays(2));
        var account = (await accounts.SignIn("clerk", Password)).Value;
        accounts.Find(account.Id, account.Stamp)!.Grants.ShouldBeEmpty();
        clock.Advance(TimeSpan.FromDays(1));
        accounts.Find(account.Id, account.Stamp)!.Grants.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromDays(1));
        accounts.Find(account.Id, account.Stamp)!.Grants.ShouldBeEmpty();
    }

    private static async Task<Accounts> WithClerk(Store store, TimeProvider clock, DateOnly? from = null, DateOnly? until = null)
    {
        var accounts = new Accounts(store, clock);
        await store.Write(session =>
        {
            var id = accounts.Create(session, "Clerk", "央金", Password).Value;
            accounts.Give(session, id, Role.Clerk, "540102006", from ?? clock.Today(), until, Guid.Empty);
        });
        return accounts;
    }
}
