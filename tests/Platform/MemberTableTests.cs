using Legwork.Platform.Cluster;
using Legwork.Platform.Storage;
using Orleans;
using Orleans.Runtime;

namespace Legwork.Platform.Tests;

/// <summary>The contract of the table of members: a row changes together with the version of the whole, or nothing changes.</summary>
public class MemberTableTests
{
    private static readonly DateTime Noon = new(2026, 11, 22, 4, 0, 0, DateTimeKind.Utc);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_member_is_added_once_and_only_upon_the_version_that_was_seen(Engine engine)
    {
        using var test = TestStore.Open(engine);
        var table = new MemberTable(test.Store);
        var start = await table.ReadAll();
        start.Members.ShouldBeEmpty();

        (await table.InsertRow(Member(1), start.Version.Next())).ShouldBeTrue();
        (await table.InsertRow(Member(2), start.Version.Next())).ShouldBeFalse("somebody was added since");
        var one = await table.ReadAll();
        one.Version.Version.ShouldBe(start.Version.Version + 1);
        (await table.InsertRow(Member(1), one.Version.Next())).ShouldBeFalse("it is there already");
        (await table.ReadAll()).Version.ShouldBe(one.Version, "and nothing changed");
        (await table.InsertRow(Member(2), one.Version.Next())).ShouldBeTrue();
        (await table.ReadAll()).Members.Count.ShouldBe(2);
        (await table.ReadRow(Member(2).SiloAddress)).Members.ShouldHaveSingleItem();
        (await table.ReadRow(Member(3).SiloAddress)).Members.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_change_needs_the_mark_of_the_row_and_the_version_of_the_table_but_a_sign_of_life_disturbs_neither(Engine engine)
    {
        using var test = TestStore.Open(engine);
        var table = new MemberTable(test.Store);
        await table.InsertRow(Member(1), (await table.ReadAll()).Version.Next());
        var (entry, mark) = (await table.ReadAll()).Members.Single().ToValueTuple();
        var version = (await table.ReadAll()).Version;

        entry.IAmAliveTime = Noon.AddMinutes(1);
        await table.UpdateIAmAlive(entry);
        entry.Status = SiloStatus.Active;
        entry.AddSuspector(Member(2).SiloAddress, Noon.AddSeconds(5));
        (await table.UpdateRow(entry, "99", version.Next())).ShouldBeFalse("the row is another by now");
        (await table.UpdateRow(entry, mark, new TableVersion(version.Version + 5, "0"))).ShouldBeFalse("the table is another by now");
        (await table.UpdateRow(Member(3), mark, version.Next())).ShouldBeFalse("there is no such member");
        (await table.ReadAll()).Version.ShouldBe(version);
        (await table.UpdateRow(entry, mark, version.Next())).ShouldBeTrue();

        var read = (await table.ReadAll()).Members.Single().Item1;
        read.ToFullString().ShouldBe(entry.ToFullString());
        read.SuspectTimes.ShouldHaveSingleItem().ShouldBe(Tuple.Create(Member(2).SiloAddress, Noon.AddSeconds(5)));
        (await table.UpdateRow(entry, mark, version.Next())).ShouldBeFalse("the same change does not count twice");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_ten_who_change_at_once_one_succeeds(Engine engine)
    {
        using var test = TestStore.Open(engine);
        var table = new MemberTable(test.Store);
        var version = (await table.ReadAll()).Version;
        var done = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => Task.Run(() => table.InsertRow(Member(n), version.Next()))));
        done.Count(one => one).ShouldBe(1);
        (await table.ReadAll()).Members.Count.ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_dead_are_forgotten_after_a_while_and_the_living_never(Engine engine)
    {
        using var test = TestStore.Open(engine);
        var table = new MemberTable(test.Store);
        foreach (var n in (int[])[1, 2, 3])
        {
            var member = Member(n);
            (member.Status, member.IAmAliveTime) = (n == 1 ? SiloStatus.Active : SiloStatus.Dead, n == 3 ? Noon.AddDays(2) : Noon);
            await table.InsertRow(member, (await table.ReadAll()).Version.Next());
        }
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Noon.AddDays(1)));
        var left = (await table.ReadAll()).Members.Select(member => member.Item1.SiloAddress);
        left.ShouldBe([Member(1).SiloAddress, Member(3).SiloAddress], ignoreOrder: true);
    }

    private static MembershipEntry Member(int n) => new()
    {
        SiloAddress = SiloAddress.FromParsableString($"127.0.0.1:{11110 + n}@{n}"),
        Status = SiloStatus.Joining,
        SiloName = $"node {n}",
        HostName = "here",
        RoleName = "",
        StartTime = Noon,
        IAmAliveTime = Noon,
    };
}
