using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class StoreTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_refused_unit_leaves_nothing_and_harms_no_other(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var store = district.Store;
        var units = Enumerable.Range(0, 60).Select(i => store.Write(session =>
        {
            session.Execute("insert into platform_setting (name, value) values (@name, 'x')", new { name = $"unit{i}" });
            if (i % 3 == 0) throw new InvalidOperationException("refused");
            return i;
        })).ToList();
        foreach (var unit in units) await unit.ContinueWith(_ => { }, TestContext.Current.CancellationToken);

        units.Count(unit => unit.IsFaulted).ShouldBe(20);
        store.Read(session => session.Scalar<long>("select count(*) from platform_setting")).ShouldBe(40);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Ids_dates_and_instants_come_back_as_they_went_in(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var row = new Sample(PersonId.New(), VagueDate.Parse("1949-12"), new DateOnly(2026, 10, 31),
            DateTimeOffset.FromUnixTimeMilliseconds(1_793_000_000_123), [1, 2, 3], null);
        await district.Store.Write(session =>
        {
            session.Execute(Migration.Translate("create table sample (id uuid, birth text, day text, at bigint, bits bytes, other uuid)", engine));
            session.Execute("insert into sample (id, birth, day, at, bits, other) values (@Id, @Birth, @Day, @At, @Bits, @Other)", row);
        });
        var read = district.Store.Read(session => session.Single<Sample>("select id, birth, day, at, bits, other from sample where id = @Id", row));
        read.Bits.ShouldBe(row.Bits);
        (read with { Bits = row.Bits }).ShouldBe(row);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Migrations_apply_once_and_a_changed_one_is_refused(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var modules = new[] { ("platform", typeof(Store).Assembly) };
        Migration.Apply(district.Store, modules, TimeProvider.System).ShouldBe(0);
        await district.Store.Write(session => session.Execute("update platform_migration set digest = 'other'"));
        Should.Throw<InvalidOperationException>(() => Migration.Apply(district.Store, modules, TimeProvider.System))
            .Message.ShouldContain("has changed");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Bulk_rows_arrive_whole(Engine engine)
    {
        using var district = TestStore.Open(engine);
        var rows = Enumerable.Range(0, 5000).Select(i => new object?[] { $"k{i}", $"v{i}" });
        await district.Store.Write(session => Store.Bulk(session, "platform_setting", ["name", "value"], rows));
        district.Store.Read(session => session.Scalar<long>("select count(*) from platform_setting")).ShouldBe(5000);
    }

    private sealed record Sample(PersonId Id, VagueDate Birth, DateOnly Day, DateTimeOffset At, byte[] Bits, Guid? Other);
}
