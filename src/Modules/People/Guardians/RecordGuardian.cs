using Legwork.Kernel;
using Legwork.People.Corrections;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Guardians;

/// <param name="Kind">A code of <see cref="RecordGuardian.Kinds"/>.</param>
/// <param name="Until">The first day on which it no longer holds; null is without end, and for a child the day of coming of age.</param>
internal sealed record GuardianAsked(PersonId Guardian, string Kind, string Evidence, string Note, DateOnly? Until);

/// <summary>At the counter, on evidence seen: who may read and ask for a child or an elder (PIPL art. 31; 民法典 arts 27, 28, 33).</summary>
internal sealed class RecordGuardian(Store store, GuardianAges ages, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Kinds = ["parent", "grandparent", "adult_child", "guardian", "court"];

    internal static readonly Refusal Nobody = Refusal.Of("people.guardian.nobody", "The guardian has no file here. Search for the guardian first.");

    private const int AdultFromYears = 18;

    /// <summary>What is wrong with the answers themselves, in the order of the form.</summary>
    internal static IEnumerable<Refusal> Faults(GuardianAsked asked)
    {
        if (!Kinds.Contains(asked.Kind)) yield return Refusal.Of("people.guardian.kind", "Say what the guardian is to this person.");
        if (!StateValue.EvidenceKinds.Contains(asked.Evidence))
            yield return Refusal.Of("people.statement.evidence", "Say what evidence you have seen.");
    }

    /// <returns>The link. Refusals: <c>people.guardian.*</c>, <c>people.not_found</c>, <c>people.out_of_scope</c> (the ward must be in the clerk's
    /// area; the guardian may live anywhere in the district).</returns>
    public Task<Outcome<long>> Run(Actor actor, PersonId ward, GuardianAsked asked) => store.Write<Outcome<long>>(session =>
    {
        var opened = FileRow.Open(session, actor, PeoplePermissions.Guardian, ward);
        if (!opened.Ok) return opened.Refusal!;
        if (FileRow.Current(session, asked.Guardian) is not { } guardian)
            return Nobody;
        if (guardian.Id == opened.Value.Id) return Refusal.Of("people.guardian.self", "Nobody is the own guardian.");
        if (Refusal.All(Faults(asked)) is { } wrong) return wrong;
        var now = clock.GetUtcNow();
        var today = FileFacts.LocalDay(now);
        if (guardian.BirthDate.IsKnown && guardian.BirthDate.Latest.AddYears(AdultFromYears) > today)
            return Refusal.Of("people.guardian.minor", "A guardian is of age.");
        if (ages.AreTooNear(asked.Kind, guardian.BirthDate, opened.Value.BirthDate))
            return Refusal.Of("people.guardian.ages", "They are too near in age to be parent and child.");
        var until = asked.Until ?? ComingOfAge(opened.Value.BirthDate, asked.Kind, today);
        if (until is { } end && end <= today) return Refusal.Of("people.guardian.until", "The end lies in the past.");
        return session.Scalar<long>("""
            insert into people_guardian (ward, guardian, kind, evidence, note, from_day, until_day, account, actor, at)
            values (@ward, @guardian, @Kind, @Evidence, @Note, @today, @until, @Account, @Name, @now)
            returning id
            """,
            new
            {
                ward = opened.Value.Id,
                guardian = guardian.Id,
                asked.Kind,
                asked.Evidence,
                asked.Note,
                today,
                until,
                actor.Account,
                actor.Name,
                now
            });
    });

    /// <returns>Refusals: <c>people.guardian.reason</c>, <c>people.guardian.not_found</c> and those of opening the ward's file.</returns>
    public Task<Outcome<Done>> End(Actor actor, PersonId ward, long link, string reason) => store.Write<Outcome<Done>>(session =>
    {
        var opened = FileRow.Open(session, actor, PeoplePermissions.Guardian, ward);
        if (!opened.Ok) return opened.Refusal!;
        if (reason.Length == 0) return Refusal.Of("people.guardian.reason", "Say why it ends.");
        if (!GuardianLinks.Standing(session, opened.Value.Id, FileFacts.LocalDay(clock.GetUtcNow())).Exists(held => held.Id == link))
            return Refusal.Of("people.guardian.not_found", "This file has no such guardian.");
        session.Execute("update people_guardian set ended_at = @now, ended_by = @Account, ended_reason = @reason where id = @link",
            new { now = clock.GetUtcNow(), actor.Account, reason, link });
        return Done.It;
    });

    /// <summary>What this actor did today to a link of this file, for the page that is shown after it; null for anybody else and later.</summary>
    public async Task<GuardianDone?> DoneToday(Actor actor, PersonId ward, long link, CancellationToken cancel)
    {
        var row = await store.ReadAsync(async session =>
        {
            var found = await session.FirstAsync<LinkRow>("select ward, kind, account, at, ended_at, ended_by from people_guardian where id = @link",
                new { link });
            return found is not null && (await FileRow.AllIdsAsync(session, ward)).Contains(found.Ward) ? found : null;
        }, cancel);
        if (row is null) return null;
        var (by, at) = row.EndedAt is { } ended ? (row.EndedBy, ended) : (row.Account, row.At);
        return by == actor.Account && FileFacts.LocalDay(at) == FileFacts.LocalDay(clock.GetUtcNow())
            ? new GuardianDone(link, row.Kind, row.EndedAt is not null) : null;
    }

    private sealed record LinkRow(PersonId Ward, string Kind, Guid Account, DateTimeOffset At, DateTimeOffset? EndedAt, Guid? EndedBy);

    private static DateOnly? ComingOfAge(VagueDate birth, string kind, DateOnly today) =>
        kind != "adult_child" && birth.IsKnown && birth.Latest.AddYears(AdultFromYears) is var adult && adult > today ? adult : null;
}
