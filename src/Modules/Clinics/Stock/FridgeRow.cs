using Legwork.Clinics.Plan;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Stock;

internal static class FridgeState
{
    /// <summary>A pharmacist has not decided yet about what lay in it.</summary>
    public const string Fine = "fine", Quarantined = "quarantined";
}

/// <summary>What a fridge last said.</summary>
/// <param name="OutSince">Of the readings out of range in a row, the first; null while it is in range.</param>
internal sealed record FridgeRow(string Clinic, string Fridge, double Celsius, DateTimeOffset At, DateTimeOffset? OutSince, string State)
{
    private const string Columns = "select clinic, fridge, celsius, at, out_since, state from clinics_fridge";

    public static Task<FridgeRow?> FindAsync(Session session, string clinic, string fridge) =>
        session.FirstAsync<FridgeRow>(Columns + " where clinic = @clinic and fridge = @fridge", new { clinic, fridge });

    public static FridgeRow? Find(Session session, string clinic, string fridge) => Session.AtHand(FindAsync(session, clinic, fridge));

    public static Task<List<FridgeRow>> OfAsync(Session session, string clinic) =>
        session.QueryAsync<FridgeRow>(Columns + " where clinic = @clinic order by fridge", new { clinic });

    /// <summary>Out of range for longer than the rule lets pass, or silent for so long that nobody knows.</summary>
    public static bool IsOut(FridgeRow? row, FridgeRule rule, DateTimeOffset now) => row is null
        || now - row.At > TimeSpan.FromMinutes(rule.SilentMinutes) || row.OutSince is { } since && now - since > TimeSpan.FromMinutes(rule.Minutes);
}
