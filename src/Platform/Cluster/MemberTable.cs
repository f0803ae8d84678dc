using System.Globalization;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Cluster;

/// <summary>
/// Which nodes there are and who takes whom for dead, in the district's own storage. Each change of a row changes the version of the
/// whole table with it, or nothing; a sign of life changes neither. A row's mark is the version at which it changed last.
/// </summary>
internal sealed class MemberTable(Store store) : IMembershipTable
{
    private const string Columns = "address, status, name, host, role, proxy_port, update_zone, fault_zone, suspects, started_at, alive_at, mark";

    // The tables are made by the migrations, before any node is there.
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => store.Write(session => session.Execute("delete from platform_member"));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => store.Write(session => session.Execute(
        "delete from platform_member where status = @dead and started_at < @beforeDate and alive_at < @beforeDate",
        new { dead = (long)SiloStatus.Dead, beforeDate }));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Read("where address = @address", new { address = key.ToParsableString() });

    public Task<MembershipTableData> ReadAll() => Read("", null);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => store.Write(session =>
    {
        if (!IsCurrent(session, tableVersion)) return false;
        if (session.Execute($"""
            insert into platform_member ({Columns})
            values (@Address, @Status, @Name, @Host, @Role, @ProxyPort, @UpdateZone, @FaultZone, @Suspects, @StartedAt, @AliveAt, @Mark)
            on conflict (address) do nothing
            """, Row.Of(entry, tableVersion.Version)) == 0) return false;
        Advance(session, tableVersion);
        return true;
    });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => store.Write(session =>
    {
        if (!IsCurrent(session, tableVersion)) return false;
        var row = Row.Of(entry, tableVersion.Version);
        if (session.Execute("""
            update platform_member set status = @Status, name = @Name, host = @Host, role = @Role, proxy_port = @ProxyPort, update_zone = @UpdateZone,
                fault_zone = @FaultZone, suspects = @Suspects, started_at = @StartedAt, alive_at = @AliveAt, mark = @Mark
            where address = @Address and mark = @before
            """, new
        {
            row.Status,
            row.Name,
            row.Host,
            row.Role,
            row.ProxyPort,
            row.UpdateZone,
            row.FaultZone,
            row.Suspects,
            row.StartedAt,
            row.AliveAt,
            row.Mark,
            row.Address,
            before = Number(etag),
        }) == 0) return false;
        Advance(session, tableVersion);
        return true;
    });

    public Task UpdateIAmAlive(MembershipEntry entry) => store.Write(session => session.Execute(
        "update platform_member set alive_at = @at where address = @address",
        new { at = Instant(entry.IAmAliveTime), address = entry.SiloAddress.ToParsableString() }));

    private Task<MembershipTableData> Read(string where, object? args) => Task.Run(() => store.Snapshot(session =>
    {
        var version = session.Scalar<long>("select version from platform_member_version");
        var rows = session.Query<Row>($"select {Columns} from platform_member {where}", args);
        return new MembershipTableData(rows.ConvertAll(row => Tuple.Create(row.ToEntry(), Text(row.Mark))),
            new TableVersion((int)version, Text(version)));
    }));

    /// <summary>Holds the version until the unit ends, so that of two who saw the same one only the first changes anything.</summary>
    private static bool IsCurrent(Session session, TableVersion wanted) =>
        session.Scalar<long>("select version from platform_member_version" + (session.Engine == Engine.Postgres ? " for update" : ""))
            == Number(wanted.VersionEtag);

    private static void Advance(Session session, TableVersion to) =>
        session.Execute("update platform_member_version set version = @to", new { to = (long)to.Version });

    private static long Number(string etag) => long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record Row(string Address, long Status, string Name, string Host, string Role, long ProxyPort, long UpdateZone,
        long FaultZone, string Suspects, DateTimeOffset StartedAt, DateTimeOffset AliveAt, long Mark)
    {
        public static Row Of(MembershipEntry entry, long mark) => new(entry.SiloAddress.ToParsableString(), (long)entry.Status,
            entry.SiloName ?? "", entry.HostName ?? "", entry.RoleName ?? "", entry.ProxyPort, entry.UpdateZone, entry.FaultZone,
            string.Join(';', (entry.SuspectTimes ?? []).Select(vote => $"{vote.Item1.ToParsableString()},{Text(vote.Item2.Ticks)}")),
            Instant(entry.StartTime), Instant(entry.IAmAliveTime), mark);

        public MembershipEntry ToEntry() => new()
        {
            SiloAddress = SiloAddress.FromParsableString(Address),
            Status = (SiloStatus)Status,
            SiloName = Name,
            HostName = Host,
            RoleName = Role,
            ProxyPort = (int)ProxyPort,
            UpdateZone = (int)UpdateZone,
            FaultZone = (int)FaultZone,
            SuspectTimes = [.. Suspects.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(vote => vote.Split(',')).Select(vote =>
                Tuple.Create(SiloAddress.FromParsableString(vote[0]), new DateTime(Number(vote[1]), DateTimeKind.Utc)))],
            StartTime = StartedAt.UtcDateTime,
            IAmAliveTime = AliveAt.UtcDateTime,
        };
    }
}
