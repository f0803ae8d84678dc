using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>How registration and residence stand to each other: the matrix of <c>rules/people.md</c> §2, in the words of the offices.</summary>
internal enum Presence
{
    /// <summary>人户一致: lives in the street of registration.</summary>
    Together,

    /// <summary>人户分离（区内）: lives in another street of the district.</summary>
    ApartInside,

    /// <summary>人户分离（区外）: registered here, moved or insured elsewhere in the province or beyond it.</summary>
    ApartOutside,

    /// <summary>疑似空挂户: registered here, and no list knows anyone living here.</summary>
    EmptySuspected,

    /// <summary>空挂户（已确认）: two kinds of evidence and a supervisor said so.</summary>
    EmptyConfirmed,

    /// <summary>Registered here and known to some list, but no ledger says where this person lives.</summary>
    ResidenceUnknown,

    /// <summary>常住非户籍: lives here, registered elsewhere.</summary>
    LivesOnly,

    /// <summary>Neither registered nor living here: history only.</summary>
    Neither,

    Dead,
}

internal static class PresenceRule
{
    /// <param name="rows">The file's live rows.</param>
    /// <param name="statedHome">The grid of a residence stated on evidence, or null.</param>
    /// <param name="verified">A verified result about the residence (<c>moved_away</c>, <c>empty_registration</c>, …), or empty.</param>
    /// <param name="streetOf">Street of a grid, by name as the household register writes it.</param>
    /// <param name="findings">Kind and state of the findings that stand.</param>
    public static Presence Of(IReadOnlyList<RowVersion> rows, string? statedHome, string verified, Func<string, string?> streetOf,
        IReadOnlyCollection<(string Kind, string State)> findings)
    {
        if (rows.Any(row => row.Means == Sources.Deaths)) return Presence.Dead;
        var registered = rows.FirstOrDefault(row => row.Means == Sources.Household && Value(row, "cancelled_reason").Length == 0);
        var home = statedHome ?? rows.Where(row => row.Means == Sources.Ledger && Value(row, "dwelling_state") is "usual" or "rented")
            .Select(row => Value(row, "grid")).FirstOrDefault();
        var lives = !string.IsNullOrEmpty(home);
        if (registered is null) return lives ? Presence.LivesOnly : Presence.Neither;
        if (lives)
        {
            var street = Value(registered, "street");
            return streetOf(home!) is { } at && street.Length > 0 && at != street ? Presence.ApartInside : Presence.Together;
        }
        if (verified == "empty_registration") return Presence.EmptyConfirmed;
        if (findings.Any(finding => finding is { Kind: "empty_registration", State: "open" })) return Presence.EmptySuspected;
        var gone = verified == "moved_away"
            || rows.Any(row => row.Means == Sources.Moves && Value(row, "direction") == "out"
                || row.Means == Sources.Elsewhere && Value(row, "status") == "active");
        return gone ? Presence.ApartOutside : Presence.ResidenceUnknown;
    }

    private static string Value(RowVersion row, string field) => row.Fields.GetValueOrDefault(field) ?? "";
}
