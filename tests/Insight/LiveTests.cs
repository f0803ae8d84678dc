using Legwork.Cases.Contracts;
using Legwork.Insight.Figures;
using Legwork.Kernel;
using Legwork.People.Tests;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Insight.Tests;

public class LiveTests
{
    [Fact]
    public async Task However_many_look_the_district_is_counted_once_in_two_seconds()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var counting = new CountedCases(district.Get<ICases>());
        var figures = district.Figures(counting);

        var looks = Enumerable.Range(0, 50).Select(_ => figures.Get()).ToList();
        counting.LetGo();
        (await Task.WhenAll(looks)).Distinct().Count().ShouldBe(1);
        district.Clock.Pass(CurrentFigures.Holds - TimeSpan.FromMilliseconds(1));
        await figures.Get();
        counting.Times.ShouldBe(1);

        district.Clock.Pass(TimeSpan.FromMilliseconds(1));
        await figures.Get();
        counting.Times.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_is_drawn_from_the_count_before_while_the_next_is_made_and_never_from_one_that_is_older()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var counting = new CountedCases(district.Get<ICases>());
        counting.LetGo();
        var figures = district.Figures(counting);
        var first = await figures.Look();
        district.Clock.Pass(CurrentFigures.Holds);
        counting.Hold();
        var looked = figures.Look();
        looked.IsCompleted.ShouldBeTrue("nobody waits for the next count");
        (await looked).ShouldBeSameAs(first);
        var live = figures.Get();
        live.IsCompleted.ShouldBeFalse("an open board hears of what is so now");
        district.Clock.Pass(CurrentFigures.Holds);
        var late = figures.Look();
        late.IsCompleted.ShouldBeFalse("four seconds are too old");
        counting.LetGo();
        (await late).ShouldBeSameAs(await live);
        (await late).ShouldNotBeSameAs(first);
        counting.Times.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_drawn_stays_while_the_board_stays_the_same_and_is_drawn_anew_when_its_place_changes()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var figures = district.Get<CurrentFigures>();
        var (jiri, bakuo) = (await Drawn(BoardDistrict.Jiri), await Drawn(BoardDistrict.Bakuo));
        (await Drawn(BoardDistrict.Jiri)).ShouldBeSameAs(jiri);

        await district.OpenCase(MadeUp.JiriGrid, CaseStates.Open);
        (await Drawn(BoardDistrict.Jiri)).ShouldNotBeSameAs(jiri);
        (await Drawn(BoardDistrict.Bakuo)).ShouldBeSameAs(bakuo);

        async Task<Drawing> Drawn(string place)
        {
            district.Clock.Pass(CurrentFigures.Holds);
            return await (await figures.Get()).DrawnOf(place);
        }
    }

    [Fact]
    public async Task A_count_that_failed_is_told_to_who_asked_and_tried_again_by_the_next()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        var counting = new CountedCases(district.Get<ICases>()) { Fails = true };
        counting.LetGo();
        var figures = district.Figures(counting);
        await Should.ThrowAsync<IOException>(figures.Get());
        counting.Fails = false;
        (await (await figures.Get()).Of(BoardDistrict.District)).All.Cases.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_open_board_hears_of_a_change_in_its_place_and_of_nothing_else()
    {
        await using var district = await BoardDistrict.Open(Engine.Sqlite);
        await using var events = district.Get<LiveBoard>().Watch(BoardDistrict.Jiri, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await Next(TimeSpan.Zero)).ShouldBe("still", "the stream is open");

        await district.OpenCase(MadeUp.BakuoGrid, CaseStates.Open);
        (await Next(TimeSpan.FromSeconds(15))).ShouldBe("still", "the other street is not on this board");

        await district.OpenCase(MadeUp.JiriGrid, CaseStates.Open);
        (await Next(TimeSpan.FromSeconds(3))).ShouldBe("changed");

        (await Next(TimeSpan.FromMinutes(10))).ShouldBeNull("the browser opens the next stream, as whoever is signed in then");

        async Task<string?> Next(TimeSpan passes)
        {
            var next = events.MoveNextAsync();
            district.Clock.Pass(passes);
            return await next ? events.Current.EventType : null;
        }
    }

    /// <summary>Counts how often the district is counted, and holds a count until it is let go.</summary>
    private sealed class CountedCases(ICases cases) : ICases
    {
        private readonly ManualResetEventSlim free = new();
        private int times;

        public int Times => times;

        public bool Fails { get; set; }

        public void LetGo() => free.Set();

        public void Hold() => free.Reset();

        public async Task<IReadOnlyList<CaseCount>> Counts(Scope? within)
        {
            free.Wait(TestContext.Current.CancellationToken);
            Interlocked.Increment(ref times);
            return Fails ? throw new IOException("The disk is gone.") : await cases.Counts(within);
        }

        public Outcome<Opened> Open(Session session, OpenCase asked) => cases.Open(session, asked);

        public bool Withdraw(Session session, string kind, string subject, string origin, string reason) =>
            cases.Withdraw(session, kind, subject, origin, reason);

        public Task<IReadOnlyList<CaseLine>> Find(IReadOnlyCollection<string> subjects, CancellationToken cancel) => cases.Find(subjects, cancel);

        public Task<CaseLine?> Find(CaseId id, CancellationToken cancel) => cases.Find(id, cancel);

        public Task<IReadOnlyList<CaseStanding>> CountsOn(DateOnly day) => cases.CountsOn(day);

        public Task<IReadOnlyList<CaseDay>> Trend(string place, DateOnly from) => cases.Trend(place, from);

        public string NameOf(string kind, string language) => cases.NameOf(kind, language);
    }
}
