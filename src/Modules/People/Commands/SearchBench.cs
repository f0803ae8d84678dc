using System.Diagnostics;
using Legwork.People.Files;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.People.Commands;

/// <summary>What a run of the search bench measured, in milliseconds from when a question was due to when its page could be shown.</summary>
/// <param name="Late">Questions that had not been answered when the run was over.</param>
internal sealed record SearchFigures(int Asked, int Refused, int Late, double P50, double P95, double P99, double Max);

/// <summary>
/// Search under an open loop: questions come at their times whether or not earlier ones are answered, so waiting counts. Each answer
/// includes its durable entry in the read log.
/// </summary>
internal sealed class SearchBench
{
    private readonly Store store;
    private readonly FindPeople find;
    private readonly DistrictFacts facts;

    internal SearchBench(Store store, FindPeople find, DistrictFacts facts) => (this.store, this.find, this.facts) = (store, find, facts);

    /// <param name="perSecond">Questions a second.</param>
    /// <param name="district">The code of the district whose clerk asks; every fourth question is asked by a clerk of one street.</param>
    public async Task<SearchFigures> Run(string district, int perSecond = 200, int seconds = 20, CancellationToken cancel = default)
    {
        var questions = Questions();
        if (questions.Count == 0) throw new InvalidOperationException("There is nobody to search for; import some lists first.");
        var clerks = new[] { Clerk(district), Clerk(district), Clerk(district), Clerk(facts.Streets[0]) };
        for (var i = 0; i < 50; i++) await find.Run(clerks[i % 4], questions[i % questions.Count], 1, "counter");
        var count = perSecond * seconds;
        var took = new double[count];
        Array.Fill(took, double.NaN);
        var refused = 0;
        var watch = Stopwatch.StartNew();
        var asked = new List<Task>(count);
        for (var i = 0; i < count && !cancel.IsCancellationRequested; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - watch.Elapsed is { Ticks: > 0 } early) await Task.Delay(early, CancellationToken.None);
            var (at, n) = (due, i);
            asked.Add(Task.Run(async () =>
            {
                var page = await find.Run(clerks[n % 4], questions[n % questions.Count], 1, "counter");
                if (!page.Ok) Interlocked.Increment(ref refused);
                took[n] = (watch.Elapsed - at).TotalMilliseconds;
            }, CancellationToken.None));
        }
        await Task.WhenAny(Task.WhenAll(asked), Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None));
        var done = took.Where(milliseconds => !double.IsNaN(milliseconds)).Order().ToArray();
        double At(double share) => done.Length == 0 ? double.NaN : done[Math.Min(done.Length - 1, (int)(share * done.Length))];
        return new SearchFigures(asked.Count, refused, asked.Count - done.Length, At(0.50), At(0.95), At(0.99),
            done.Length == 0 ? double.NaN : done[^1]);
    }

    /// <summary>What clerks type: whole names, beginnings, pinyin, initials, Tibetan, doors, and estates or roads without a
    /// door, spread over the files.</summary>
    private List<string> Questions() => store.Read(session =>
    {
        var names = session.Query<string>("select name from people_alias order by file limit 400");
        var doors = session.Query<string>("select dwelling from people_file where dwelling <> '' order by id limit 100");
        var questions = new List<string>();
        for (var i = 0; i < names.Count; i++)
        {
            var tokens = NameTokens.Of(names[i]).ToList();
            questions.Add((i % 4) switch
            {
                0 => names[i],
                1 when names[i].Length > 2 => names[i][..2],
                2 when tokens.Count > 0 => tokens[^1],
                _ => tokens.Count > 1 ? tokens[tokens.Count / 2] : names[i],
            });
            if (i % 4 == 3 && doors.Count > 0) questions.Add(doors[i % doors.Count]);
            if (i % 8 == 5 && doors.Count > 0 && Area(doors[i % doors.Count]) is { Length: > 1 } area) questions.Add(area);
        }
        return questions;
    });

    /// <summary>阳光苑 of 110101009/阳光苑2区3-1-102.</summary>
    private static string Area(string key) => string.Concat(key[(key.IndexOf('/') + 1)..].TakeWhile(c => !char.IsAsciiLetterOrDigit(c)));

    private static Actor Clerk(string scope) =>
        new(Guid.CreateVersion7(), "bench", "bench", [new Grant(Role.Clerk, new Scope(scope), DateOnly.MinValue, null)]);
}
