using Legwork.Clinics.Morning;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Needle;

/// <summary>What doctors have gone beyond, a log of its own.</summary>
internal static class OverrideRows
{
    /// <summary>Clauses that a doctor has gone beyond for this visit.</summary>
    public static async Task<IReadOnlySet<string>> Of(Session session, Guid visit) =>
        (await session.QueryAsync<string>("select clauses from clinics_override where visit = @visit", new { visit }))
            .SelectMany(clauses => clauses.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A doctor allows a dose in spite of named clauses, for this one visit.</summary>
internal sealed class GoBeyond(Store store, Clinics clinics, VisitDesk desk, TimeProvider clock)
{
    /// <returns>Refusals: those of <see cref="VisitDesk.Open"/>, <c>clinics.reason</c>, <c>clinics.never</c>
    /// for a clause that is beyond anybody's word.</returns>
    public async Task<Outcome<Done>> Run(Actor actor, Guid visit, IReadOnlyList<string> clauses, string reason)
    {
        var opened = await desk.Open(actor, ClinicsPermissions.Decide, visit, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        if (opened.Value.IsOver) return Refusal.Of("clinics.state", "The visit is over.");
        if (clauses.Count == 0 || clauses.Any(clause => !clinics.Rules.ByDoctor.Contains(clause)))
            return Refusal.Of("clinics.never", "This is beyond a doctor's word. Take another vial, or do it another day.");
        if (Reasons.Missing(reason) is { } none) return none;
        await store.Write(session => session.Execute("""
            insert into clinics_override (visit, clauses, reason, account, actor, at) values (@visit, @clauses, @reason, @Account, @Name, @now)
            """, new
        {
            visit,
            clauses = string.Join(' ', clauses.Distinct().Order(StringComparer.Ordinal)),
            reason = reason.Trim(),
            actor.Account,
            actor.Name,
            now = clock.GetUtcNow()
        }));
        return Done.It;
    }
}
