using Legwork.Platform.Storage;

namespace Legwork.Clinics.Stock;

internal static class UnitState
{
    public const string Stock = "stock", Opened = "opened", Used = "used", Wasted = "wasted", Quarantine = "quarantine", Away = "away";

    /// <summary>Counts among what a clinic can give.</summary>
    public static readonly IReadOnlyList<string> Usable = [Stock, Opened];
}

/// <summary>
/// A trace code as it stands on a pack: twenty digits, of which the first seven say the medicine (NMPAB/T 1002-2019). Whoever scans with spaces or
/// typed it in groups means the same.
/// </summary>
internal readonly record struct TraceCode(string Digits)
{
    public const int Length = 20;

    public static bool TryParse(string text, out TraceCode code)
    {
        var digits = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        code = new TraceCode(digits);
        return digits.Length == Length && digits.All(char.IsAsciiDigit);
    }

    public string Medicine => Digits[..7];
}

/// <param name="Doses">Left in it.</param>
internal sealed record Unit(string Code, string Product, string Lot, string Clinic, string Fridge, string State, long Doses, DateTimeOffset? OpenedAt,
    long Version)
{
    private const string Columns = "select code, product, lot, clinic, fridge, state, doses, opened_at, version from clinics_unit";

    public static Task<Unit?> FindAsync(Session session, string code) => session.FirstAsync<Unit>(Columns + " where code = @code", new { code });

    public static Unit? Find(Session session, string code) => session.First<Unit>(Columns + " where code = @code", new { code });

    public static Task<List<Unit>> WhereAsync(Session session, string condition, object args) =>
        session.QueryAsync<Unit>($"{Columns} where {condition}", args);

    /// <returns>False when somebody else was quicker.</returns>
    public bool Change(Session session, Unit before) => session.Execute("""
        update clinics_unit set clinic = @Clinic, fridge = @Fridge, state = @State, doses = @Doses, opened_at = @OpenedAt, version = version + 1
        where code = @Code and version = @expected
        """, new { Clinic, Fridge, State, Doses, OpenedAt, Code, expected = before.Version }) == 1;

    public bool IsUsable => UnitState.Usable.Contains(State);
}

/// <param name="RecalledAt">Null while it is not.</param>
internal sealed record LotRow(string Product, string Lot, DateOnly Expires, string Maker, DateTimeOffset? RecalledAt, string RecallNote)
{
    private const string Columns = "select product, lot, expires, maker, recalled_at, recall_note from clinics_lot";

    public static Task<LotRow?> FindAsync(Session session, string product, string lot) =>
        session.FirstAsync<LotRow>(Columns + " where product = @product and lot = @lot", new { product, lot });

    public static Task<List<LotRow>> AllAsync(Session session) => session.QueryAsync<LotRow>(Columns + " order by product, expires, lot");
}

/// <summary>One movement: what came to a place or left it, and why.</summary>
/// <param name="Doses">Negative where they leave.</param>
internal sealed record Movement(string Code, string Product, string Lot, string Clinic, string Fridge,
    string What, long Doses, Guid? Visit, string Reason)
{
    public const string Received = "received", Given = "given", Wasted = "wasted", Expired = "expired", Sent = "sent", Arrived = "arrived",
        Counted = "counted",
        Shifted = "shifted";

    public void Add(Session session, Platform.Access.Actor actor, DateTimeOffset now) => session.Execute("""
        insert into clinics_movement (code, product, lot, clinic, fridge, what, doses, visit, reason, account, actor, at)
        values (@Code, @Product, @Lot, @Clinic, @Fridge, @What, @Doses, @Visit, @Reason, @Account, @Name, @now)
        """, new { Code, Product, Lot, Clinic, Fridge, What, Doses, Visit, Reason, actor.Account, actor.Name, now });
}
