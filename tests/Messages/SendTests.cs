using Legwork.Messages.Contracts;
using Legwork.Platform.Storage;

namespace Legwork.Messages.Tests;

public class SendTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_told_twice_is_one_message_handed_over_once_with_its_proof_and_cost(Engine engine)
    {
        var sms = new KnownWay("sms");
        using var office = new PostOffice(engine, sms);
        await office.Tell();
        await office.Tell();
        await office.Go();
        (await office.Go()).ShouldBe(0);
        sms.Handed.ShouldHaveSingleItem().Message.Text.ShouldBe("2026年11月30日来接种");
        office.Of().ShouldBe("handed sms");
        office.Attempts().ShouldBe(["sms handed"]);
        office.Store.Read(session => session.Scalar<long>("select sum(cost_fen) from messages_attempt")).ShouldBe(5);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task At_night_it_waits_for_the_morning_and_after_its_time_it_is_never_said(Engine engine)
    {
        var sms = new KnownWay("sms");
        using var office = new PostOffice(engine, sms);
        office.Clock.Advance(TimeSpan.FromHours(10));
        await office.Tell();
        await office.Tell("test/3", notAfter: office.Clock.GetUtcNow().AddHours(9));
        await office.Go();
        office.Of().ShouldBe("waiting");
        office.Of("test/3").ShouldBe("unreached  late", "its time is over before the quiet hours are");
        (await office.Book.Show(office.T, ["test/1"], TestContext.Current.CancellationToken)).ShouldHaveSingleItem("the own page needs no morning");
        await office.Store.Write(session => session.Execute("update messages_message set read_at = null"));
        office.Clock.Advance(TimeSpan.FromHours(10));
        await office.Go();
        sms.Handed.ShouldHaveSingleItem().Message.To.ShouldBe("13900000001");

        await office.Tell("test/3", "test/booking/2", notAfter: office.Clock.GetUtcNow().AddMinutes(5));
        office.Clock.Advance(TimeSpan.FromMinutes(5));
        await office.Go();
        sms.Handed.Count.ShouldBe(1);
        office.Store.Read(session => session.Scalar<string>("select why from messages_message where about = 'test/booking/2'")).ShouldBe("late");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_became_void_stays_unsaid_and_what_is_for_later_waits(Engine engine)
    {
        var sms = new KnownWay("sms");
        using var office = new PostOffice(engine, sms);
        await office.Tell(from: office.Clock.GetUtcNow().AddHours(2));
        (await office.Go()).ShouldBe(0);
        (await office.Book.Show(office.T, ["test/1"], TestContext.Current.CancellationToken))
            .ShouldBeEmpty("it is not said yet, not even on the page");
        (await office.Store.Write(session => office.Book.Withdraw(session, "test/booking/1"))).ShouldBe(1);
        office.Clock.Advance(TimeSpan.FromHours(3));
        await office.Go();
        sms.Handed.ShouldBeEmpty();
        office.Of().ShouldBe("withdrawn");
        (await office.Book.Show(office.T, ["test/1"], TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_refused_way_is_followed_by_the_next_and_whom_nothing_reaches_stands_on_the_list(Engine engine)
    {
        using var office = new PostOffice(engine, new KnownWay("sms", "refused"), new KnownWay("letter", "refused"));
        await office.Tell();
        await office.Tell("test/2");
        office.People.Remove("test/3");
        await office.Tell("test/3");
        office.People["test/4"] = office.People["test/1"] with { HasAccount = false };
        await office.Book.Keep("test/4", new Wish(["sms", "letter", "call"], "bo"));
        await office.Tell("test/4");
        await office.Go();
        office.Of("test/4").ShouldBe("unreached  unwished");
        office.Of().ShouldBe("call call");
        office.Attempts().ShouldBe(["sms refused", "letter refused"]);
        office.Of("test/2").ShouldBe("unreached  no_way");
        office.Of("test/3").ShouldBe("unreached  gone");

        (await office.Desk.Called(PostOffice.Clerk(), office.Id(), reached: false)).Ok.ShouldBeTrue();
        await office.Go();
        office.Of().ShouldBe("handed app", "who signs in finds it on the own page");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_way_that_somebody_does_not_want_is_not_used_and_who_has_read_it_is_not_told_again(Engine engine)
    {
        var (sms, letter) = (new KnownWay("sms"), new KnownWay("letter"));
        using var office = new PostOffice(engine, sms, letter);
        await office.Book.Keep("test/1", new Wish(["sms"], "bo"));
        await office.Tell();
        await office.Go();
        sms.Handed.ShouldBeEmpty();
        letter.Handed.ShouldHaveSingleItem().Message.Text.ShouldContain("ཚེས་30");

        await office.Tell(about: "test/booking/2");
        var cancel = TestContext.Current.CancellationToken;
        (await office.Book.Unread(["test/1"], cancel)).ShouldBe(2);
        (await office.Book.Show(office.T, ["test/1"], cancel)).Select(told => told.New).ShouldBe([true, true]);
        (await office.Book.Show(office.T, ["test/1"], cancel)).Select(told => told.New).ShouldBe([false, false]);
        await office.Go();
        letter.Handed.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_killed_process_had_begun_is_begun_again_under_its_key_or_stands_as_unsure(Engine engine)
    {
        var (sms, letter) = (new KnownWay("sms"), new KnownWay("letter", repeatable: false));
        sms.Meanwhile = letter.Meanwhile = () => throw new InvalidOperationException("killed");
        using var office = new PostOffice(engine, sms, letter);
        await office.Book.Keep("test/1", new Wish(["sms"], "zh-CN"));
        await office.Tell("test/3");
        await Should.ThrowAsync<InvalidOperationException>(office.Go);
        await office.Tell();
        sms.Meanwhile = null;
        await Should.ThrowAsync<InvalidOperationException>(office.Go);
        office.Of("test/3").ShouldBe("handed sms");
        sms.Handed.Select(one => one.Key).Distinct().Count().ShouldBe(1, "the gateway knows the key");

        letter.Meanwhile = null;
        await office.Go();
        await office.Go();
        letter.Handed.Count.ShouldBe(1, "it may have left, so it never leaves again");
        office.Of().ShouldBe("unreached letter unsure");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_nodes_hand_over_each_message_once(Engine engine)
    {
        var (one, other) = (new KnownWay("sms"), new KnownWay("sms"));
        using var office = new PostOffice(engine, one);
        using var beside = office.Beside(other);
        for (var at = 0; at < 60; at++) await office.Tell("test/1", $"test/booking/{at}");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(at => Task.Run(() => at % 2 == 0 ? office.Go() : beside.Go())));
        await office.Go();
        one.Handed.Concat(other.Handed).Select(handed => handed.Message.Message).ShouldBeUnique();
        (one.Handed.Count + other.Handed.Count).ShouldBe(60);
    }

    [Fact]
    public async Task A_kind_whose_module_went_stops_nobody_elses_message()
    {
        var sms = new KnownWay("sms");
        using var office = new PostOffice(Engine.Sqlite, sms);
        await office.Tell("test/3");
        await office.Store.Write(session => session.Execute("update messages_message set kind = 'gone'"));
        await office.Tell();
        await office.Go();
        office.Of("test/3").ShouldBe("unreached  no_way");
        sms.Handed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_void_while_it_leaves_has_left_and_is_not_told_as_withdrawn()
    {
        var sms = new KnownWay("sms");
        using var office = new PostOffice(Engine.Sqlite, sms);
        await office.Tell();
        sms.Meanwhile = async () => (await office.Store.Write(session => office.Book.Withdraw(session, "test/booking/1"))).ShouldBe(0);
        await office.Go();
        office.Of().ShouldBe("handed sms");
    }

    [Fact]
    public void No_step_breaks_the_night_the_wish_the_time_or_tries_a_way_twice()
    {
        var random = new Random(11);
        var kind = PostOffice.Known.Kind("booked");
        var ways = new[] { "sms", "letter", "call" };
        for (var round = 0; round < 20_000; round++)
        {
            var now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(3 * 24 * 60));
            var notAfter = now.AddMinutes(random.Next(-60, 24 * 60));
            string Some(string value) => random.Next(3) == 0 ? "" : value;
            var recipient = random.Next(10) == 0 ? null : new Recipient("卓玛", Some("139"), "", Some("八廓街"), random.Next(2) == 0);
            var (tried, off) = (ways.Where(_ => random.Next(3) == 0).ToHashSet(), ways.Where(_ => random.Next(4) == 0).ToList());
            var shown = random.Next(5) == 0;
            var step = Steps.Next(PostOffice.Known, kind, recipient, new Wish(off, "bo"), tried, shown, now, notAfter);
            var hour = now.AddHours(8).Hour;
            var used = step.State is "handing" or "call" ? step.Way : null;
            if (now >= notAfter) step.ShouldBe(new Step("unreached", "", now, "late"));
            if (used is not null)
            {
                (now < notAfter && !tried.Contains(used) && !off.Contains(used) && recipient is not null && !shown).ShouldBeTrue();
                if (used != "letter") hour.ShouldBeInRange(8, 20);
            }
            if (step.State == "waiting") (step.At > now && step.At < notAfter && (hour >= 21 || hour < 8)).ShouldBeTrue();
            if (step.State == "unreached" && step.Why is "no_way" or "refused" or "unwished") recipient!.HasAccount.ShouldBeFalse();
        }
    }
}
