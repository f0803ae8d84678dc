namespace Legwork.Platform.Access;

/// <summary>Which district this server serves, whether its accounts are the demonstration's, and how long a sign-in lives.</summary>
/// <param name="District">GB/T 2260 code.</param>
public sealed record AccessRules(string District, bool Demonstration)
{
    /// <summary>From signing in to the end, however busy.</summary>
    public TimeSpan SessionMax { get; init; } = TimeSpan.FromHours(12);

    /// <summary>From the last click to the end.</summary>
    public TimeSpan SessionIdleMax { get; init; } = TimeSpan.FromHours(4);

    /// <summary>A copy with invented people, to practise in: every page says so, and nothing leaves it.</summary>
    public bool Practice { get; init; }

    /// <summary>When a practice copy is wiped.</summary>
    public DateTimeOffset? WipedAt { get; init; }

    /// <summary>From the district itself the address of its practice copy, and from there the way back; empty where there is none.</summary>
    public string OtherAddress { get; init; } = "";

    /// <summary>How long one may be stood in for at once. No law names a number: a season, after which somebody looks at it again (D).</summary>
    public int StandInDaysMax { get; init; } = 92;

    /// <summary>Roles that a password alone does not open: a passkey or the office's directory is asked for. None by default.</summary>
    public IReadOnlyList<Role> MoreThanPassword { get; init; } = [];

    /// <summary>The office's own directory; off unless it is named.</summary>
    public OfficeSettings Office { get; init; } = new();

    /// <summary>The address by which people reach this server; null where none is set.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whether only this machine can reach it, so that without an address it is <c>localhost</c>.</summary>
    public bool OnlyHere { get; init; }

    /// <exception cref="FormatException">More than a password is asked for a role that is none here, or where there is nothing more.</exception>
    public void Check(IReadOnlyCollection<Role> known)
    {
        if (MoreThanPassword.Where(role => !known.Contains(role)).ToList() is [var unknown, ..])
            throw new FormatException($"MoreThanPassword: there is no role {unknown}. The roles are {string.Join(", ", known)}.");
        if (MoreThanPassword.Count > 0 && !Office.On && new PublicSite(this).Domain is null)
            throw new FormatException("MoreThanPassword needs an Address with a name, so that passkeys can be added, or an Office.");
    }

    /// <summary>Whether one of these roles is to be opened by more than a password.</summary>
    internal bool AskMore(IEnumerable<Grant> grants) => grants.Any(grant => MoreThanPassword.Contains(grant.Role));
}
