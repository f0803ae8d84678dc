using System.Diagnostics.Metrics;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class DecidedUnitTests
{
    private const string Guard = "update platform_setting set value = @p1 where name = @p0 and value = @p2";
    private const string Add = "insert into platform_setting (name, value) values (@p0, @p1)";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_unit_that_was_overtaken_writes_nothing_and_harms_no_other(Engine engine)
    {
        using var district = TestStore.Open(engine);
        await Settings(district.Store, 60);
        // Every third one believes in a value that its row has not.
        var written = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => district.Store.Write(Change(i, from: i % 3 == 0 ? "other" : "new"))));

        written.Select((done, i) => done == (i % 3 != 0)).ShouldAllBe(right => right);
        Count(district.Store, "value = 'changed'").ShouldBe(40);
        Count(district.Store, "name like 'beside%'").ShouldBe(40);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_unit_that_cannot_be_written_fails_alone(Engine engine)
    {
        using var district = TestStore.Open(engine);
        await Settings(district.Store, 30);
        var units = Enumerable.Range(0, 30).Select(i =>
        {
            var unit = Change(i, from: "new");
            if (i == 7) unit.Then(Add, "beside7", "twice");
            return district.Store.Write(unit);
        }).ToList();
        foreach (var unit in units) await unit.ContinueWith(_ => { }, TestContext.Current.CancellationToken);

        units.Where(unit => unit.IsFaulted).ShouldBe([units[7]]);
        units.Where(unit => unit != units[7]).ShouldAllBe(unit => unit.Result);
        Count(district.Store, "value = 'changed'").ShouldBe(29);
        Count(district.Store, "name = 'beside7'").ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_two_units_that_believe_in_the_same_version_the_first_is_written(Engine engine)
    {
        using var district = TestStore.Open(engine);
        await Settings(district.Store, 1);
        var key = Guid.NewGuid();
        var units = Enumerable.Range(0, 20).Select(i => new DecidedUnit(key, Guard, "s0", $"by{i}", "new"));
        var written = await Task.WhenAll(units.Select(unit => district.Store.Write(unit)));

        written.ShouldBe([true, .. Enumerable.Repeat(false, 19)]);
        Count(district.Store, "value = 'by0'").ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_unit_that_was_overtaken_is_told_so_also_when_its_rows_would_collide_with_those_of_the_first(Engine engine)
    {
        using var district = TestStore.Open(engine);
        await Settings(district.Store, 1);
        var key = Guid.NewGuid();
        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
        {
            var unit = new DecidedUnit(key, Guard, "s0", $"by{i}", "new");
            unit.Then(Add, "history 2", $"by{i}"); // as the second line of a history is: there is one such row
            return district.Store.Write(unit);
        }));

        written.ShouldBe([true, .. Enumerable.Repeat(false, 19)]);
        Count(district.Store, "name = 'history 2' and value = 'by0'").ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_null_and_the_last_identity_arrive_in_their_columns(Engine engine)
    {
        using var district = TestStore.Open(engine);
        await Settings(district.Store, 8);
        for (var i = 0; i < 8; i++)
        {
            var unit = new DecidedUnit(Guid.NewGuid(), Guard, $"s{i}", "changed", "new");
            unit.Then("insert into platform_event (kind, body, at) values (@p0, @p1, @p2)", "kind", $"body{i}", (long)i);
            unit.Then(
                "insert into platform_delivery (event, handler, state, tries, next_at) values (last_id(platform_event), @p0, 'waiting', 0, @p1)",
                $"hears{i}", (long)i);
            unit.Then(
                "insert into access_grant (account, role, scope, from_day, until_day, given_by, given_at) values (@p0, 'r', 's', 'd', @p1, @p0, 0)",
                Guid.NewGuid(), i % 2 == 0 ? null : "day");
            (await district.Store.Write(unit)).ShouldBeTrue();
        }

        district.Store.Read(session => session.Scalar<long>("""
            select count(*) from platform_event e join platform_delivery d on d.event = e.id and substr(d.handler, 6) = substr(e.body, 5)
            """)).ShouldBe(8);
        district.Store.Read(session => session.Scalar<long>("select count(*) from access_grant where until_day is null")).ShouldBe(4);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_unit_over_the_budget_is_told_by_name_and_one_within_it_is_not(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var told = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "legwork.store.units_over_budget") listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => { lock (told) told.Add((string)tags[0].Value!); });
        listener.Start();
        await Rows(2000, "Clerk.cs");
        await Rows(2001, "Importer.cs");

        told.ShouldContain("Importer");
        told.ShouldNotContain("DecidedUnitTests");

        Task Rows(int count, string by) => district.Store.Write(session => Store.Bulk(session, "platform_setting", ["name", "value"],
            Enumerable.Range(0, count).Select(i => new object?[] { by + i, "" })), by);
    }

    [Fact]
    public async Task When_the_reader_has_gone_PostgreSQL_stops_reading()
    {
        using var district = TestStore.Open(Engine.Postgres);
        using var gone = new CancellationTokenSource();
        var reading = district.Store.ReadAsync(session => session.QueryAsync<string>("select 'slept' from pg_sleep(600)"), gone.Token);
        while (Sleeping() == 0) await Task.Yield();
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        Sleeping().ShouldBe(0);

        long Sleeping() => district.Store.Read(session => session.Scalar<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like 'select ''slept''%'"));
    }

    private static DecidedUnit Change(int i, string from)
    {
        var unit = new DecidedUnit(new Guid(i, 0, 0, new byte[8]), Guard, $"s{i}", "changed", from);
        unit.Then(Add, $"beside{i}", "x");
        return unit;
    }

    private static Task Settings(Store store, int count) => store.Write(session => Store.Bulk(session, "platform_setting", ["name", "value"],
        Enumerable.Range(0, count).Select(i => new object?[] { $"s{i}", "new" })));

    private static long Count(Store store, string where) =>
        store.Read(session => session.Scalar<long>("select count(*) from platform_setting where " + where));
}
