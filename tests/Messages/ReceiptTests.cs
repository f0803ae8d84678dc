using Legwork.Messages.Channels;
using Legwork.Platform.Storage;

namespace Legwork.Messages.Tests;

/// <summary>What gateways report hours after they took a message.</summary>
public class ReceiptTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_did_not_get_it_after_all_is_told_in_the_next_way_and_whom_none_reaches_stands_on_the_list(Engine engine)
    {
        using var office = new PostOffice(engine);
        await office.Tell();
        await office.Tell("test/3");
        await office.Go();
        foreach (var who in new[] { "test/1", "test/3" }) (await Report(office, who, "failed", "absent subscriber")).ShouldBe("failed");
        office.Attempts()[2..].ShouldBe(["sms bounced", "sms bounced"]);
        Reasons(office).ShouldAllBe(reason => reason == "absent subscriber");
        await office.Go();
        office.Of().ShouldBe("handed letter");
        office.Of("test/3").ShouldBe("call call");
        await office.Desk.Called(PostOffice.Clerk(), office.Id("test/3"), reached: false);
        await office.Go();
        office.Of("test/3").ShouldBe("unreached  refused");
        (await office.Desk.Counts(PostOffice.Clerk(), TestContext.Current.CancellationToken)).ShouldBe((0, 1));
        (await Report(office, "test/3", "delivered")).ShouldBe("delivered", "it came late, and the person has it");
        office.Of("test/3").ShouldBe("handed sms");
        (await office.Book.Show(office.T, ["test/1"], TestContext.Current.CancellationToken)).Single().Ways
            .ShouldBe(["letter"], "nobody is told that a short message was sent which did not arrive");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_same_report_twice_is_one_and_a_failure_after_delivery_is_refused(Engine engine)
    {
        using var office = new PostOffice(engine, new KnownWay("sms", proof: "g-7"));
        await office.Tell();
        await office.Go();
        async Task<string> By(string number, string state) => Told(await office.Receipts.Take("sms", new Receipt(null, number, state, null)));
        (await By("g-8", "delivered")).ShouldBe("messages.receipt.not_found");
        (await Task.WhenAll(By("g-7", "delivered"), By("g-7", "delivered"))).ShouldBe(["delivered", "delivered already"], ignoreOrder: true);
        (await By("g-7", "failed")).ShouldBe("messages.receipt.stale");
        (await By("g-7", "lost")).ShouldBe("messages.receipt.state");
        office.Of().ShouldBe("handed sms");
        office.Attempts().ShouldBe(["sms handed", "sms delivered"]);
        Told(await office.Receipts.Take("email", new Receipt(null, "g-7", "failed", null)))
            .ShouldBe("messages.receipt.not_found", "a gateway speaks of its own only");
        (await Report(office, "test/1", "failed", way: "letter")).ShouldBe("messages.receipt.not_found");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_failure_told_twice_is_noted_once_and_moves_nothing_that_was_read_settled_or_is_under_way(Engine engine)
    {
        var way = new KnownWay("sms");
        using var office = new PostOffice(engine, way);
        await office.Tell();
        way.Meanwhile = async () => (await Report(office, "test/1", "delivered")).ShouldBe("messages.receipt.held", "it is handed over just now");
        await office.Go();
        await office.Book.Show(office.T, ["test/1"], TestContext.Current.CancellationToken);
        (await Report(office, "test/1", "failed")).ShouldBe("failed");
        (await Report(office, "test/1", "failed")).ShouldBe("failed already");
        office.Of().ShouldBe("handed sms", "the person has read it on the own page");
        office.Attempts().ShouldBe(["sms handed", "sms bounced"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Where_it_was_unsure_a_report_says_which(Engine engine)
    {
        using var office = new PostOffice(engine, new KnownWay("sms", "unsure", repeatable: false));
        await office.Tell();
        await office.Tell("test/3", notAfter: office.Clock.GetUtcNow().AddHours(1));
        await office.Go();
        (await Report(office, "test/1", "delivered")).ShouldBe("delivered");
        office.Of().ShouldBe("handed sms");
        office.Clock.Advance(TimeSpan.FromHours(2));
        (await Report(office, "test/3", "failed", "x\n\u0000y" + new string('z', 400))).ShouldBe("failed");
        office.Of("test/3").ShouldBe("unreached sms refused", "after its time nothing more is tried");
        Reasons(office)[^1].ShouldBe("xy" + new string('z', 198));
    }

    private static async Task<string> Report(PostOffice office, string who, string state, string? reason = null, string way = "sms") =>
        Told(await office.Receipts.Take(way, new Receipt(office.Id(who).ToString(), null, state, reason)));

    private static string Told(Kernel.Outcome<ReceiptTaken> taken) =>
        taken.Ok ? taken.Value.State + (taken.Value.Already ? " already" : "") : taken.Refusal!.Code;

    private static List<string> Reasons(PostOffice office) => office.Store.Read(session =>
        session.Query<string>("select proof from messages_attempt where outcome = 'bounced' order by id"));
}
