using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Immunization;

/// <param name="Vaccine">A code of the rules in force.</param>
/// <param name="Province">Empty is here.</param>
/// <param name="Evidence">A code of <see cref="RecordDose.EvidenceKinds"/>.</param>
internal sealed record DoseTold(DateOnly? On, string Vaccine, string Lot, string Site, string Clinic, string Province, string Evidence, string Note);

/// <summary>A nurse writes down a dose, tells one again that was written wrongly, or takes one back. Nothing is overwritten.</summary>
internal sealed class RecordDose(Store store, IPersonCards persons, RuleBooks rules, Outbox outbox, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> EvidenceKinds = ["given_here", "vaccination_book", "province_platform", "certificate", "other"];

    public static readonly IReadOnlyList<string> Sites = ["left_arm", "right_arm", "left_thigh", "right_thigh", "mouth"];

    /// <summary>Writes it down whether or not it counts; <see cref="WeighDose"/> says before what stands against it.</summary>
    /// <returns>Its number. Refusals: <c>immunization.dose.*</c> named for the field, <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    public async Task<Outcome<long>> Record(Actor actor, PersonId id, DoseTold told)
    {
        var opened = await Check(actor, id, told, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        return await Write(actor, opened.Value.Id, await persons.IdsNow(opened.Value.Id, CancellationToken.None), told);
    }

    /// <param name="ids">The person's own and those of the files that became it.</param>
    internal Task<Outcome<long>> Write(Actor actor, PersonId person, IReadOnlyList<PersonId> ids, DoseTold told) =>
        store.Write(session => WriteIn(session, actor, person, ids, told));

    /// <summary>The same inside another's unit.</summary>
    internal Outcome<long> WriteIn(Session session, Actor actor, PersonId person, IReadOnlyList<PersonId> ids, DoseTold told) =>
        IsTwice(session, ids, told, null) ? Twice : Keep(session, person, told, null, withdrawn: false, actor);

    /// <returns>The number under which it is told now. Refusals as <see cref="Record"/>,
    /// and <c>immunization.dose.gone</c> when somebody else has told it again meanwhile.</returns>
    public async Task<Outcome<long>> Correct(Actor actor, PersonId id, long dose, DoseTold told)
    {
        var opened = await Check(actor, id, told, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        return await Replace(actor, opened.Value.Id, dose, _ => told, withdrawn: false);
    }

    /// <summary>What this account wrote down last of the vaccine, for the next child of the morning: the same lot, site and clinic.
    /// Null where it is not of today.</summary>
    public async Task<DoseRow?> LastOf(Actor actor, string vaccine, CancellationToken cancel)
    {
        var last = await store.ReadAsync(session => DoseRow.LastOf(session, actor.Account, vaccine), cancel);
        return last is { Evidence: "given_here" } && last.On == clock.Today() ? last : null;
    }

    /// <param name="why">Never empty: a dose taken back without a reason would be a dose lost.</param>
    /// <returns>Refusals: <c>immunization.dose.why</c>, <c>immunization.dose.gone</c>, <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    public async Task<Outcome<long>> Withdraw(Actor actor, PersonId id, long dose, string why)
    {
        var opened = await persons.Open(actor, ImmunizationPermissions.Record, id, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        if (why.Length == 0) return Refusal.Of("immunization.dose.why", "Say why the dose is taken back.");
        return await Replace(actor, opened.Value.Id, dose,
            row => new DoseTold(row.On, row.Vaccine, row.Lot, row.Site, row.Source, row.Province, row.Evidence, why), withdrawn: true);
    }

    private async Task<Outcome<long>> Replace(Actor actor, PersonId person, long dose, Func<DoseRow, DoseTold> told, bool withdrawn)
    {
        var ids = await persons.IdsNow(person, CancellationToken.None);
        return await store.Write<Outcome<long>>(session =>
        {
            if (DoseRow.Find(session, dose, ids) is not { } row)
                return Refusal.Of("immunization.dose.gone", "This dose was told again or taken back meanwhile. Look at the page again.");
            var again = told(row);
            if (!withdrawn && IsTwice(session, ids, again, dose)) return Twice;
            return Keep(session, row.Person, again, row.Id, withdrawn, actor);
        });
    }

    /// <summary>What keeps it from being written down; null when nothing does.</summary>
    /// <param name="instead">The dose that it takes the place of; null when it comes to the others.</param>
    public async Task<Refusal?> Wrong(Actor actor, PersonId id, DoseTold told, long? instead, CancellationToken cancel)
    {
        var opened = await Check(actor, id, told, cancel);
        if (!opened.Ok) return opened.Refusal;
        var ids = await persons.IdsNow(opened.Value.Id, cancel);
        return await store.ReadAsync(session => IsTwiceAsync(session, ids, told, instead), cancel) ? Twice : null;
    }

    private static bool IsTwice(Session session, IReadOnlyList<PersonId> ids, DoseTold told, long? instead) =>
        Session.AtHand(IsTwiceAsync(session, ids, told, instead));

    private static async Task<bool> IsTwiceAsync(Session session, IReadOnlyList<PersonId> ids, DoseTold told, long? instead) =>
        (await DoseRow.InForceAsync(session, ids)).Exists(dose => dose.Id != instead && dose.On == told.On && dose.Vaccine == told.Vaccine);

    private static Refusal Twice => Refusal.Of("immunization.dose.twice", "This dose is written down already.");

    private async Task<Outcome<PersonCard>> Check(Actor actor, PersonId id, DoseTold told, CancellationToken cancel)
    {
        var opened = await persons.Open(actor, ImmunizationPermissions.Record, id, cancel);
        if (!opened.Ok) return opened;
        return Faults(told, opened.Value).FirstOrDefault() is { } wrong ? wrong : opened;
    }

    /// <summary>Everything that is wrong with what was told, in the order of the form.</summary>
    public IEnumerable<Refusal> Faults(DoseTold told, PersonCard person)
    {
        var today = clock.Today();
        if (rules.On(today).Book.Vaccine(told.Vaccine) is null) yield return Refusal.Of("immunization.dose.vaccine", "Choose the vaccine.");
        if (told.Evidence == "given_here" && told.Lot.Length == 0)
            yield return Refusal.Of("immunization.dose.lot", "Write the lot number of a dose given here.");
        if (told.Site.Length > 0 && !Sites.Contains(told.Site)) yield return Refusal.Of("immunization.dose.site", "Choose the site.");
        if (told.On is not { } on) yield return Refusal.Of("immunization.dose.on", "Write the day of the dose.");
        else if (on > today) yield return Refusal.Of("immunization.dose.future", "The day of the dose lies in the future.");
        else if (on < ShowRecord.FirstDay(person))
            yield return Refusal.Of("immunization.dose.before_birth", "The day of the dose lies before the birth.");
        if (!EvidenceKinds.Contains(told.Evidence)) yield return Refusal.Of("immunization.dose.evidence", "Say where you know the dose from.");
    }

    private long Keep(Session session, PersonId person, DoseTold told, long? replaces, bool withdrawn, Actor actor)
    {
        var dose = session.Scalar<long>("""
            insert into immunization_dose (person, given_on, vaccine, lot, site, source, province, evidence, note, replaces, withdrawn,
                account, actor, learned_at)
            values (@person, @on, @Vaccine, @Lot, @Site, @Clinic, @Province, @Evidence, @Note, @replaces, @gone, @Account, @Name, @now) returning id
            """,
            new
            {
                person,
                on = DoseRow.Iso(told.On!.Value),
                told.Vaccine,
                told.Lot,
                told.Site,
                told.Clinic,
                told.Province,
                told.Evidence,
                told.Note,
                replaces,
                gone = withdrawn ? 1L : 0L,
                actor.Account,
                actor.Name,
                now = clock.GetUtcNow()
            });
        outbox.Tell(session, DosesOut.KindOf(replaces, withdrawn), PersonSubject.Of(person), new DoseKept(dose, replaces, person, told.Vaccine,
            told.On!.Value, told.Clinic, told.Evidence));
        return dose;
    }
}
