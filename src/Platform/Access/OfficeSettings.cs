namespace Legwork.Platform.Access;

/// <summary>
/// The office's own directory as the installation names it (<c>Office</c> of the settings): an OpenID Connect provider that says who
/// somebody is, and nothing of what they may do here. Off without <see cref="Authority"/>.
/// </summary>
public sealed class OfficeSettings
{
    /// <summary>The issuer, <c>https://id.example.cn/realms/district</c>; everything that is asked of the directory is asked of this host.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What this server is called there (client id).</summary>
    public string Client { get; set; } = "";

    /// <summary>The secret of the client; better in the environment or in <see cref="SecretFile"/>.</summary>
    public string Secret { get; set; } = "";

    /// <summary>File with the secret alone, readable by its owner only; a name without a folder lies in the data folder.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>The claim by which an account is known there for good.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim that an administrator can write down before somebody's first sign-in.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>What the button says, by language (<c>zh-CN</c>, <c>bo</c>, <c>en</c>).</summary>
    public Dictionary<string, string> Label { get; set; } = [];

    /// <summary>Minutes until the directory is asked anew whether it still knows somebody who came in by it; 5 to 480.</summary>
    public int SessionMinutesMax { get; set; } = 4 * 60;

    /// <summary>Days for which a bound account may use its password or passkey after the directory last vouched for it; 0 to 30.</summary>
    public int VouchDaysMax { get; set; } = 3;

    /// <summary>How strongly the directory must say that it knew somebody again (<c>acr</c>): by one of these. Empty asks for nothing.</summary>
    public string[] Acr { get; set; } = [];

    /// <summary>By what (<c>amr</c>): one of these at least, <c>mfa</c>. Empty asks for nothing.</summary>
    public string[] Amr { get; set; } = [];

    /// <summary>Minutes since somebody last showed themselves there (<c>auth_time</c>); 0 asks for nothing.</summary>
    public int AuthMinutesMax { get; set; }

    internal bool On => Authority.Length > 0;

    internal TimeSpan SessionMax(TimeSpan ofAll) => TimeSpan.FromMinutes(SessionMinutesMax) is var own && own < ofAll ? own : ofAll;

    /// <summary>Whether an address is the directory's, by scheme, host and port.</summary>
    internal bool Owns(Uri? address) => address is { IsAbsoluteUri: true }
        && address.GetLeftPart(UriPartial.Authority).Equals(new Uri(Authority).GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    /// <summary>The same with the secret read, if it can work. Nothing is asked of the directory: it may be away when a server starts.</summary>
    /// <param name="reachable">Whether it is known by which address people reach this server.</param>
    /// <exception cref="FormatException">Something is missing or unsafe; the setting is named, and never its secret.</exception>
    public OfficeSettings Checked(string dataFolder, bool reachable)
    {
        if (!On) return this;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority)
            || authority is not ({ Scheme: "https" } or { Scheme: "http", IsLoopback: true })
            || authority.Query.Length > 0 || authority.UserInfo.Length > 0)
            throw new FormatException("Office:Authority is an address that begins with https:.");
        if (Client.Length == 0) throw new FormatException("Office:Client is missing: what the directory calls this server.");
        if (!reachable) throw new FormatException("Address is missing: the directory leads people back to the address that is set, and to no other.");
        if (SessionMinutesMax is < 5 or > 480 || VouchDaysMax is < 0 or > 30)
            throw new FormatException("Office:SessionMinutesMax is 5 to 480, and Office:VouchDaysMax 0 to 30.");
        if (AuthMinutesMax is < 0 or > 1440 || Acr.Concat(Amr).Any(value => value.Length == 0 || value.Contains(' ')))
            throw new FormatException("Office:AuthMinutesMax is 0 to 1440, and each of Office:Acr and Office:Amr a word as the directory writes it.");
        if (SecretFile.Length == 0) return this;
        var file = Path.Combine(dataFolder, SecretFile);
        if (!File.Exists(file)) throw new FormatException($"Office:SecretFile names {file}, which is not there.");
        var read = (OfficeSettings)MemberwiseClone();
        read.Secret = File.ReadAllText(file).Trim();
        return read;
    }
}
