using System.Globalization;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>
/// The past weeks of a demonstration district: invented workers answer, others verify, through the same door as everyone, so that the board
/// has a history and the queue something to do. The same cases give the same work. In any other district it refuses to start.
/// </summary>
internal sealed class DemonstrationWork(Store store, CaseDesk desk, CaseRules rules, WorkingCalendar calendar,
    AccessRules access, IEnumerable<InventedAnswers> answers)
{
    private const int AtOnce = 32;

    /// <summary>Works on every working day after the first up to, but without, the last.</summary>
    /// <param name="clock">Told what time it is before the work of each half day.</param>
    /// <param name="deliver">Brings the events of a half day to whoever listens.</param>
    /// <returns>How many cases were closed.</returns>
    public async Task<int> Run(DateOnly first, DateOnly last, Action<DateTimeOffset> clock, Func<Task> deliver, Action<double>? progress = null)
    {
        if (!access.Demonstration) throw new InvalidOperationException("Only a demonstration district has invented work.");
        var days = Days(first, last);
        if (days.Count == 0) return 0;
        var plan = Plan(days.Count);
        var (closed, waiting) = (0, new List<Planned>());
        for (var day = 0; day < days.Count; day++)
        {
            clock(calendar.StartOf(days[day]).AddHours(10));
            var answered = await Each(plan.Where(task => task.Day == day), Answer);
            clock(calendar.StartOf(days[day]).AddHours(16));
            // What was answered today is looked at on a later day; the last days' answers wait in the queue.
            var verified = await Each(waiting, Verify);
            closed += verified.Count;
            waiting = answered;
            await deliver();
            progress?.Invoke((day + 1.0) / days.Count);
        }
        return closed;
    }

    private List<DateOnly> Days(DateOnly first, DateOnly last) =>
        [.. Enumerable.Range(1, Math.Max(0, last.DayNumber - first.DayNumber - 1)).Select(first.AddDays).Where(calendar.IsWorkingDay)];

    /// <summary>Every grid has a pace of its own: some are done, some have hardly begun, most are in between.</summary>
    private List<Planned> Plan(int days)
    {
        var plan = new List<Planned>();
        var open = store.Read(session => CaseRows.Where(session, "state = 'open'"));
        foreach (var grid in open.Where(@case => Place.IsGrid(@case.Place)).GroupBy(@case => @case.Place))
        {
            var draw = Draw(grid.Key);
            var pace = draw % 8 == 0 ? 1000 : (int)(draw / 8 % 850);
            foreach (var @case in grid)
            {
                var own = Draw(@case.Subject + @case.Kind);
                if ((int)(own % 1000) >= pace) continue;
                if (Choice(@case, (int)(own / 1000 % 100)) is { } choice)
                    plan.Add(new Planned(@case, choice, (int)(own / 100_000 % (ulong)days), own % 37 == 0));
            }
        }
        return plan;
    }

    private static async Task<List<Planned>> Each(IEnumerable<Planned> tasks, Func<Planned, Task<Planned?>> work)
    {
        var done = new List<Planned>();
        foreach (var together in tasks.Chunk(AtOnce))
            done.AddRange((await Task.WhenAll(together.Select(work))).OfType<Planned>());
        return done;
    }

    private async Task<Planned?> Answer(Planned task)
    {
        var (@case, choice) = (task.Case, task.Choice);
        var kind = rules[@case.Kind];
        var by = kind.Rule(@case.Stage).By;
        var role = by.Where(kind.Access.HasDay).Concat(by).First();
        List<CaseAct> acts = choice.Signed ? [new AddEvidence(EvidenceIntake.TakeTypedName("演示").Value, "")] : [];
        acts.Add(new GiveAnswer(choice.Answer, Details(choice, calendar.DayOf(@case.OpenedAt)), ""));
        var done = await desk.Do(Someone(role, kind.Access.HasDay(role) ? @case.Place : Street(@case.Place)), @case.Id, @case.Version, acts);
        // The case may have been answered by what another one brought to light; then nobody is asked again.
        return done.Ok && done.Value.State == CaseState.Answered ? task with { Case = done.Value } : null;
    }

    private async Task<Planned?> Verify(Planned task)
    {
        if (task.Left) return null;
        var done = await desk.Do(Someone(rules[task.Case.Kind].Access.Roles(CaseRight.Steer)[0], access.District), task.Case.Id,
            task.Case.Version, new VerifyAnswer(""));
        return done.Ok ? task : null;
    }

    /// <summary>A worker of the grid, a clerk of the street, a supervisor of the district: names without an account behind them.</summary>
    private static Actor Someone(Role role, string place)
    {
        var draw = Draw(role.Code + place);
        var name = Names[(int)(draw % (ulong)Names.Length)];
        return new Actor(new Guid(0x1e9a0000, 0x0d, 0x40, BitConverter.GetBytes(draw)), name, "",
            [new Grant(role, new Scope(place), DateOnly.MinValue, null)]);
    }

    private static string Street(string grid) => grid[..Math.Min(9, grid.Length)];

    private InventedAnswer? Choice(Case @case, int of100) =>
        answers.Select(owner => owner.For(@case.Kind, @case.Stage, of100)).FirstOrDefault(choice => choice is not null);

    private static Dictionary<string, string> Details(InventedAnswer choice, DateOnly opened)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        if (choice.Text is { } text) details["text"] = text;
        if (choice.ByDate) details["by_date"] = opened.AddMonths(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return details;
    }

    private static readonly string[] Names = ["格桑", "卓玛", "扎西", "央金", "次仁", "达瓦",
        "尼玛", "普布", "德吉", "旦增", "曲珍", "罗布"];

    /// <summary>FNV-1a: the same for the same text on every machine.</summary>
    private static ulong Draw(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return hash ^ (hash >> 29);
    }

    /// <param name="Left">Its answer still waits for verification.</param>
    private sealed record Planned(Case Case, InventedAnswer Choice, int Day, bool Left);
}
