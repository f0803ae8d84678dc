using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Day;

/// <summary>A worker's day: what is to be called, and the stops in walking order, one a household with all its questions.</summary>
/// <param name="Data">The visits, as the page keeps them for the hours without network.</param>
/// <param name="Calls">Those of the data with their clock: one a case, first due first, what is answered last.</param>
/// <param name="Later">Cases that wait for a day to come.</param>
/// <param name="Substituting">Names of the places of others that are this worker's today.</param>
/// <param name="With">Who does some or all of this worker's own day instead.</param>
public sealed record DayView(DayData Data, IReadOnlyList<DayCall> Calls, int Later, IReadOnlyList<string> Substituting,
    IReadOnlyList<string>? With = null);

public sealed record DayCall(DayVisit Call, DateOnly Due, int DaysLeft);

/// <param name="First">Where to knock first.</param>
internal sealed record DayCount(int Doors, int Calls, string? First, Kernel.CaseId? FirstCall);

internal sealed class DayPlan(Store store, CaseRules rules, WorkingCalendar calendar, Subjects subjects, PlaceNames places, TimeProvider clock)
{
    private const int StreetDigits = 9;

    /// <summary>Everything to be asked today where this worker works or substitutes. The look is in the read log before it returns.</summary>
    public async Task<DayView> Of(Actor actor, T t, CancellationToken cancel)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        var (open, done, substituting, with) = await store.ReadAsync(session => Gather(session, actor, today), cancel);
        var tomorrow = calendar.StartOf(today.AddDays(1));
        var now = open.Where(@case => @case.NextAt is not { } next || next < tomorrow).ToList();
        var visits = AtDoors(open, done, today);
        var calls = now.Concat(done).Where(@case => WayOf(@case) == Way.Telephone)
            .OrderBy(@case => @case.State != CaseState.Open).ThenBy(@case => @case.DueAt).ToList();
        var lines = await Describe(actor, [.. visits, .. calls], cancel);
        var data = new DayData(today, DayData.HandsOf(actor), actor.Name, Stops(visits, lines, t),
            [.. calls.Select((@case, i) => Call(@case, i + 1, lines, t))], actor.For?.Account);
        var clocks = calls.ToDictionary(@case => @case.Id.ToString(), @case => calendar.DayOf(@case.DueAt));
        return new DayView(data,
            [.. data.Calls!.Select(call => new DayCall(call, clocks[call.CaseId], calendar.WorkingDaysBetween(today, clocks[call.CaseId])))],
            open.Count - now.Count, [.. substituting.Select(place => places.Of(place, t.Language))], with);
    }

    /// <summary>How many doors and calls are still to be done today, and where to begin; nobody is read for it.</summary>
    public async Task<DayCount> Count(Actor actor, CancellationToken cancel)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        var tomorrow = calendar.StartOf(today.AddDays(1));
        var (open, _, _, _) = await store.ReadAsync(session => Gather(session, actor, today), cancel);
        var now = open.Where(@case => @case.NextAt is not { } next || next < tomorrow).ToList();
        var doors = InWalkingOrder(now.Where(@case => WayOf(@case) == Way.Door)).Select(stop => stop.Key.Group).ToList();
        var calls = now.Where(@case => WayOf(@case) == Way.Telephone).OrderBy(@case => @case.DueAt).ToList();
        return new DayCount(doors.Count, calls.Count, doors.Count > 0 ? doors[0] : null, calls.Count > 0 ? calls[0].Id : null);
    }

    private static IEnumerable<IGrouping<(string Place, string Group), Case>> InWalkingOrder(IEnumerable<Case> cases) =>
        cases.GroupBy(@case => (@case.Place, @case.Group)).OrderBy(stop => stop.Key.Place, StringComparer.Ordinal)
            .ThenBy(stop => stop.Min(@case => @case.Order), StringComparer.Ordinal).ThenBy(stop => stop.Key.Group, StringComparer.Ordinal);

    /// <summary>One household: its open questions in this worker's grids, or nothing.</summary>
    public async Task<StopView?> Stop(Actor actor, string group, T t, CancellationToken cancel)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        var (open, done, _, _) = await store.ReadAsync(session => Gather(session, actor, today), cancel);
        var all = AtDoors(open, done, today);
        var here = all.Where(@case => @case.Group == group).ToList();
        if (here.Count == 0) return null;
        var lines = await Describe(actor, here, cancel);
        return new StopView(group, Stops(all, lines, t, group));
    }

    /// <summary>
    /// The visits of a day, each at the number that it keeps: what is to be asked, what was answered today, and the doors that stayed shut today,
    /// which wait for another day and can be taken back until then.
    /// </summary>
    private List<Case> AtDoors(List<Case> open, List<Case> done, DateOnly today) =>
        [.. open.Where(@case => !Waits(@case, today) || @case.Misses.LastDay == today).Concat(done).Where(@case => WayOf(@case) == Way.Door)];

    private bool Waits(Case @case, DateOnly today) => @case.NextAt is { } next && next >= calendar.StartOf(today.AddDays(1));

    /// <summary>The open visits of one household that this worker may record a closed door for.</summary>
    public async Task<IReadOnlyList<(Kernel.CaseId Id, long Version)>> OpenAt(Actor actor, string group, CancellationToken cancel)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        var gathered = await store.ReadAsync(session => Gather(session, actor, today), cancel);
        return [.. gathered.Open.Where(@case => @case.Group == group && WayOf(@case) == Way.Door && !Waits(@case, today))
            .Select(@case => (@case.Id, @case.Version))];
    }

    private async Task<Gathered> Gather(Session session, Actor actor, DateOnly today)
    {
        var now = clock.GetUtcNow();
        var substitutions = actor.For is null ? SubstitutionRows.HeldBy(session, actor.Account, now) : [];
        var scopes = actor.Where(rules.Access[CaseRight.Day]).Concat(substitutions.Select(held => new Scope(held.Place))).Distinct().ToList();
        var found = new List<Case>();
        foreach (var scope in scopes) found.AddRange(await OpenIn(session, scope));
        // What another does instead has moved to that one's day, and comes back by itself.
        var away = actor.For is null ? await Accounts.DeputyOf(session, actor.Account, now) : null;
        var given = actor.For is null ? SubstitutionRows.Of(session, actor.Account, now) : [];
        // The same rules that will judge the act decide what is shown.
        var open = away is not null ? [] : found.DistinctBy(@case => @case.Id)
            .Where(@case => !given.Exists(one => one.Covers(@case)) && ActsOn(session, actor, @case, now)).ToList();
        var done = await CaseRows.WhereAsync(session, "answered_by = @p0 and answered_at >= @p1",
            actor.Account, calendar.StartOf(today).ToUnixTimeMilliseconds());
        return new Gathered(open, done, [.. substitutions.Select(held => held.Place)],
            [.. given.Select(one => one.SubstituteName).Prepend(away).OfType<string>().Distinct()]);
    }

    private static Task<List<Case>> OpenIn(Session session, Scope scope) =>
        CaseRows.WhereAsync(session, $"state = 'open' and {scope.Covers("place", "@p0")}", scope.Code);

    private bool ActsOn(Session session, Actor actor, Case @case, DateTimeOffset now)
    {
        var kind = rules[@case.Kind];
        return CaseScope.WorkersFor(session, actor, CaseRight.Day, kind, @case, now).Any(worker => kind.Rule(@case.Stage).By.Contains(worker.Role));
    }

    private Way WayOf(Case @case) => rules[@case.Kind].WayOf(@case.Stage);

    /// <summary>One look for all cases that are read for the same purpose.</summary>
    private async Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, IReadOnlyCollection<Case> cases, CancellationToken cancel)
    {
        var lines = new Dictionary<string, SubjectLines>(StringComparer.Ordinal);
        foreach (var look in cases.GroupBy(@case => (rules[@case.Kind].Access, rules[@case.Kind].Purposes.Day)))
            foreach (var (subject, described) in await subjects.Describe(actor, look.Key.Access[CaseRight.Day], look.Key.Day,
                [.. look.Select(@case => @case.Subject).Distinct()], cancel)) lines[subject] = described;
        return lines;
    }

    private DayVisit Call(Case @case, int order, IReadOnlyDictionary<string, SubjectLines> lines, T t)
    {
        var person = Person(@case, lines, t);
        var done = @case.State != CaseState.Open;
        var question = new DayQuestion(@case.Kind, Question(@case, lines, t), @case.IsOver ? [] : Choices(@case, lines, t));
        return new DayVisit(@case.Id.ToString(), @case.Version, question.Text, person.Name, order, [question],
            [person], null, CaseLinks.Case(@case.Id), done,
            TelephoneOf(@case, lines), t["clock.due", calendar.DayOf(@case.DueAt)],
            [.. Enum.GetValues<CallOutcome>().Select(Words.Of).Select(code => new DayChoice(code, t[$"cases.outcome.{code}"], "quiet"))],
            Said(@case, lines, t), done && !@case.IsOver);
    }

    /// <param name="only">The group of one stop, which has the same number among all; null for every stop.</param>
    private List<DayVisit> Stops(IReadOnlyList<Case> cases, IReadOnlyDictionary<string, SubjectLines> lines, T t, string? only = null)
    {
        var visits = new List<DayVisit>();
        var order = 0;
        foreach (var stop in InWalkingOrder(cases))
        {
            order++;
            if (only is not null && stop.Key.Group != only) continue;
            var address = stop.Select(@case => lines.GetValueOrDefault(@case.Subject)?.Address).FirstOrDefault(text => text is { Length: > 0 })
                is { } written ? DoorName.Of(written, StreetOf(stop.Key.Place)) : t["cases.day.no_address"];
            foreach (var @case in stop.OrderBy(@case => @case.Priority).ThenBy(@case => @case.DueAt).ThenBy(@case => @case.Id.Value))
                visits.Add(Visit(@case, stop.Count(), address, order, lines, t));
        }
        return visits;
    }

    private string StreetOf(string place) =>
        place.Length < StreetDigits ? "" : places.Own(place[..StreetDigits], Language.Chinese);

    private DayVisit Visit(Case @case, int questions, string address, int order, IReadOnlyDictionary<string, SubjectLines> lines, T t)
    {
        var done = @case.State != CaseState.Open || Waits(@case, calendar.DayOf(clock.GetUtcNow()));
        var person = Person(@case, lines, t);
        return new DayVisit(@case.Id.ToString(), @case.Version, t["cases.day.questions", questions], address, order,
            [new DayQuestion(@case.Kind, Question(@case, lines, t), @case.IsOver ? [] : Choices(@case, lines, t))], [person],
            @case.Group, StopHref(@case.Group), done, TelephoneOf(@case, lines), Said: done ? Said(@case, lines, t) : null,
            TakeBack: done && !@case.IsOver);
    }

    private static string? TelephoneOf(Case @case, IReadOnlyDictionary<string, SubjectLines> lines) =>
        lines.GetValueOrDefault(@case.Subject)?.Telephone is { Length: > 0 } number ? number : null;

    /// <summary>What was sent: the answer, or that nobody was met.</summary>
    private string? Said(Case @case, IReadOnlyDictionary<string, SubjectLines> lines, T t) =>
        rules[@case.Kind].Answer(@case.Answer) is { } answer ? CaseWords.Fill(answer.Text, @case, lines, t)
        : @case.NextAt is { } next ? t["cases.day.tried", calendar.DayOf(next)] : null;

    private DayPerson Person(Case @case, IReadOnlyDictionary<string, SubjectLines> lines, T t) =>
        lines.GetValueOrDefault(@case.Subject) is not { } described ? new DayPerson(t[subjects.WhyMissing(@case.Subject)])
            : new DayPerson(described.Name, described.NameTibetan is { Length: > 0 } bo ? bo : null,
                string.Join(t["cases.list.comma"], described.Lines));

    private List<DayChoice> Choices(Case @case, IReadOnlyDictionary<string, SubjectLines> lines, T t)
    {
        var kind = rules[@case.Kind];
        var held = @case.EvidenceHeld(kind);
        var choices = new List<DayChoice>();
        foreach (var answer in kind.Answers.Where(answer => answer.Stages.Contains(@case.Stage)))
        {
            // What is still missing must be something one can take at a door, and by telephone nothing can be taken; tries that do not
            // suffice yet cannot be made up for there.
            var missing = Math.Max(0, answer.Evidence.AtLeast - held.Intersect(answer.Evidence.Of).Count());
            var offered = answer.Evidence.Of
                .Where(one => kind.WayOf(@case.Stage) == Way.Door && one is EvidenceKind.Photo or EvidenceKind.Signature && !held.Contains(one))
                .Select(Words.Of).ToList();
            if (missing > offered.Count) continue;
            choices.Add(new DayChoice(answer.Code, CaseWords.Fill(answer.Text, @case, lines, t), Words.Of(answer.Style),
                [.. answer.Asks.Where(asked => asked.Required).Select(asked => asked.Code)],
                [.. answer.Asks.Where(asked => !asked.Required).Select(asked => asked.Code)], offered, missing));
        }
        return choices;
    }

    private string Question(Case @case, IReadOnlyDictionary<string, SubjectLines> lines, T t) =>
        CaseWords.Fill(rules[@case.Kind].Question, @case, lines, t);

    /// <summary>The group of a stop's address; null for any other page.</summary>
    internal static string? GroupOf(string href) =>
        href.StartsWith("/day/", StringComparison.Ordinal) ? Uri.UnescapeDataString(href["/day/".Length..].Split('?', '#')[0]) : null;

    internal static string StopHref(string group) => "/day/" + string.Join('/', group.Split('/').Select(Uri.EscapeDataString));

    private sealed record Gathered(List<Case> Open, List<Case> Done, IReadOnlyList<string> Substituting, IReadOnlyList<string> With);
}

/// <summary>One household as a page.</summary>
public sealed record StopView(string Group, IReadOnlyList<DayVisit> Visits);

/// <summary>The wordings of rules in the reader's language, filled with the subject's words and the case's facts.</summary>
internal static class CaseWords
{
    public static string Fill(Wording wording, Case @case, IReadOnlyDictionary<string, SubjectLines> lines, T t) =>
        Fill(wording, @case, lines.GetValueOrDefault(@case.Subject), t);

    public static string Fill(Wording wording, Case @case, SubjectLines? subject, T t) => wording.In(t.Language.Tag,
        word => subject is not null && subject.Words.TryGetValue(word, out var own) ? own
            : word == "name" ? subject?.Name : @case.Facts.TryGetValue(word, out var fact) ? t.Called(fact) : null);
}
