using Legwork.Clinics.Morning;
using Legwork.Clinics.Plan;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Tests;

/// <summary>Numbers without gaps, and a line that is fair.</summary>
public class NumberTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task However_many_draw_at_once_numbers_have_no_gap_and_nobody_has_anothers(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Morning();
        var drawn = await Task.WhenAll(Enumerable.Range(1, 32).SelectMany(n => new[] { n, n }).Select(n => Task.Run(() =>
            district.Come(district.Child(n)))));

        drawn.Where(one => one.Ok).Select(one => one.Value.Number).Order().ShouldBe(Enumerable.Range(1, 32));
        drawn.Where(one => !one.Ok).ShouldAllBe(one => one.Refusal!.Code == "clinics.here_already");
        drawn.Count(one => !one.Ok).ShouldBe(32);
        district.Count("select last_number from clinics_day").ShouldBe(32);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Tables_that_call_at_once_call_everybody_once_in_the_order_of_the_line(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Morning();
        for (var n = 1; n <= 12; n++)
        {
            var visit = (await district.Come(district.Child(n))).Value;
            await district.Registered(visit, "IPV");
        }
        var call = district.Get<CallNext>();
        var called = new List<int>();
        for (var round = 0; round < 6; round++)
        {
            var pair = await Task.WhenAll(new[] { "1", "2" }
                .Select(table => Task.Run(() => call.Run(MorningDistrict.Nurse, MorningDistrict.Clinic, table))));
            pair.ShouldAllBe(one => one.Ok && one.Value != null);
            (await call.Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "1")).Refusal!.Code.ShouldBe("clinics.table_busy");
            foreach (var one in pair)
            {
                called.Add(one.Value!.Number);
                await district.Do(one.Value, ClinicsPermissions.Counter, (visit, at) => VisitActs.Leave(visit, at, "有事先走"));
            }
        }
        called.Order().ShouldBe(Enumerable.Range(1, 12));
        called.Chunk(2).ShouldAllBe(pair => pair.Max() - pair.Min() == 1);
        (await call.Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "1")).Value.ShouldBeNull("nobody waits any more");
        (await call.Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "3")).Refusal!.Code.ShouldBe("clinics.table");
        district.Count("select count(*) from clinics_call").ShouldBe(12);
    }

    [Fact]
    public void A_line_is_served_by_its_weight_while_others_wait_and_takes_what_they_leave()
    {
        LaneRule newborn = new(Lane.Newborn, 2), booked = new(Lane.Booked, 3), walkIn = new(Lane.WalkIn, 1);
        var (waiting, last, called) = (new List<(long Mark, string Lane)>(), new Dictionary<string, long>(), 0L);
        foreach (var lane in Enumerable.Repeat(walkIn, 30).Concat(Enumerable.Repeat(booked, 30)).Concat(Enumerable.Repeat(newborn, 20))) Join(lane);
        var order = new List<string>();
        while (waiting.Count > 0)
        {
            var next = waiting.MinBy(one => one.Mark);
            waiting.Remove(next);
            called = Math.Max(called, next.Mark);
            order.Add(next.Lane);
        }
        var first = order.Take(60).CountBy(lane => lane).ToDictionary();
        first[Lane.Newborn].ShouldBe(20);
        first[Lane.Booked].ShouldBe(30);
        first[Lane.WalkIn].ShouldBe(10, "one of six, though all of them came first");
        order.Skip(60).ShouldAllBe(lane => lane == Lane.WalkIn);
        order.Take(6).Count(lane => lane == Lane.WalkIn).ShouldBe(1, "nobody waits until all others are through");

        // Who comes after a long silence of their line has gathered no right to go before everybody.
        Join(newborn);
        Join(walkIn);
        waiting.MinBy(one => one.Mark).Mark.ShouldBeGreaterThan(called);

        void Join(LaneRule lane)
        {
            var mark = FairLine.Mark(lane, called, last.GetValueOrDefault(lane.Code));
            last[lane.Code] = mark;
            waiting.Add((mark, lane.Code));
        }
    }
}
