using Legwork.Clinics.Plan;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <param name="Name">Empty where the reader's role does not need it.</param>
/// <param name="Ahead">Who wait and are called before it; null while it does not wait for a table.</param>
internal sealed record VisitLine(Visit Visit, string Name, VagueDate? Birth, int? Ahead);

/// <summary>A clinic's day as its staff see it.</summary>
internal sealed record MorningView(Clinic Clinic, DateOnly Day, IReadOnlyList<VisitLine> Visits, LineClock Line)
{
    public IEnumerable<VisitLine> In(params IReadOnlyList<string> states) => Visits.Where(line => states.Contains(line.Visit.State));
}

/// <summary>How long a wait is likely to be: what this morning took at a table, over the tables that call.</summary>
/// <param name="MinutesEach">The median of this morning's last calls, or the rule's before there are any.</param>
internal sealed record LineClock(IReadOnlyList<long> Marks, double MinutesEach, int Tables)
{
    public int Ahead(Visit visit) => Marks.Count(mark => mark < visit.Mark);

    public int Minutes(int ahead) => FairLine.Minutes(ahead, MinutesEach, Tables);
}

/// <summary>Reads a morning. Everybody whose name is shown is in the log of reads before.</summary>
internal sealed class MorningBook(Store store, Clinics clinics, IPersonCards persons, Reading reading)
{
    private const int LastCalls = 20;

    /// <returns>Refusals: <c>clinics.unknown</c>, <c>clinics.out_of_scope</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<MorningView>> Of(Actor actor, Permission permission, string? code, DateOnly day, CancellationToken cancel)
    {
        if (clinics.Find(code) is not { } clinic) return Clinics.Unknown;
        if (!actor.May(permission, clinic.Street)) return Clinics.OutOfScope;
        var visits = await store.ReadAsync(session => VisitRows.WhereAsync(session,
            "clinic = @Code and day = @day and state <> 'cancelled' order by coalesce(number, 100000), minute, id",
            new { clinic.Code, day }), cancel);
        var line = await Clock(clinic, day, cancel);
        var lines = await Named(actor, permission, visits, line, cancel);
        return lines.Ok ? new MorningView(clinic, day, lines.Value, line) : lines.Refusal!;
    }

    public async Task<Outcome<IReadOnlyList<VisitLine>>> Named(Actor actor, Permission permission, IReadOnlyList<Visit> visits, LineClock line,
        CancellationToken cancel)
    {
        if (visits.Count == 0) return Array.Empty<VisitLine>();
        var seen = await reading.Of(actor, permission, ClinicsPermissions.Purpose, [.. visits.Select(visit => visit.Person).Distinct()],
            ["name", "birth", "clinic_visit"]);
        if (!seen.Ok) return seen.Refusal!;
        var cards = await persons.OpenServed([.. visits.Select(visit => visit.Person).Distinct()], cancel);
        return visits.Select(visit =>
        {
            var card = cards.GetValueOrDefault(visit.Person);
            var mask = seen.Value.Of(card?.IsChild ?? visit.Child);
            return new VisitLine(visit, mask.Show("name", card?.Name) ?? "", mask.Allowed("birth") ? card?.Birth : null,
                visit.State == VisitState.Waiting ? line.Ahead(visit) : null);
        }).ToArray();
    }

    /// <summary>Who waits, and how fast it goes.</summary>
    public Task<LineClock> Clock(Clinic clinic, DateOnly day, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        var args = new { clinic.Code, day, PassesMax = (long)clinics.Rules.Lanes.PassesMax, LastCalls = (long)LastCalls };
        var marks = await session.QueryAsync<long>("""
            select mark from clinics_visit where clinic = @Code and day = @day and state = 'waiting' and passes < @PassesMax order by mark
            """, args);
        var took = await session.QueryAsync<long>("""
            select given_at - called_at from clinics_visit
            where clinic = @Code and day = @day and given_at is not null and called_at is not null order by given_at desc limit @LastCalls
            """, args);
        var tables = await session.QueryAsync<string>("""
            select distinct room from clinics_call where clinic = @Code and day = @day and kind = 'call'
            """, args);
        took.Sort();
        var each = took.Count == 0 ? clinics.Rules.Lanes.MinutesEach : TimeSpan.FromMilliseconds(took[took.Count / 2]).TotalMinutes;
        return new LineClock(marks, each, tables.Count == 0 ? clinic.Tables : tables.Count);
    }, cancel);
}
