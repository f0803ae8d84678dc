using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Schedules;

namespace Legwork.Immunization;

/// <summary>What is told of a state of health.</summary>
/// <param name="Observation">A code of the rules in force.</param>
/// <param name="Over">The first day on which it no longer held; null while it lasts.</param>
/// <param name="Source">Who found it: a hospital, a laboratory.</param>
/// <param name="Evidence">A code of <see cref="RecordState.EvidenceKinds"/>.</param>
/// <param name="Note">What else is to be said; the reason, where it was ended or taken back.</param>
internal sealed record StateTold(string Observation, DateOnly? Since, DateOnly? Over, string Source, string Evidence, string Note);

internal enum StateAct
{
    Told,
    Ended,
    Withdrawn,
}

/// <summary>One state as it was told, by whom and when.</summary>
/// <param name="Replaces">The row that this one tells again.</param>
internal sealed record StateRow(long Id, PersonId Person, StateTold Told, StateAct Act, long? Replaces, string Actor, DateTimeOffset LearnedAt)
{
    /// <summary>The engine counts the last day too.</summary>
    public ObservationMade AsMade => new(Told.Observation, Told.Since, Told.Over?.AddDays(-1));

    public bool HoldsOn(DateOnly day) => (Told.Since is null || day >= Told.Since) && (Told.Over is null || day < Told.Over);
}

/// <summary>States of health in the storage, sealed with the district's key. Whoever asks has the look in the log first.</summary>
internal sealed class StateRecords(NumberVault vault, TimeProvider clock)
{
    /// <summary>The sealed text is filled up to a multiple of this, so that its length does not tell which state it is.</summary>
    private const int Stride = 512;

    private const string Columns = "select s.id, s.person, s.told, s.act, s.replaces, s.actor, s.learned_at from immunization_state s";

    private const string LastOnly = "s.act <> 'Withdrawn' and not exists (select 1 from immunization_state later where later.replaces = s.id)";

    /// <summary>What was not taken back of these files of one person, ended states included, the earliest first.</summary>
    public List<StateRow> Standing(Session session, IReadOnlyList<PersonId> ids) => Session.AtHand(StandingAsync(session, ids));

    public async Task<List<StateRow>> StandingAsync(Session session, IReadOnlyList<PersonId> ids) => [.. (await Of(session, ids, LastOnly))
        .Select(Open).OrderBy(row => row.Told.Since).ThenBy(row => row.Id)];

    /// <summary>Everything that was ever told of them, the latest first.</summary>
    public List<StateRow> All(Session session, IReadOnlyList<PersonId> ids) => Session.AtHand(AllAsync(session, ids));

    public async Task<List<StateRow>> AllAsync(Session session, IReadOnlyList<PersonId> ids) =>
        [.. (await Of(session, ids, "1 = 1")).OrderByDescending(row => row.Id).Select(Open)];

    private static async Task<List<StoredState>> Of(Session session, IReadOnlyList<PersonId> ids, string condition)
    {
        var rows = new List<StoredState>();
        foreach (var person in ids)
            rows.AddRange(await session.QueryAsync<StoredState>($"{Columns} where s.person = @person and {condition}", new { person }));
        return rows;
    }

    public StateRow? Find(Session session, long id, IReadOnlyList<PersonId> ids) =>
        session.First<StoredState>($"{Columns} where s.id = @id and {LastOnly}", new { id }) is { } row && ids.Contains(row.Person)
            ? Open(row) : null;

    public void Keep(Session session, PersonId person, StateTold told, StateAct act, long? replaces, Actor actor) => session.Execute("""
        insert into immunization_state (person, told, act, replaces, account, actor, learned_at)
            values (@person, @told, @act, @replaces, @Account, @Name, @now)
        """, new { person, told = Seal(told), act = act.ToString(), replaces, actor.Account, actor.Name, now = clock.GetUtcNow() });

    private byte[] Seal(StateTold told)
    {
        var text = JsonSerializer.Serialize(told);
        return vault.Seal(text.PadRight((text.Length / Stride + 1) * Stride));
    }

    private StateRow Open(StoredState row) => new(row.Id, row.Person, JsonSerializer.Deserialize<StateTold>(vault.Open(row.Told))!,
        Enum.Parse<StateAct>(row.Act), row.Replaces, row.Actor, row.LearnedAt);

    private sealed record StoredState(long Id, PersonId Person, byte[] Told, string Act, long? Replaces, string Actor, DateTimeOffset LearnedAt);
}
