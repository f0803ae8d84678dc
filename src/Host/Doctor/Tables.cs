using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Doctor;

/// <summary>What the storage itself tells of its health.</summary>
internal sealed class Tables(DistrictOptions options, TimeProvider clock, Session session)
{
    private static readonly TimeSpan LateDelivery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(1);

    private readonly long now = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IEnumerable<Sign> Look()
    {
        yield return MigrationsSign(out var usable);
        if (!usable) yield break;
        yield return Accounts();
        foreach (var sign in Outbox()) yield return sign;
        foreach (var sign in Heads()) yield return sign;
        yield return Clock();
        if (session.Engine == Engine.Postgres) yield return Durability();
        foreach (var sign in options.Modules.Brought<DoctorCheck>().SelectMany(check => check.Look(session, clock.GetUtcNow()))) yield return sign;
    }

    private Sign MigrationsSign(out bool usable)
    {
        var known = Migration.Known(options.Modules.Assemblies, session.Engine);
        var applied = Migration.Applied(session);
        var strange = applied.Except(known).ToList();
        var missing = known.Except(applied).Count();
        usable = strange.Count == 0 && missing == 0;
        return strange.Count > 0
            ? new Sign("migrations", Health.Bad, $"{strange[0].Module}/{strange[0].Name} is not of this version",
                "The data were made by another version of legwork: run that one, or a newer one.")
            : missing > 0 ? new Sign("migrations", Health.Warn, $"{missing} are not applied yet", "They run at the next start; make a backup before.")
            : new Sign("migrations", Health.Ok, $"all {applied.Count} applied");
    }

    private Sign Accounts()
    {
        var (all, demonstration) = (Platform.Access.Accounts.Count(session), Platform.Access.Accounts.Count(session, demonstrationOnly: true));
        return all == 0 ? new Sign("accounts", Health.Warn, "nobody can sign in yet", "legwork admin create --sign-in NAME --name NAME")
            : demonstration > 0 ? new Sign("accounts", Health.Warn, $"{demonstration} have published passwords",
                "This is a demonstration; never let real people's data into it.")
            : new Sign("accounts", Health.Ok, $"{all} can sign in");
    }

    private IEnumerable<Sign> Outbox()
    {
        var parked = session.Scalar<long>("select count(*) from platform_delivery where state = 'parked'");
        yield return parked == 0 ? new Sign("outbox", Health.Ok, "nothing is parked")
            : new Sign("outbox", Health.Bad, $"{parked} deliveries failed too often and are parked",
                "They hold later events of the same person or place. 'legwork outbox' lists them and says how to go on.");
        var late = session.Scalar<long>("select count(*) from platform_delivery where state = 'waiting' and next_at < @before",
            new { before = now - (long)LateDelivery.TotalMilliseconds });
        if (late > 0) yield return new Sign("outbox", Health.Warn, $"{late} deliveries have waited longer than {LateDelivery.TotalMinutes:0} minutes",
            "Is a server running? 'legwork serve' delivers them.");
    }

    private IEnumerable<Sign> Heads()
    {
        var any = false;
        foreach (var chain in session.Query<ChainRow>("select node, seq from readlog_head order by node"))
        {
            any = true;
            var file = Path.Combine(options.HeadsFolder, chain.Node + ".latest");
            if (!File.Exists(file))
            {
                // Another node of the district keeps its heads beside itself.
                if (chain.Node == options.NodeName)
                    yield return new Sign("log heads", Health.Bad, $"{file} is missing",
                        "Without it a cut tail of the log goes unseen; bring it back from a backup.");
                continue;
            }
            var behind = chain.Seq - (ReadLog.HeadIn(File.ReadLines(file).First())?.Seq ?? 0);
            yield return behind < 0 ? new Sign("log heads", Health.Bad, $"{chain.Node}: a head was signed {-behind} entries beyond the log",
                "The log was cut: run legwork verify-log and tell the auditor.")
                : behind > 0 ? new Sign("log heads", Health.Warn,
                    $"{chain.Node}: the exported head is {behind} entries old", "The next entry brings it up to date.")
                : new Sign("log heads", Health.Ok, $"{chain.Node}: exported up to the last entry ({chain.Seq})");
        }
        if (!any) yield return new Sign("log heads", Health.Ok, "nothing was read yet");
    }

    private Sign Clock()
    {
        var latest = Math.Max(session.Scalar<long?>("select max(at) from readlog_head") ?? 0,
            session.Scalar<long?>("select max(applied_at) from platform_migration") ?? 0);
        var server = session.Engine == Engine.Postgres ? session.Scalar<long>("select (extract(epoch from clock_timestamp()) * 1000)::bigint") : now;
        var (behind, skew) = (TimeSpan.FromMilliseconds(latest - now), TimeSpan.FromMilliseconds(Math.Abs(server - now)));
        return behind > SkewMax ? new Sign("clock", Health.Bad, $"runs {behind.TotalMinutes:0} minutes behind the newest entry in the log",
            "Set the machine's clock (timedatectl), then look at the log.")
            : skew > SkewMax ? new Sign("clock", Health.Warn, $"differs from PostgreSQL's by {skew.TotalSeconds:0} s",
                "Let both machines follow the same time server.")
            : new Sign("clock", Health.Ok, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC");
    }

    private Sign Durability()
    {
        string[] wanted = ["fsync", "synchronous_commit", "full_page_writes"];
        var off = wanted.Where(setting => session.Scalar<string>($"show {setting}") == "off").ToList();
        return off.Count == 0 ? new Sign("durability", Health.Ok, "PostgreSQL syncs every commit")
            : new Sign("durability", Health.Bad, $"PostgreSQL has {string.Join(", ", off)} switched off",
                "Switch it on in postgresql.conf: an acknowledgement must survive a power cut.");
    }

    private sealed record ChainRow(string Node, long Seq);
}
