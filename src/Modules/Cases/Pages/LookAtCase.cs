using System.Globalization;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Secrets;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Pages;

/// <summary>One case for someone in whose place it lies: the person is described, and the look logged, before anything is shown.</summary>
internal sealed class LookAtCase(Store store, CaseRules rules, WorkingCalendar calendar, NumberVault numbers, EvidenceVault vault, Subjects subjects,
    PlaceNames places, TimeProvider clock)
{
    /// <returns>Refusals: <c>cases.not_found</c>, <c>cases.out_of_scope</c>.</returns>
    public async Task<Outcome<CaseView>> Look(Actor actor, CaseId id, T t, CancellationToken cancel)
    {
        var found = await store.ReadAsync(session => Find(session, actor, CaseRight.View, id), cancel);
        if (!found.Ok) return found.Refusal!;
        var (history, evidence, doors, workers) = await store.ReadAsync(async session => (await HistoryRows.OfAsync(session, id),
            await EvidenceRows.Of(session, id), Doors(session, actor, found.Value), await Workers(session, actor, found.Value)), cancel);
        var kind = rules[found.Value.Kind];
        var stage = doors.Answer ? kind.Rule(found.Value.Stage).ReadFor : "";
        var subject = await Describe(actor, CaseRight.View, found.Value, stage.Length > 0 ? stage : kind.Purposes.Desk, cancel);
        return View(found.Value, subject, history, evidence, doors, [.. workers.Select(worker => WorkerChoice.Of(worker, places, t))], t);
    }

    /// <summary>The fields that an answer asks for, on its own page.</summary>
    public async Task<Outcome<AnswerView>> LookAtAnswer(Actor actor, CaseId id, string answer, string back, T t, CancellationToken cancel)
    {
        var found = await store.ReadAsync(session => Find(session, actor, CaseRight.Act, id), cancel);
        if (!found.Ok) return found.Refusal!;
        var @case = found.Value;
        var kind = rules[@case.Kind];
        if (kind.Answer(answer) is not { } rule) return Refusal.Of("cases.answer", "This is not one of the answers to this question.");
        var subject = await Describe(actor, CaseRight.Act, @case, kind.Purposes.Desk, cancel);
        var held = @case.EvidenceHeld(kind);
        var missing = Math.Max(0, rule.Evidence.AtLeast - held.Intersect(rule.Evidence.Of).Count());
        IReadOnlyList<string> needed = missing == 0 ? []
            : [.. rule.Evidence.Of.Except(held).Where(one => one != EvidenceKind.Attempts).Select(Words.Of)];
        var uploads = rule.Evidence.Of.Any(one => one != EvidenceKind.Attempts);
        var kinds = string.Join(t["cases.list.comma"], rule.Evidence.Of.Select(one => t[$"cases.evidence.{Words.Of(one)}"]));
        return new AnswerView(id.ToString(), @case.Version, CaseWords.Fill(kind.Question, @case, subject, t), answer,
            CaseWords.Fill(rule.Text, @case, subject, t),
            [.. rule.Asks.Select(asked => new AnswerField(asked.Code, asked.Required))], uploads, needed, missing,
            missing == 0 ? null : t["cases.evidence.needed", missing, kinds], back);
    }

    /// <summary>One piece of evidence, opened, for someone in whose place the case lies; the look is logged first.</summary>
    public async Task<Outcome<(string MediaType, byte[] Bytes, string Name)>> LookAtEvidence(Actor actor,
        CaseId id, Guid piece, CancellationToken cancel)
    {
        var found = await store.ReadAsync(session => Find(session, actor, CaseRight.Evidence, id), cancel);
        if (!found.Ok) return found.Refusal!;
        var row = await store.ReadAsync(session => EvidenceRows.Find(session, piece), cancel);
        if (row is null || row.CaseId != id) return Refusal.Of("cases.not_found", "There is no such evidence.");
        await Describe(actor, CaseRight.Evidence, found.Value, rules[found.Value.Kind].Purposes.Desk, cancel);
        var extension = row.MediaType switch { "image/jpeg" => "jpg", "image/png" => "png", "image/webp" => "webp", _ => "txt" };
        return (row.MediaType, vault.Open(row.Id, row.Content), $"{row.Kind}-{row.Id:N}.{extension}");
    }

    private async Task<Outcome<Case>> Find(Session session, Actor actor, CaseRight right, CaseId id)
    {
        if (await CaseRows.FindAsync(session, id) is not { } @case) return Refusal.Of("cases.not_found", "There is no such case.");
        // A worker keeps sight of what he answered until the end of the day; otherwise the place decides.
        return CaseScope.WorkersFor(session, actor, right, rules[@case.Kind], @case, clock.GetUtcNow()).Count > 0 ? @case
            : Refusal.Of("cases.out_of_scope", "This case is not in a place you work for.");
    }

    private async Task<SubjectLines?> Describe(Actor actor, CaseRight right, Case @case, string purpose, CancellationToken cancel) =>
        (await subjects.Describe(actor, rules[@case.Kind].Access[right], purpose, [@case.Subject], cancel)).GetValueOrDefault(@case.Subject);

    private CaseDoors Doors(Session session, Actor actor, Case @case)
    {
        var now = clock.GetUtcNow();
        var kind = rules[@case.Kind];
        var acts = @case.State == CaseState.Open && CaseScope.WorkersFor(session, actor, CaseRight.Act, kind, @case, now)
            .Any(worker => kind.Rule(@case.Stage).By.Contains(worker.Role));
        var verifiers = CaseScope.WorkersFor(session, actor, CaseRight.Verify, kind, @case, now)
            .Select(worker => Verification.Check(@case, new Setting(worker, kind, calendar, now))).ToList();
        return new CaseDoors(acts, acts && kind.WayOf(@case.Stage) == Way.Telephone, acts && kind.WayOf(@case.Stage) == Way.Door,
            @case.State == CaseState.Answered && verifiers.Any(refused => refused is null),
            !@case.IsTakenOver && actor.May(kind.Access[CaseRight.Steer], @case.Place),
            verifiers.Count > 0 && verifiers.TrueForAll(refused => refused?.Code == "cases.own_work"));
    }

    private async Task<IReadOnlyList<RoleHolder>> Workers(Session session, Actor actor, Case @case)
    {
        var access = rules[@case.Kind].Access;
        return actor.Where(access[CaseRight.Steer]) is { Count: > 0 } places
            ? await DayWorkers.In(session, access.Roles(CaseRight.Day), places, calendar.DayOf(clock.GetUtcNow())) : [];
    }

    private CaseView View(Case @case, SubjectLines? subject, List<HistoryLine> history, List<EvidenceLine> evidence, CaseDoors doors,
        IReadOnlyList<Choice> workers, T t)
    {
        var kind = rules[@case.Kind];
        var today = calendar.DayOf(clock.GetUtcNow());
        var due = calendar.DayOf(@case.DueAt);
        var answers = kind.Answers.Where(answer => answer.Stages.Contains(@case.Stage))
            .Select(answer => new Choice(answer.Code, CaseWords.Fill(answer.Text, @case, subject, t)));
        return new CaseView(@case.Id.ToString(), @case.Version, kind.Name.In(t.Language.Tag), CaseWords.Fill(kind.Question, @case, subject, t),
            Words.Of(@case.State), t[$"cases.state.{Words.Of(@case.State)}"], CaseLists.ToneOf(@case.State),
            kind.Rule(@case.Stage).Name.In(t.Language.Tag), places.Of(@case.Place, t.Language),
            t[$"cases.priority.{Words.Of(@case.Priority)}"], due, calendar.DayOf(@case.FirstDueAt), calendar.WorkingDaysBetween(today, due),
            @case.ClosedAt is { } closed ? calendar.DayOf(closed) : null, !@case.IsOver && calendar.IsUnsure(today, due), subject,
            t[subjects.WhyMissing(@case.Subject)], Found(@case, kind, subject, t),
            Links(@case.Id, evidence, t),
            [.. history.AsEnumerable().Reverse().Select(line => Item(line, kind, @case, subject, t))],
            @case.Asked is { } asked ? t[$"cases.asked.{Words.Of(asked.What)}"] + " " + asked.Why : null,
            [.. kind.Cites.Select(cite => cite.Text.In(t.Language.Tag))], [.. answers], doors.Steer ? workers : [], doors);
    }

    /// <summary>What was answered, and what the answer carries besides.</summary>
    internal IReadOnlyList<(string Label, string Value)> Found(Case @case, CaseKind kind, SubjectLines? subject, T t)
    {
        List<(string, string)> found = @case.IsTakenOver ? [(t["cases.old"], @case.Facts.GetValueOrDefault("source", ""))] : [];
        if (@case.Answer.Length > 0) found.Add((t["cases.answer"], Shown("answer", @case.Answer, kind, @case, subject, t)));
        found.AddRange(@case.Details.Select(detail => (t[$"cases.detail.{detail.Key}"], Shown(detail.Key, detail.Value, kind, @case, subject, t))));
        return found;
    }

    internal static IReadOnlyList<EvidenceLink> Links(CaseId id, IEnumerable<EvidenceLine> evidence, T t) =>
        [.. evidence.Select(piece => new EvidenceLink($"/cases/{id}/evidence/{piece.Id}", t[$"cases.evidence.{piece.Kind}"],
            piece.MediaType.StartsWith("image/", StringComparison.Ordinal)))];

    private HistoryItem Item(HistoryLine line, CaseKind kind, Case @case, SubjectLines? subject, T t)
    {
        var facts = line.Body.Where(fact => t.Has("cases.fact." + fact.Key))
            .Select(fact => (t[$"cases.fact.{fact.Key}"], Shown(fact.Key, fact.Value, kind, @case, subject, t)));
        var by = line.Actor == Guid.Empty ? t["cases.by.system"] : t["cases.by", t.Who(line.ActorName), t[$"role.{Role.Named(line.Role)}"]];
        return new HistoryItem(line.At, line.DoneAt < line.At.AddMinutes(-1) ? line.DoneAt : null,
            t[$"cases.act.{line.Act}"], by, line.Note, [.. facts]);
    }

    private string Shown(string key, string value, CaseKind kind, Case @case, SubjectLines? subject, T t) => key switch
    {
        "answer" => kind.Answer(value) is { } rule ? CaseWords.Fill(rule.Text, @case, subject, t) : value,
        "outcome" => t[$"cases.outcome.{value}"],
        "stage" => kind.Stages.FirstOrDefault(stage => stage.Stage == value)?.Name.In(t.Language.Tag) ?? value,
        "what" => t[$"cases.asked.{value}"],
        "kind" => t[$"cases.evidence.{value}"],
        "from" or "to" or "place" => Place.IsCode(value) ? places.Of(value, t.Language) : value,
        "date" or "by_date" when VagueDate.TryParse(value, out var date) => t.Date(date),
        "number" => SealedDetails.Shown(key, value, numbers),
        _ => DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? t.Time(at) : value,
    };
}
