using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Legwork.Host.Processes;
using Legwork.Platform.Storage;
using Npgsql;

namespace Legwork.Host.Soak;

/// <summary>
/// Three etcd, three Patroni with PostgreSQL and one HAProxy on loopback, from the same files under <c>deploy/cluster</c> that an
/// operator puts in place.
/// </summary>
internal sealed class FailoverCluster : IDisposable
{
    public const string Password = "soak-on-loopback";
    private const string Host = "127.0.0.1";
    private const string Etcd = "/usr/bin/etcd", Patroni = "/usr/bin/patroni", Haproxy = "/usr/sbin/haproxy";
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(4);
    private static readonly string Templates = Path.Combine(DistrictOptions.Home, "deploy", "cluster");

    private readonly string folder;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private readonly int[] ports = FreePorts(3 * 4 + 7);
    private readonly Child[] etcds, patronis;
    private readonly Child haproxy;

    /// <exception cref="CannotOpenException">A program is missing; the message names the command that installs it.</exception>
    public FailoverCluster(string folder)
    {
        this.folder = folder;
        if (Postgres() is not { } binaries || Array.Exists((string[])[Etcd, Patroni, Haproxy], program => !File.Exists(program)))
            throw new CannotOpenException("PostgreSQL, etcd, Patroni or HAProxy is missing. Install them with:  "
                + "sudo apt-get install --no-install-recommends postgresql etcd-server patroni haproxy");
        Directory.CreateDirectory(Logs);
        Open(folder);
        string Put(string template, int i) => Written(template, i, Settings(i, binaries));
        etcds = [.. Members.Select(i => new Child($"etcd{i}", Logs, [Etcd, "--config-file", Put("etcd.yml", i)]))];
        patronis = [.. Members.Select(i => new Child($"db{i}", Logs, [.. AsPostgres(), Patroni, Put("patroni.yml", i)]))];
        haproxy = new Child("haproxy", Logs, [Haproxy, "-db", "-f", Put("haproxy.cfg", 1)]);
    }

    private static int[] Members => [1, 2, 3];

    public string Logs => Path.Combine(folder, "logs");

    public int PrimaryPort => ports[12];

    public int CopiesPort => ports[13];

    public Uri Pages => new($"http://{Host}:{ports[14]}");

    /// <summary>Addresses at which HAProxy looks for the two nodes.</summary>
    public IReadOnlyList<int> NodePorts => [ports[15], ports[16]];

    /// <summary>Where the two nodes reach each other.</summary>
    public IReadOnlyList<int> ClusterPorts => [ports[17], ports[18]];

    public async Task Start()
    {
        foreach (var child in etcds) child.Start();
        foreach (var child in patronis) child.Start();
        haproxy.Start();
        await Whole();
        await using var connection = new NpgsqlConnection(Administration);
        await connection.OpenAsync();
        foreach (var sql in (string[])[$"create role legwork login password '{Password}'", "create database legwork owner legwork"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The connection string of a node; its patience is shorter than the half minute in which a person must be served again.</summary>
    public static string Storage(int port) =>
        $"Host={Host};Port={port};Username=legwork;Password={Password};Database=legwork;Timeout=5;Command Timeout=10;Cancellation Timeout=-1";

    /// <summary>Waits until a primary writes, both others follow it, one of them in step with it.</summary>
    public async Task Whole()
    {
        foreach (var child in All.Where(child => !child.Lives)) child.Start();
        var clock = Stopwatch.StartNew();
        while (!await IsWhole())
        {
            if (clock.Elapsed > StartMax)
                throw new InvalidOperationException("The cluster does not get whole:\n"
                    + string.Join('\n', All.Select(child => $"{child.Name}: {child.Tail(3)}")));
            await Task.Delay(500);
        }
    }

    /// <summary>The machine of the primary dies: Patroni and PostgreSQL at once.</summary>
    public async Task<string> KillPrimary()
    {
        var members = await Known();
        var primary = members.Single(member => member.Role == "leader").Name;
        var index = int.Parse(primary[2..], CultureInfo.InvariantCulture);
        patronis[index - 1].Kill();
        var postmaster = int.Parse(File.ReadLines(Path.Combine(folder, $"db{index}", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(postmaster);
        process.Kill(entireProcessTree: true);
        return primary;
    }

    public async Task<string> KillLeaderOfEtcd()
    {
        foreach (var i in Members)
        {
            using var asked = await http.PostAsync($"http://{Host}:{EtcdPort(i)}/v3/maintenance/status", new StringContent("{}"));
            using var answer = JsonDocument.Parse(await asked.Content.ReadAsStringAsync());
            var status = answer.RootElement;
            if (status.GetProperty("leader").GetString() != status.GetProperty("header").GetProperty("member_id").GetString()) continue;
            etcds[i - 1].Kill();
            return $"etcd{i}";
        }
        throw new InvalidOperationException("etcd has no leader.");
    }

    /// <summary>Nobody can be chosen any more; who is primary must stay so.</summary>
    public string KillAllOfEtcd()
    {
        foreach (var etcd in etcds) etcd.Kill();
        return "etcd1, etcd2, etcd3";
    }

    public void Dispose()
    {
        foreach (var child in All) child.Dispose();
        foreach (var i in Members)
        {
            var pid = Path.Combine(folder, $"db{i}", "postmaster.pid");
            if (!File.Exists(pid) || !int.TryParse(File.ReadLines(pid).FirstOrDefault(), CultureInfo.InvariantCulture, out var postmaster)) continue;
            try
            {
                using var process = Process.GetProcessById(postmaster);
                if (process.ProcessName.StartsWith("postgres", StringComparison.Ordinal)) process.Kill(entireProcessTree: true);
            }
            catch (ArgumentException)
            {
                // It is gone already.
            }
        }
        haproxy.Dispose();
        http.Dispose();
    }

    private async Task<bool> IsWhole()
    {
        try
        {
            var members = await Known();
            return members.Count == 3 && members.Count(member => member is { Role: "leader", State: "running" }) == 1
                && members.Any(member => member.Role is "sync_standby" && member.State is "running" or "streaming")
                && members.All(member => member.State is "running" or "streaming")
                && (await Task.WhenAll(Members.Select(EtcdIsWell))).All(well => well)
                && await Writes();
        }
        catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<bool> EtcdIsWell(int i)
    {
        using var answer = await http.GetAsync($"http://{Host}:{EtcdPort(i)}/health");
        return answer.IsSuccessStatusCode;
    }

    private async Task<bool> Writes()
    {
        try
        {
            await using var connection = new NpgsqlConnection(Administration);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select not pg_is_in_recovery()", connection);
            return await command.ExecuteScalarAsync() is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<List<Member>> Known()
    {
        foreach (var i in Members)
        {
            if (!patronis[i - 1].Lives) continue;
            try
            {
                using var answer = JsonDocument.Parse(await http.GetStringAsync($"http://{Host}:{ports[6 + i - 1]}/cluster"));
                return [.. answer.RootElement.GetProperty("members").EnumerateArray()
                    .Select(member => new Member(Of(member, "name"), Of(member, "role"), Of(member, "state")))];
            }
            catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
            {
                // Another of the three is asked.
            }
        }
        throw new InvalidOperationException("No Patroni answers.");
    }

    private IEnumerable<Child> All => etcds.Concat(patronis).Append(haproxy);

    private string Administration =>
        $"Host={Host};Port={PrimaryPort};Username=postgres;Password={Password};Database=postgres;Pooling=false;Timeout=3";

    private static string Of(JsonElement member, string property) => member.GetProperty(property).GetString()!;

    private int EtcdPort(int i) => ports[i - 1];

    private Dictionary<string, string> Settings(int i, string binaries) => new()
    {
        ["NAME"] = $"db{i}",
        ["HOST"] = Host,
        ["NETWORK"] = "127.0.0.1/32",
        ["ETCD_DATA"] = Path.Combine(folder, $"etcd{i}"),
        ["ETCD_PORT"] = $"{EtcdPort(i)}",
        ["ETCD_PEER_PORT"] = $"{ports[3 + i - 1]}",
        ["ETCD_MEMBERS"] = string.Join(',', Members.Select(m => $"db{m}=http://{Host}:{ports[3 + m - 1]}")),
        ["ETCD_HOSTS"] = string.Join(',', Members.Select(m => $"{Host}:{EtcdPort(m)}")),
        ["PATRONI_PORT"] = $"{ports[6 + i - 1]}",
        ["POSTGRES_PORT"] = $"{ports[9 + i - 1]}",
        ["POSTGRES_DATA"] = Path.Combine(folder, $"db{i}"),
        ["POSTGRES_BIN"] = binaries,
        ["POSTGRES_RUN"] = folder,
        ["POSTGRES_PASSWORD"] = Password,
        ["REPLICATION_PASSWORD"] = Password,
        ["PRIMARY_PORT"] = $"{PrimaryPort}",
        ["COPIES_PORT"] = $"{CopiesPort}",
        ["PAGES_PORT"] = $"{ports[14]}",
        ["NODE1"] = $"{Host}:{ports[15]}",
        ["NODE2"] = $"{Host}:{ports[16]}",
        ["ERROR_PAGES"] = Templates,
        ["DB1"] = $"db1 {Host}:{ports[9]}",
        ["DB2"] = $"db2 {Host}:{ports[10]}",
        ["DB3"] = $"db3 {Host}:{ports[11]}",
        ["DB1_PATRONI"] = $"{ports[6]}",
        ["DB2_PATRONI"] = $"{ports[7]}",
        ["DB3_PATRONI"] = $"{ports[8]}",
    };

    private string Written(string template, int i, Dictionary<string, string> settings)
    {
        var text = File.ReadAllText(Path.Combine(Templates, template));
        foreach (var (key, value) in settings) text = text.Replace($"${{{key}}}", value, StringComparison.Ordinal);
        if (text.IndexOf("${", StringComparison.Ordinal) is >= 0 and var left)
            throw new InvalidDataException($"{template} asks for {text[left..Math.Min(text.Length, left + 30)]}, which nobody sets.");
        var path = Path.Combine(folder, $"{i}-{template}");
        File.WriteAllText(path, text);
        return path;
    }

    // PostgreSQL refuses to run as root.
    private static string[] AsPostgres() =>
        Environment.IsPrivilegedProcess ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    /// <summary>The folder of the newest PostgreSQL's programs, or null.</summary>
    private static string? Postgres() => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault();

    private static void Open(string folder)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return;
        File.SetUnixFileMode(Path.GetDirectoryName(folder)!,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        using var chown = Process.Start("/bin/chown", ["postgres", folder]);
        chown.WaitForExit();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var free = listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners) listener.Stop();
        return [.. free];
    }

    private sealed record Member(string Name, string Role, string State);
}
