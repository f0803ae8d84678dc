using System.Globalization;
using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using static Legwork.Places.Contracts.PlacesRoles;

namespace Legwork.Cases;

/// <summary>
/// The past weeks of a demonstration district: invented workers answer, others verify, through the same door as everyone, so that the board
/// has a history and the queue something to do. The same cases give the same work. In any other district it refuses to start.
/// </summary>
internal sealed class DemonstrationWork(Store store, CaseDesk desk, WorkingCalendar calendar, AccessRules access, DistrictFacts facts)
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
                if (InventedAnswers.For(@case, own / 1000 % 100, facts) is { } choice) plan.Add(new Planned(@case, choice, (int)(own / 100_000 % (ulong)days), own % 37 == 0));
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
        var role = @case.Stage == Stage.Match ? Role.Clerk : Role.GridWorker;
        List<CaseAct> acts = choice.Signed ? [new AddEvidence(EvidenceIntake.TakeTypedName("演示").Value, "")] : [];
        acts.Add(new GiveAnswer(choice.Answer, choice.Details(calendar.DayOf(@case.OpenedAt)), ""));
        var done = await desk.Do(Someone(role, @case.Place), @case.Id, @case.Version, acts);
        // The case may have been answered by what another one brought to light; then nobody is asked again.
        return done.Ok && done.Value.State == CaseState.Answered ? task with { Case = done.Value } : null;
    }

    private async Task<Planned?> Verify(Planned task)
    {
        if (task.Left) return null;
        var done = await desk.Do(Someone(Role.Supervisor, task.Case.Place), task.Case.Id, task.Case.Version, new VerifyAnswer(""));
        return done.Ok ? task : null;
    }

    /// <summary>A worker of the grid, a clerk of the street, a supervisor of the district: names without an account behind them.</summary>
    private Actor Someone(Role role, string grid)
    {
        var place = role == Role.GridWorker ? grid : role == Role.Clerk ? grid[..Math.Min(9, grid.Length)] : access.District;
        var draw = Draw(role.Code + place);
        var name = Names[(int)(draw % (ulong)Names.Length)];
        return new Actor(new Guid(0x1e9a0000, 0x0d, 0x40, BitConverter.GetBytes(draw)), name, "", [new Grant(role, new Scope(place), DateOnly.MinValue, null)]);
    }

    private static readonly string[] Names = ["格桑", "卓玛", "扎西", "央金", "次仁", "达瓦", "尼玛", "普布", "德吉", "旦增", "曲珍", "罗布"];

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

/// <summary>One invented answer.</summary>
internal sealed record InventedAnswer(string Answer, bool Signed = false, string? Text = null, bool ByDate = false)
{
    public IReadOnlyDictionary<string, string> Details(DateOnly opened)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Text is { } text) details["text"] = text;
        if (ByDate) details["by_date"] = opened.AddMonths(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return details;
    }
}

/// <summary>What people answer, by kind and by a number from 0 to 99.</summary>
internal static class InventedAnswers
{
    public static InventedAnswer? For(Case @case, ulong of100, DistrictFacts facts) => @case.Kind switch
    {
        "empty_registration" => of100 switch { < 60 => new("lives_here"), < 90 => new("moved_away", Text: facts.City.Chinese + "外"), _ => new("away_lawfully") },
        "separated" => of100 switch { < 88 => new("lives_here"), _ => new("moved_away", Text: facts.City.Chinese + "外") },
        "insured_elsewhere" => of100 < 55 ? new("keep_here") : new("not_insured_there"),
        "newborn_uninsured" => new("will_insure", ByDate: true),
        "student_uninsured" => of100 switch { < 80 => new("will_insure", ByDate: true), < 92 => new("insured_there", Text: facts.Province.Chinese), _ => new("hardship") },
        "left_insured" or "cancelled_insured" => new("keep_here"),
        "dup_file" => new("two_persons"),
        "dup_insured" => new("keep_first", Signed: true),
        "number_shared" or "number_double" or "number_typo" => @case.Stage == Stage.Call ? null : new("number_confirmed", Signed: true),
        "birth_conflict" => @case.Stage == Stage.Call ? null : new("birth_confirmed", Signed: true),
        _ => null,
    };
}
