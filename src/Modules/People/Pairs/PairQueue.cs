using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Pairs;

/// <summary>
/// The queue of pairs that only a person can settle, and a pair opened side by side. Opening a pair holds it for ten minutes, so that
/// two clerks never decide one pair at once.
/// </summary>
internal sealed class PairQueue(Store store, NumberVault vault, DistrictLists lists, FileReading reading, ValuesInForce values,
    ShownValues shown, IDwellings dwellings, TimeProvider clock)
{
    public const int PageSize = 20;
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);
    private const string Adjudicate = "adjudicate";
    private const int CountsKeptMax = 1_000;
    private const int EvidenceMax = 5;
    private static readonly TimeSpan CountHolds = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long Count, long First, DateTimeOffset Until)> counted = new(StringComparer.Ordinal);

    /// <param name="state"><c>open</c> or <c>confirm</c>.</param>
    public async Task<Outcome<PairQueuePage>> Queue(Actor actor, string state, int page, CancellationToken cancel)
    {
        var claimed = reading.Claim(actor, PeoplePermissions.Adjudicate, Adjudicate);
        if (!claimed.Ok) return claimed.Refusal!;
        page = Math.Max(page, 1);
        var today = FileFacts.LocalDay(clock.GetUtcNow());
        var (listed, count, left) = await store.ReadAsync(async session =>
        {
            var waiting = new List<PairLine>();
            foreach (var pair in await Waiting(session, actor, state, (page - 1) * PageSize, PageSize)) waiting.Add(await Line(session, pair, today));
            return (waiting, waiting.Count == 0 ? 0 : await Count(session, actor, state, waiting[0].Pair.Id),
                await session.FirstAsync<long?>("select pairs_left from people_updated where id = 1") ?? 0);
        }, cancel);
        if (listed.Count > 0) await reading.Log(actor, PeoplePermissions.Adjudicate, claimed.Value,
            [.. listed.SelectMany(line => new[] { line.A.Id, line.B.Id }).Distinct()]);
        return new PairQueuePage(listed, page, count, left);
    }

    /// <summary>How many pairs wait for this actor to decide, and the first; it names nobody.</summary>
    public Task<(long Count, long? First)> Waiting(Actor actor, CancellationToken cancel) => store.ReadAsync<(long, long?)>(async session =>
    {
        var (from, values) = WaitingFor(actor, "open");
        // Those that nobody was unsure of stand first, so that the index gives the first without looking at all of them.
        var first = await session.QueryAsync<long>($"select p.id{from} and p.verdict <> 'unsure' order by p.weight desc, p.id limit 1", values);
        if (first.Count == 0) first = await session.QueryAsync<long>($"select p.id{from} order by p.weight desc, p.id limit 1", values);
        return first.Count == 0 ? (0, null) : (await Count(session, actor, "open", first[0]), first[0]);
    }, cancel);

    /// <summary>Thousands of pairs, of each both files: whoever decides the first sees the count change at once, all others within seconds.</summary>
    private async Task<long> Count(Session session, Actor actor, string state, long first)
    {
        var (key, now) = (string.Join(' ', actor.Where(PeoplePermissions.Adjudicate).Select(scope => scope.Code).Prepend(state)), clock.GetUtcNow());
        if (counted.TryGetValue(key, out var known) && known.First == first && known.Until > now) return known.Count;
        if (counted.Count >= CountsKeptMax) counted.Clear();
        var (from, values) = WaitingFor(actor, state);
        counted[key] = known = (await session.FirstAsync<long>("select count(*)" + from, values), first, now + CountHolds);
        return known.Count;
    }

    /// <summary>Takes or renews the hold and shows both files side by side.</summary>
    /// <returns>Refusals: <c>people.pair.not_found</c>, <c>people.pair.held</c> (names until when), <c>people.out_of_scope</c>.</returns>
    public async Task<Outcome<PairView>> Open(Actor actor, long id, CancellationToken cancel)
    {
        var claimed = reading.Claim(actor, PeoplePermissions.Adjudicate, Adjudicate);
        if (!claimed.Ok) return claimed.Refusal!;
        var now = clock.GetUtcNow();
        var held = await store.Write<Outcome<FilePair>>(session =>
        {
            var found = InScope(session, actor, id);
            if (!found.Ok) return found.Refusal!;
            if (found.Value.IsHeldFrom(actor.Account, now)) return HeldRefusal(found.Value);
            session.Execute("update people_pair set held_by = @Account, held_by_name = @Name, held_until = @until where id = @id",
                new { actor.Account, actor.Name, until = now + Hold, id });
            return found.Value with { HeldBy = actor.Account, HeldByName = actor.Name, HeldUntil = now + Hold };
        });
        if (!held.Ok) return held.Refusal!;
        var sameAs = SameForm.By(await dwellings.KnownNow(cancel));
        var view = await store.ReadAsync(session => View(session, held.Value, claimed.Value, now, sameAs), cancel);
        await reading.Log(actor, PeoplePermissions.Adjudicate, claimed.Value, [view.A.Id, view.B.Id]);
        return view;
    }

    /// <summary>Puts two files that a clerk suspects to be one before the queue.</summary>
    /// <returns>The pair. Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>, <c>people.pair.itself</c>.</returns>
    public Task<Outcome<long>> Suspect(Actor actor, PersonId a, PersonId b) => store.Write<Outcome<long>>(session =>
    {
        foreach (var file in new[] { a, b })
            if (FileRow.Open(session, actor, PeoplePermissions.Adjudicate, file) is { Ok: false } refused) return refused.Refusal!;
        if (FileRow.Current(session, a)!.Id == FileRow.Current(session, b)!.Id)
            return Refusal.Of("people.pair.itself", "Both are the same file already.");
        var (first, second) = Reconcile.Pair(FileRow.Current(session, a)!.Id, FileRow.Current(session, b)!.Id);
        return session.Scalar<long>("""
            insert into people_pair (file_a, file_b, weight, waterfall, why, state, at) values (@first, @second, 0, '', 'manual', 'open', @at)
            on conflict (file_a, file_b) do update set state = case when people_pair.state = 'decided' then 'open' else people_pair.state end
                returning id
            """, new { first, second, at = clock.GetUtcNow() });
    });

    /// <summary>Gives the pair free before the ten minutes are over.</summary>
    public Task Release(Actor actor, long id) => store.Write(session =>
        session.Execute("update people_pair set held_by = null, held_by_name = '', held_until = 0 where id = @id and held_by = @Account",
            new { id, actor.Account }));

    internal static Outcome<FilePair> InScope(Session session, Actor actor, long id)
    {
        if (session.First<FilePair>(FilePair.Columns + " where p.id = @id", new { id }) is not { } pair || pair.State == "decided")
            return Refusal.Of("people.pair.not_found", "This pair is settled already, or was never there.");
        foreach (var file in new[] { pair.FileA, pair.FileB })
        {
            var opened = FileRow.Open(session, actor, PeoplePermissions.Adjudicate, file);
            if (!opened.Ok) return opened.Refusal!;
            if (opened.Value.IsMerged) return Refusal.Of("people.pair.not_found", "One of the two files became another since.");
        }
        return pair;
    }

    internal static Refusal HeldRefusal(FilePair pair) => Refusal.Of("people.pair.held", string.Create(CultureInfo.InvariantCulture,
        $"{pair.HeldByName} is deciding this pair until {Platform.Calendar.Local(pair.HeldUntil):HH:mm}."));

    internal static bool BothInsured(FileRow a, FileRow b) => a.Insured.Length > 0 && b.Insured.Length > 0;

    private static (string From, Dictionary<string, object> Values) WaitingFor(Actor actor, string state)
    {
        var scopes = actor.Where(PeoplePermissions.Adjudicate);
        var values = FileScope.Values(scopes);
        values["state"] = state;
        return ($"""
             from people_pair p join people_file a on a.id = p.file_a join people_file b on b.id = p.file_b
            where p.state = @state and a.state = 'open' and b.state = 'open' and {FileScope.Covers(scopes, "a")} and {FileScope.Covers(scopes, "b")}
            """, values);
    }

    private static async Task<List<FilePair>> Waiting(Session session, Actor actor, string state, int skip, int take)
    {
        var (from, values) = WaitingFor(actor, state);
        (values["take"], values["skip"]) = (take, skip);
        var pairs = new List<FilePair>();
        foreach (var id in await session.QueryAsync<long>($"""
            select p.id{from} order by case when p.verdict = 'unsure' then 1 else 0 end, p.weight desc, p.id limit @take offset @skip
            """, values)) pairs.Add(await session.SingleAsync<FilePair>(FilePair.Columns + " where p.id = @id", new { id }));
        return pairs;
    }

    private static async Task<PairLine> Line(Session session, FilePair pair, DateOnly today)
    {
        var (a, b) = ((await FileRow.FindAsync(session, pair.FileA))!, (await FileRow.FindAsync(session, pair.FileB))!);
        return new PairLine(pair, FileRelations.Line(a, today), FileRelations.Line(b, today), BothInsured(a, b),
            [.. Steps(pair.Waterfall).Where(step => !step.IsSlight).OrderByDescending(step => Math.Abs(step.Bits)).Take(EvidenceMax)]);
    }

    private async Task<PairView> View(Session session, FilePair pair, Purpose purpose, DateTimeOffset now,
        Func<string, string, string> sameAs)
    {
        var (a, b) = (await FileFacts.LoadAsync(session, vault, lists, pair.FileA), await FileFacts.LoadAsync(session, vault, lists, pair.FileB));
        var today = FileFacts.LocalDay(now);
        var (valuesA, valuesB) = (shown.Of(values.Of(a, now, today, sameAs), purpose), shown.Of(values.Of(b, now, today, sameAs), purpose));
        var compared = valuesA.Select(value => value.Rule).Union(valuesB.Select(value => value.Rule)).Select(rule =>
        {
            var (one, other) = (valuesA.FirstOrDefault(value => value.Rule == rule), valuesB.FirstOrDefault(value => value.Rule == rule));
            return new ComparedValue(rule, one, other,
                one is not null && other is not null && sameAs(rule.Code, one.Value) != sameAs(rule.Code, other.Value)
                    && !AgreesAsDate(one.Value, other.Value));
        }).ToList();
        var (fileA, fileB) = ((await FileRow.FindAsync(session, pair.FileA))!, (await FileRow.FindAsync(session, pair.FileB))!);
        return new PairView(pair, fileA, fileB, compared, Rows(a, now), Rows(b, now), Steps(pair.Waterfall),
            BothInsured(fileA, fileB), pair.HeldUntil);
    }

    /// <summary>1950 and 1950-03-04 are two ways to know one day.</summary>
    private static bool AgreesAsDate(string one, string other) =>
        VagueDate.TryParse(one, out var a) && VagueDate.TryParse(other, out var b) && a.Agrees(b);

    private static List<RowVersion> Rows(FileFacts facts, DateTimeOffset now)
    {
        var own = facts.LineagesOn(now);
        return [.. facts.Versions.Where(version => own.Contains(version.Lineage) && version.KnownOn(now) && version.EndedAt is null)
            .OrderBy(version => Sources.Rank(version.Means)).ThenBy(version => version.Row)];
    }

    /// <summary>The steps of the linker's waterfall, without the values themselves: those stand side by side, numbers masked.</summary>
    private static List<WeightStep> Steps(string waterfall)
    {
        if (!waterfall.StartsWith('{')) return [];
        var read = JsonSerializer.Deserialize<Waterfall>(waterfall, JsonSerializerOptions.Web);
        return [.. (read?.Steps ?? []).Select(step => new WeightStep(step.Comparison ?? "", step.Words ?? "", step.Bits + step.TermBits))];
    }

    private sealed record Waterfall(double PriorBits, IReadOnlyList<Step>? Steps);

    private sealed record Step(string? Comparison, string? Words, double Bits, double TermBits);
}
