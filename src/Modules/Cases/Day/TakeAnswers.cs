using System.Globalization;
using Legwork.Cases.Acts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Day;

/// <summary>
/// Takes what a telephone kept while it was without network. Each item is taken once by its key; one that meets a case that has moved
/// on is fitted in when nothing speaks against it, and else kept in the history as contradicted, never silently dropped or overwritten.
/// </summary>
internal sealed class TakeAnswers(Store store, CaseDesk desk, CaseRules rules, WorkingCalendar calendar, Accounts accounts, TimeProvider clock)
{
    public const string NotHome = "not_home";
    private const string TakeBack = "take_back";
    private static readonly string[] LocalTimes = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd"];

    // What others may have done meanwhile without taking anything from the answer.
    private static readonly HashSet<string> Harmless =
        ["noted", "evidence_added", "asked", "declined", "extended", "assigned", "called", "visited", "grid_changed", "paused", "resumed"];

    public async Task<Outcome<DayResults>> Take(Actor actor, DayAnswers sent, T t)
    {
        if (sent.Items is null || sent.Items.Count > DayAnswers.ItemsMax)
            return Refusal.Of("cases.too_many", $"Send at most {DayAnswers.ItemsMax} answers at once.");
        if (sent.Items.Any(item => item is null || item.Key == Guid.Empty)) return Refusal.Of("cases.item", "Each answer carries a key of its own.");
        var results = new List<DayResult>();
        foreach (var item in sent.Items)
            // Who stood in for whom when it was done decides, not who does when there is network again.
            results.Add(await accounts.InNameOf(actor, item.As, CaseDesk.AsOf(item.At, clock.GetUtcNow())) is { } hands ? await One(hands, item, t)
                : Refused(item, Refusal.Of("access.stand_in_over", "You did not stand in for this person then. Tell the supervisor."), t));
        return new DayResults(results);
    }

    private async Task<DayResult> One(Actor actor, DayItem item, T t)
    {
        if (!Guid.TryParse(item.CaseId, out var guid)) return Refused(item, Refusal.Of("cases.not_found", "There is no such case."), t);
        if (item.Answer == TakeBack) return await TakenBack(actor, new CaseId(guid), item, t);
        var acts = ActsOf(item);
        if (!acts.Ok) return Refused(item, acts.Refusal!, t);
        var id = new CaseId(guid);
        var version = item.Version;
        // Each turn fits the answer to what the case has become; others can come in between only so often.
        for (var turn = 0; turn < 5; turn++)
        {
            var outcome = await desk.Do(actor, id, version, acts.Value, item.Key, item.At);
            if (outcome.Ok) return new DayResult(item.Key, "taken");
            if (outcome.Refusal!.Code == "cases.taken_already") return new DayResult(item.Key, "already");
            if (outcome.Refusal.Code != "cases.stale") return Refused(item, outcome.Refusal, t);
            var (@case, since, told) = store.Read(session => (CaseRows.Find(session, id)!,
                HistoryRows.Of(session, id).Where(line => line.Seq > item.Version).ToList(),
                HistoryRows.Taken(session, ContradictionKey(item.Key)) is not null));
            if (!told && @case.Answer.Length > 0 && @case.Answer == item.Answer) return new DayResult(item.Key, "already");
            if (told || @case.State != CaseState.Open || !StandsAsSeen(actor, since))
                return await Contradicted(actor, item, @case, told, t);
            version = @case.Version;
        }
        return Refused(item, Refusal.Of("cases.stale", "Someone else has worked on this case meanwhile. Look at it again."), t);
    }

    /// <summary>Nothing that others did takes from the answer; or what stood in its way was the worker's own, and is taken back.</summary>
    private static bool StandsAsSeen(Actor actor, IEnumerable<HistoryLine> since)
    {
        var weighty = since.Where(line => !Harmless.Contains(line.Act)).ToList();
        return weighty.Count == 0 || (weighty[^1].Act == "taken_back" && weighty.TrueForAll(line => line.Actor == actor.Account));
    }

    /// <summary>What this worker sent last, taken back as the page would: from the case as it stands, on the day on which it was asked for.</summary>
    private async Task<DayResult> TakenBack(Actor actor, CaseId id, DayItem item, T t)
    {
        var (@case, history, taken) = await store.ReadAsync(async session => (await CaseRows.FindAsync(session, id),
            await HistoryRows.OfAsync(session, id), HistoryRows.Taken(session, item.Key) is not null), CancellationToken.None);
        if (taken) return new DayResult(item.Key, "already");
        if (@case is null) return Refused(item, Refusal.Of("cases.not_found", "There is no such case."), t);
        var act = LastStep.TakenBack(@case, rules[@case.Kind], history, calendar);
        var done = act.Ok ? (await desk.Do(actor, id, @case.Version, [act.Value], item.Key, item.At)).Refusal : act.Refusal;
        return done is null ? new DayResult(item.Key, "taken")
            : done.Code == "cases.taken_already" ? new DayResult(item.Key, "already") : Refused(item, done, t);
    }

    private async Task<DayResult> Contradicted(Actor actor, DayItem item, Case @case, bool told, T t)
    {
        var answer = rules[@case.Kind].Answer(item.Answer)?.Text.In(t.Language.Tag)
            ?? t[$"cases.outcome.{(MissOf(item) is null ? NotHome : item.Answer)}"];
        if (!told)
        {
            var note = t["cases.offline.late", answer] + (item.Note is { Length: > 0 } said ? " " + said : "");
            await desk.Do(actor, @case.Id, @case.Version,
                [new NoteOnCase(note.Length > 500 ? note[..500] : note)], ContradictionKey(item.Key), item.At);
        }
        return new DayResult(item.Key, "contradicted", t["cases.offline.contradicted", t[$"cases.state.{Words.Of(@case.State)}"]]);
    }

    private Outcome<IReadOnlyList<CaseAct>> ActsOf(DayItem item)
    {
        var acts = new List<CaseAct>();
        foreach (var piece in item.Evidence ?? [])
        {
            var taken = PieceOf(piece);
            if (!taken.Ok) return taken.Refusal!;
            acts.Add(new AddEvidence(taken.Value, ""));
        }
        if (MissOf(item) is { } miss)
        {
            var next = NextOf(item.Attempt?.Next, calendar.Offset);
            if (!next.Ok) return next.Refusal!;
            acts.Add(miss(next.Value));
        }
        else
        {
            acts.Add(new GiveAnswer(item.Answer ?? "", item.Details ?? new Dictionary<string, string>(), item.Note ?? ""));
        }
        return acts;
    }

    /// <summary>Nobody at home, or a call that reached nobody; null for an answer.</summary>
    private static Func<DateTimeOffset?, CaseAct>? MissOf(DayItem item) => item.Answer == NotHome
        ? next => new RecordVisit(VisitOutcome.NotHome, next, item.Note ?? "")
        : item.Question is null && Words.TryTo<CallOutcome>(item.Answer ?? "", out var outcome)
            ? next => new RecordCall(outcome, next, item.Note ?? "") : null;

    private static Outcome<StoredEvidence> PieceOf(DayEvidence? piece) => (piece?.Kind, piece?.DataUrl ?? "") switch
    {
        ("photo", var url) => EvidenceIntake.TakeDataUrl(EvidenceKind.Photo, url),
        ("signature", var url) => EvidenceIntake.TakeDataUrl(EvidenceKind.Signature, url),
        ("typed_name", var name) => EvidenceIntake.TakeTypedName(name),
        _ => Refusal.Of("cases.evidence_kind", "This kind of evidence is not taken at a door."),
    };

    /// <summary>Reads <c>yyyy-MM-ddTHH:mm</c> or a day alone as local time; nothing when nothing was said.</summary>
    internal static Outcome<DateTimeOffset?> NextOf(string? text, TimeSpan offset) => string.IsNullOrWhiteSpace(text) ? (DateTimeOffset?)null
        : DateTime.TryParseExact(text.Trim(), LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 2000
            ? new DateTimeOffset(local, offset)
            : Refusal.Of("cases.next_written", "Write the next try as a day and a time, such as 2026-11-30T18:00.");

    private static DayResult Refused(DayItem item, Refusal refusal, T t) => new(item.Key, "refused", t[refusal]);

    /// <summary>The key of the note that keeps a contradicted answer, so that sending it again adds no second one.</summary>
    private static Guid ContradictionKey(Guid key)
    {
        var bytes = key.ToByteArray();
        bytes[15] ^= 0xFF;
        return new Guid(bytes);
    }
}
