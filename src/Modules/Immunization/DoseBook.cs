using Legwork.Immunization.Contracts;
using Legwork.Immunization.Pages;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Legwork.Schedules;

namespace Legwork.Immunization;

/// <summary>The schedule's word for a module that vaccinates.</summary>
internal sealed class DoseBook(ShowRecord show, RecordDose record, IPersonCards persons, RuleBooks rules) : IDoseBook
{
    public async Task<Outcome<ChildDoses>> Own(Actor actor, PersonId? child, DateOnly on, T t, CancellationToken cancel) =>
        await Of(await show.OwnOn(actor, child, on, cancel), on, t, cancel);

    public async Task<Outcome<ChildDoses>> Served(Actor actor, Permission permission, string purpose, PersonId child, DateOnly on, T t,
        CancellationToken cancel) => await Of(await show.ServedOn(actor, permission, purpose, child, on, cancel), on, t, cancel);

    public IReadOnlyList<DoseAgainst> Against(ChildDoses child, string vaccine, T t)
    {
        if (!child.KnowsBirth) return [new DoseAgainst("no_birth", "", t["immunization.no_birth.kept"])];
        var weighed = WeighDose.Of(child.View, new DoseTold(child.On, vaccine, "", "", "", "", "given_here", ""), null);
        var wording = new Wording(t);
        var against = new List<DoseAgainst>();
        foreach (var (programme, answer, verdict) in weighed.Against)
        {
            var reasons = wording.Reasons(weighed.View, answer, weighed.Dose.Place).ToList();
            var kind = verdict.Reason == DoseReason.Conflict ? "interval" : "not_due";
            against.AddRange(reasons.Select(reason => new DoseAgainst(kind, reason.Clause, $"{wording.In(programme.Name)}: {reason.Sentence}")));
            if (reasons.Count == 0)
                against.Add(new DoseAgainst(kind, "", $"{wording.In(programme.Name)}: {wording.Verdict(weighed.View, answer, verdict)}"));
        }
        // A vaccine that belongs to no programme is given by its label: nothing of the schedule is asked of it.
        if (weighed.AfterUncounted is { } before) against.Add(new DoseAgainst("not_due", "", t["immunization.warn.after_uncounted", before.On]));
        against.AddRange(weighed.States.Select(found => new DoseAgainst(
            found.Effect == ContraindicationEffect.Evaluate ? "doctor" : "state", found.State.Observation,
            t[$"immunization.warn.{found.Effect.ToString().ToLowerInvariant()}", wording.In(found.State.Name)]
                + " " + wording.In(found.State.Text))));
        return against;
    }

    public IReadOnlyList<VaccineName> Vaccines(DateOnly on) => [.. rules.On(on).Book.Vaccines.Where(vaccine => !vaccine.Product)
        .Select(vaccine => new VaccineName(vaccine.Code, vaccine.Name.Zh, vaccine.Name.Bo, vaccine.Name.En, vaccine.NotProgramme))];

    public Outcome<long> Write(Session session, Actor actor, ChildDoses child, DoseHere dose) => record.WriteIn(session, actor,
        child.Child.Id, child.Ids,
        new DoseTold(dose.On, dose.Vaccine, dose.Lot, dose.Site, dose.Clinic, "", "given_here", dose.Note));

    private async Task<Outcome<ChildDoses>> Of(Outcome<RecordView> opened, DateOnly on, T t, CancellationToken cancel)
    {
        if (!opened.Ok) return opened.Refusal!;
        var view = opened.Value;
        var wording = new Wording(t);
        return new ChildDoses
        {
            Child = view.Person,
            Ids = await persons.IdsNow(view.Person.Id, cancel),
            On = on,
            KnowsBirth = view.KnowsBirth,
            View = view,
            Given = [.. view.Doses.Select(dose => new GivenBefore(dose.Dose.Id, dose.Dose.On, dose.Dose.Vaccine,
                wording.Vaccine(view.Rules.Book, dose.Dose.Vaccine), dose.Dose.Lot, dose.Dose.Source, dose.Dose.Province,
                dose.Said.All(said => said.Verdict.Status == DoseStatus.Valid),
                string.Join(t["immunization.comma"], dose.Said.Select(said => wording.Verdict(view, said.Answer, said.Verdict)))))],
            Due = [.. view.Programmes.Where(one => one.Next is not null).Select(one => Due(one, on, wording))],
        };
    }

    private static DueDose Due(ProgrammeStanding one, DateOnly on, Wording wording) => new(one.Programme.Id, wording.In(one.Programme.Name),
        one.Next!.Value.Row.Dose, one.Answer!.RecommendedVaccines, one.Answer.Earliest, one.Answer.PastDue,
        one.Answer.Earliest is { } from && from <= on && one.Answer.RecommendedVaccines.Count > 0, one.State == DueState.Overdue);
}
