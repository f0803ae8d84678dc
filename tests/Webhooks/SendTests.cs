using System.Text;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Sending;

namespace Legwork.Webhooks.Tests;

public class SendTests
{
    private static readonly PostAnswer Busy = new(Answered.Again, "HTTP 503");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_happened_is_sent_once_signed_with_the_fields_that_were_chosen(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var fresh = await outgoing.Subscribe(fields: ["thing"]);
        await outgoing.Happen("a");
        (await outgoing.Go()).ShouldBe(1);
        (await outgoing.Go()).ShouldBe(0);
        var (host, letter) = outgoing.Posted.Sent.ShouldHaveSingleItem();
        host.ShouldBe("receiver.example");
        Encoding.UTF8.GetString(letter.Body).ShouldBe("""{"type":"thing.done","timestamp":"2026-11-22T04:00:00.000Z","data":{"thing":"a"}}""");
        letter.Signature.ShouldBe(Signature.Of([Signature.KeyOf(fresh.Secret)], letter.Id, letter.At, letter.Body));
        letter.At.ShouldBe(outgoing.Clock.GetUtcNow().ToUnixTimeSeconds());
        outgoing.States().ShouldBe(["sent 1"]);
        outgoing.Store.Read(session => session.Query<byte[]>("select secret from webhooks_subscription")).Single()
            .ShouldNotBe(Encoding.UTF8.GetBytes(fresh.Secret));
        outgoing.Reads().ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_not_taken_is_tried_again_under_its_own_id_until_the_last_try_and_can_be_sent_again(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var id = (await outgoing.Subscribe()).Id;
        await outgoing.Happen("a");
        outgoing.Posted.Answer = (_, _) => Task.FromResult(Busy);
        (await outgoing.Go()).ShouldBe(1);
        (await outgoing.Go()).ShouldBe(0, "it is not due yet");
        for (var tries = 2; tries <= Schedule.TriesMax; tries++)
        {
            outgoing.States().ShouldBe([$"waiting {tries - 1}"]);
            outgoing.Clock.Advance(TimeSpan.FromHours(27));
            // Whether it was switched off meanwhile is another test's matter.
            await outgoing.Desk.Resume(Outgoing.Administrator, id);
            (await outgoing.Go()).ShouldBe(1);
        }
        outgoing.States().ShouldBe([$"failed {Schedule.TriesMax}"]);
        outgoing.Clock.Advance(TimeSpan.FromDays(1));
        (await outgoing.Go()).ShouldBe(0);
        outgoing.Posted.Answer = (_, _) => Task.FromResult(new PostAnswer(Answered.Taken, ""));
        (await outgoing.Desk.ReplayFailed(Outgoing.Administrator, id, new DateOnly(2026, 11, 23))).Value.ShouldBe(0, "it happened the day before");
        (await outgoing.Desk.ReplayFailed(Outgoing.Administrator, id, new DateOnly(2026, 11, 22))).Value.ShouldBe(1);
        await outgoing.Desk.Resume(Outgoing.Administrator, id);
        (await outgoing.Go()).ShouldBe(1);
        outgoing.States().ShouldBe(["sent 1"]);
        outgoing.Posted.Sent.Select(one => one.Letter.Id).Distinct().ShouldHaveSingleItem();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_receiver_that_hangs_keeps_nobody_waiting(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var (hanging, fast) = ((await outgoing.Subscribe("https://hangs.example/")).Id, (await outgoing.Subscribe("https://fast.example/")).Id);
        await outgoing.Happen("a", times: 40);
        var (released, hangs, allFast, taken) = (new TaskCompletionSource<PostAnswer>(), new TaskCompletionSource(), new TaskCompletionSource(), 0);
        outgoing.Posted.Answer = (to, _) =>
        {
            if (to.Host == "hangs.example")
            {
                hangs.TrySetResult();
                return released.Task;
            }
            if (Interlocked.Increment(ref taken) == 45) allFast.SetResult();
            return Task.FromResult(new PostAnswer(Answered.Taken, ""));
        };
        var going = outgoing.Go();
        // What happens while the other hangs goes out too.
        await outgoing.Happen("later", times: 5);
        await Task.WhenAll(hangs.Task, allFast.Task).WaitAsync(TestContext.Current.CancellationToken);
        going.IsCompleted.ShouldBeFalse();
        outgoing.Posted.Sent.Count(one => one.Host == "hangs.example").ShouldBeInRange(1, HttpPost.LinesPerReceiverMax);
        released.SetResult(new PostAnswer(Answered.Again, "no_answer"));
        await going;
        outgoing.States(fast).ShouldAllBe(state => state == "sent 1");
        // Those on their way when it was seen to take nothing came to an end too.
        var tried = outgoing.States(hanging).Count(state => state == "waiting 1");
        tried.ShouldBeInRange(SendHooks.FailuresUntilRest, 2 * SendHooks.FailuresUntilRest - 1);
        outgoing.States(hanging).Count(state => state == "waiting 0").ShouldBe(45 - tried, "what was not tried loses no try");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_receiver_that_is_down_rests_is_asked_with_one_delivery_and_gets_everything_when_it_is_back(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var id = (await outgoing.Subscribe()).Id;
        await outgoing.Happen("a", times: 30);
        outgoing.Posted.Answer = (_, _) => Task.FromResult(Busy);
        (await outgoing.Go()).ShouldBeLessThan(2 * SendHooks.FailuresUntilRest);
        (await outgoing.Go()).ShouldBe(0, "it rests");
        outgoing.Clock.Advance(TimeSpan.FromMinutes(6));
        (await outgoing.Go()).ShouldBe(1, "one delivery asks");
        outgoing.Of(id).Failures.ShouldBe(2);
        outgoing.Posted.Answer = (_, _) => Task.FromResult(new PostAnswer(Answered.Taken, ""));
        outgoing.Clock.Advance(TimeSpan.FromHours(1));
        (await outgoing.Go()).ShouldBe(30);
        outgoing.States().ShouldAllBe(state => state.StartsWith("sent"));
        outgoing.Of(id).ShouldSatisfyAllConditions(one => one.Failures.ShouldBe(0), one => one.FailingSince.ShouldBeNull());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_asks_to_be_left_alone_is_and_whoever_wants_no_more_is_told_nothing(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var (busy, gone) = ((await outgoing.Subscribe("https://busy.example/")).Id, (await outgoing.Subscribe("https://gone.example/")).Id);
        await outgoing.Happen("a", times: 3);
        outgoing.Posted.Answer = (to, _) => Task.FromResult(to.Host == "gone.example" ? new PostAnswer(Answered.Gone, "HTTP 410")
            : new PostAnswer(Answered.Again, "HTTP 429", TimeSpan.FromHours(2)));
        await outgoing.Go();
        outgoing.Of(gone).State.ShouldBe(Subscription.Gone);
        outgoing.States(gone).ShouldAllBe(state => state.StartsWith("dropped"));
        outgoing.Posted.Sent.Clear();
        outgoing.Clock.Advance(TimeSpan.FromMinutes(119));
        (await outgoing.Go()).ShouldBe(0);
        await outgoing.Happen("b");
        outgoing.States(gone).Count.ShouldBe(3, "nothing is planned for it any more");
        outgoing.Clock.Advance(TimeSpan.FromMinutes(30));
        (await outgoing.Go()).ShouldBe(1);
        outgoing.Posted.Sent.ShouldAllBe(one => one.Host == "busy.example");
        (await outgoing.Desk.Resume(Outgoing.Administrator, gone)).Refusal!.Code.ShouldBe("webhooks.over");
        outgoing.Of(busy).State.ShouldBe(Subscription.Active);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task After_five_days_without_one_taken_a_receiver_is_off_and_what_was_kept_goes_out_when_it_is_resumed(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var id = (await outgoing.Subscribe()).Id;
        await outgoing.Happen("a");
        outgoing.Posted.Answer = (_, _) => Task.FromResult(Busy);
        await outgoing.Go();
        outgoing.Clock.Advance(TimeSpan.FromDays(4));
        await outgoing.Go();
        outgoing.Of(id).State.ShouldBe(Subscription.Active);
        outgoing.Clock.Advance(TimeSpan.FromDays(1));
        await outgoing.Go();
        outgoing.Of(id).State.ShouldBe(Subscription.Off);
        await outgoing.Happen("b");
        outgoing.Clock.Advance(TimeSpan.FromDays(1));
        (await outgoing.Go()).ShouldBe(0);
        outgoing.Posted.Answer = (_, _) => Task.FromResult(new PostAnswer(Answered.Taken, ""));
        (await outgoing.Desk.Resume(Outgoing.Administrator, id)).Ok.ShouldBeTrue();
        (await outgoing.Go()).ShouldBe(2);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_nodes_do_not_both_send_and_what_a_killed_one_had_sent_goes_again_under_the_same_id(Engine engine)
    {
        var killed = new KnownPost();
        using var outgoing = new Outgoing(engine, killed);
        using var other = outgoing.Beside();
        await outgoing.Subscribe();
        await outgoing.Happen("a");
        var (arrived, never) = (new TaskCompletionSource(), new TaskCompletionSource<PostAnswer>());
        killed.Answer = (_, _) =>
        {
            arrived.TrySetResult();
            return never.Task;
        };
        var going = outgoing.Go();
        await arrived.Task;
        (await other.Go()).ShouldBe(0, "the first node holds the lease");
        // It was sent, and the node is heard of no more: its lease runs out, and whatever it says afterwards is refused.
        outgoing.Clock.Advance(TimeSpan.FromMinutes(2));
        (await other.Go()).ShouldBe(1);
        other.Posted.Sent.ShouldHaveSingleItem().Letter.Id.ShouldBe(killed.Sent.ShouldHaveSingleItem().Letter.Id);
        never.SetResult(Busy);
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            try
            {
                await going;
            }
            catch (Exception refused)
            {
                throw new InvalidOperationException("refused", refused);
            }
        });
        other.States().ShouldBe(["sent 1"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_paused_receiver_gets_later_what_happened_meanwhile_and_an_ended_one_nothing(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var (paused, ended) = ((await outgoing.Subscribe("https://paused.example/")).Id, (await outgoing.Subscribe("https://ended.example/")).Id);
        await outgoing.Desk.Pause(Outgoing.Administrator, paused);
        await outgoing.Happen("a");
        (await outgoing.Desk.End(Outgoing.Administrator, ended)).Ok.ShouldBeTrue();
        (await outgoing.Go()).ShouldBe(0);
        outgoing.States(ended).ShouldBe(["dropped 0"]);
        await outgoing.Desk.Resume(Outgoing.Administrator, paused);
        (await outgoing.Go()).ShouldBe(1);
        outgoing.Posted.Sent.ShouldHaveSingleItem().Host.ShouldBe("paused.example");
        var delivery = outgoing.Store.Read(session => session.Query<Guid>("select id from webhooks_delivery where state = 'sent'")).Single();
        (await outgoing.Desk.Replay(Outgoing.Administrator, ended, delivery)).Refusal!.Code.ShouldBe("webhooks.over");
        (await outgoing.Desk.Replay(Outgoing.Administrator, paused, delivery)).Ok.ShouldBeTrue();
        await outgoing.Go();
        outgoing.Posted.Sent.Select(one => one.Letter.Id).Distinct().ShouldHaveSingleItem();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_changed_secret_signs_beside_the_old_one_for_a_day(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var first = await outgoing.Subscribe();
        var second = (await outgoing.Desk.Rotate(Outgoing.Administrator, first.Id)).Value;
        await outgoing.Desk.Test(Outgoing.Administrator, first.Id);
        await outgoing.Go();
        var (_, letter) = outgoing.Posted.Sent.Single();
        letter.Signature.Split(' ').ShouldBe([.. new[] { second, first }.Select(one =>
            Signature.Of([Signature.KeyOf(one.Secret)], letter.Id, letter.At, letter.Body))]);
        Encoding.UTF8.GetString(letter.Body).ShouldStartWith("""{"type":"webhook.test",""");
        outgoing.Clock.Advance(TimeSpan.FromHours(25));
        await outgoing.Desk.Test(Outgoing.Administrator, first.Id);
        await outgoing.Go();
        outgoing.Posted.Sent[1].Letter.Signature.ShouldNotContain(" ");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_tells_of_one_thing_is_sent_one_after_the_other(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        await outgoing.Subscribe();
        foreach (var colour in Enumerable.Range(0, 12)) await outgoing.Happen("same");
        var (under, most) = (0, 0);
        outgoing.Posted.Answer = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Yield();
            Interlocked.Decrement(ref under);
            return new PostAnswer(Answered.Taken, "");
        };
        (await outgoing.Go()).ShouldBe(12);
        most.ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_over_its_time_is_deleted_whatever_became_of_it(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var id = (await outgoing.Subscribe()).Id;
        await outgoing.Happen("old");
        await outgoing.Go();
        await outgoing.Desk.Pause(Outgoing.Administrator, id);
        await outgoing.Happen("never sent");
        outgoing.Clock.Advance(TimeSpan.FromDays(30));
        await outgoing.Happen("new");
        (await outgoing.Store.Write(session => Deliveries.Sweep(session, outgoing.Clock.GetUtcNow().AddDays(-30)))).ShouldBe(0, "not older yet");
        outgoing.Clock.Advance(TimeSpan.FromDays(1));
        (await outgoing.Store.Write(session => Deliveries.Sweep(session, outgoing.Clock.GetUtcNow().AddDays(-30)))).ShouldBe(2);
        outgoing.States().ShouldBe(["waiting 0"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_fault_with_one_receivers_deliveries_is_no_other_receivers(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        var (broken, whole) = ((await outgoing.Subscribe("https://broken.example/")).Id, (await outgoing.Subscribe("https://whole.example/")).Id);
        await outgoing.Happen("a");
        outgoing.Posted.Answer = (to, _) => to.Host == "broken.example" ? throw new InvalidOperationException("a fault of ours")
            : Task.FromResult(new PostAnswer(Answered.Taken, ""));
        await outgoing.Go();
        outgoing.States(whole).ShouldBe(["sent 1"]);
        outgoing.States(broken).ShouldBe(["waiting 0"]);
        outgoing.Of(broken).ShouldSatisfyAllConditions(one => one.Failures.ShouldBe(1), one => one.LastReason.ShouldBe("fault"));
    }
}
