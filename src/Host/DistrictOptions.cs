using Legwork.Platform.Access;
using Legwork.Platform.Modules;

namespace Legwork.Host;

/// <summary>
/// Everything that can be set, from <c>legwork.json</c> (beside the data, or named by <c>--config</c>), then
/// <c>LEGWORK_SET_…</c> environment variables, then command-line options; docs/how-to/configure.md lists each.
/// </summary>
public sealed class DistrictOptions
{
    /// <summary>Folder of the database, keys and exported heads.</summary>
    public string Data { get; set; } = "data";

    /// <summary>PostgreSQL connection string; empty is SQLite in the data folder.</summary>
    public string Storage { get; set; } = "";

    /// <summary>Connection string of copies of the PostgreSQL, read for figures that may be a second old; empty reads the primary.</summary>
    public string Copies { get; set; } = "";

    /// <summary>Address the server listens on.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";

    /// <summary>This node's name: each node keeps its own chain of the read log.</summary>
    public string Node { get; set; } = "";

    /// <summary>Address and port by which the other nodes reach this one, <c>10.0.0.2:11111</c>; empty where it is the only one.</summary>
    public string Cluster { get; set; } = "";

    /// <summary>Folder with master.key and log-signing.key; the same for all nodes of a district.</summary>
    public string Keys { get; set; } = "";

    /// <summary>Folder with the district's names, calendar and layouts; empty is the one that comes with the program.</summary>
    public string District { get; set; } = "";

    /// <summary>Addresses and ranges (<c>172.18.0.0/16</c>) of the proxies whose X-Forwarded-* headers are believed,
    /// however many stand in a row.</summary>
    public string[] Proxies { get; set; } = [];

    /// <summary>Whether demonstration accounts may sign in; <c>demo</c> sets it, <c>serve</c> refuses while such accounts exist.</summary>
    public bool Demonstration { get; set; }

    /// <summary>Address of the copy of this district to practise in (<c>legwork practise</c>), where the sign-in page leads; empty: none.</summary>
    public string Practice { get; set; } = "";

    /// <summary>Address of the district itself, for the way back from its practice copy.</summary>
    public string Real { get; set; } = "";

    /// <summary>Nothing that is configured: <c>practise</c> alone makes a practice copy.</summary>
    internal bool IsPractice { get; init; }

    internal DateTimeOffset? WipedAt { get; init; }

    /// <summary>Minutes from signing in until the password is asked again, however busy somebody is; 5 to 1440.</summary>
    public int SessionMinutesMax { get; set; } = 12 * 60;

    /// <summary>Minutes from the last click until the password is asked again; 5 at least.</summary>
    public int SessionIdleMinutesMax { get; set; } = 4 * 60;

    /// <summary>Roles (<c>Administrator</c>) that a password alone does not open: a passkey or the office's directory is asked for.</summary>
    public string[] MoreThanPassword { get; set; } = [];

    /// <summary>The address by which people reach this server, <c>https://legwork.example.cn</c>: passkeys and the office's directory are bound
    /// to it, never to a name that a request brings along.</summary>
    public string Address { get; set; } = "";

    /// <summary>The office's own directory (OpenID Connect), by whose accounts staff may sign in too; off unless it is named.</summary>
    public OfficeSettings Office { get; set; } = new();

    /// <summary>Bearer token with which another machine may read /metrics; empty lets only this machine read them.</summary>
    public string MetricsToken { get; set; } = "";

    /// <summary>Address of a receiver of OpenTelemetry (OTLP over HTTP) that traces and metrics are sent to;
    /// empty sends and measures nothing.</summary>
    public string Telemetry { get; set; } = "";

    /// <summary>How many requests run at once; what comes on top waits its turn.</summary>
    public int Running { get; set; } = 64;

    /// <summary>How many requests may wait; what comes on top is asked to come again (503).</summary>
    public int Waiting { get; set; } = 512;

    /// <summary>What this server is made of; a test may put a module of its own beside the product's.</summary>
    public ModuleList Modules { get; }

    public DistrictOptions(ModuleList? modules = null) => Modules = modules ?? Host.District.Modules;

    public string SqliteFile => Path.Combine(Data, "district.db");

    public string StorageWhere => Storage.Length > 0 ? Storage : SqliteFile;

    public string KeysFolder => Keys.Length > 0 ? Keys : Path.Combine(Data, "keys");

    public string HeadsFolder => Path.Combine(Data, "heads");

    public string NodeName => Node.Length > 0 ? Node : Environment.MachineName;

    public string DistrictFolder => District.Length > 0 ? District : Path.Combine(Home, "districts", "540102");

    /// <summary>The district's GB/T 2260 code is the name of its folder.</summary>
    public string DistrictCode => Path.GetFileName(Path.TrimEndingDirectorySeparator(DistrictFolder));

    private static string WayTo(string setting, string value) => value.Length == 0
        || (Uri.TryCreate(value, UriKind.Absolute, out var at) && at.Scheme is "http" or "https") ? value
        : throw new FormatException($"{setting}: {value} is no address of another server, with its scheme.");

    /// <exception cref="FormatException">A sign-in would live too short or longer than a day; the address or the directory is none.</exception>
    public AccessRules RulesOfAccess() => SessionMinutesMax is < 5 or > 1440 || SessionIdleMinutesMax < 5
        ? throw new FormatException("SessionMinutesMax is 5 to 1440 minutes, and SessionIdleMinutesMax at least 5.")
        : new(DistrictCode, Demonstration)
        {
            SessionMax = TimeSpan.FromMinutes(SessionMinutesMax),
            SessionIdleMax = TimeSpan.FromMinutes(SessionIdleMinutesMax),
            Practice = IsPractice,
            WipedAt = WipedAt,
            OtherAddress = IsPractice ? WayTo(nameof(Real), Real) : WayTo(nameof(Practice), Practice),
            Office = Office.Checked(Data, OnlyHere || Address.Length > 0),
            Address = PublicAddress(),
            OnlyHere = OnlyHere,
            MoreThanPassword = [.. MoreThanPassword.Select(code => new Role(code))],
        };

    private bool OnlyHere => Uri.TryCreate(Listen, UriKind.Absolute, out var listen) && listen.IsLoopback;

    private Uri? PublicAddress() => Address.Length == 0 ? null
        : Uri.TryCreate(Address, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps
            || address is { Scheme: "http", IsLoopback: true }) && address.PathAndQuery == "/" ? address
        : throw new FormatException("Address is https:// and a name, without a path: the one by which people reach this server.");

    public string RulesFolder => Path.Combine(Home, "rules");

    /// <summary>Where the program's own data files lie: the checkout, or the folder of a packed archive.</summary>
    public static string Home { get; } = FindHome();

    public static DistrictOptions Read(string? data, string? config, ModuleList? modules = null)
    {
        var folder = data ?? Environment.GetEnvironmentVariable("LEGWORK_DATA_DIR") ?? "data";
        var file = config ?? Path.Combine(folder, "legwork.json");
        var options = new DistrictOptions(modules);
        new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(file), optional: config is null)
            .AddEnvironmentVariables("LEGWORK_SET_")
            .Build()
            .Bind(options);
        if (data is not null || options.Data == "data") options.Data = folder;
        options.Data = Path.GetFullPath(options.Data);
        return options;
    }

    private static string FindHome()
    {
        var home = Environment.GetEnvironmentVariable("LEGWORK_HOME");
        if (home is not null && Directory.Exists(Path.Combine(home, "rules"))) return home;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "rules")) && Directory.Exists(Path.Combine(folder.FullName, "districts")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The folders rules/ and districts/ were not found; set LEGWORK_HOME to where they lie.");
    }
}
