using Legwork.Platform.Storage;

namespace Legwork.Messages.Tests;

public class DeskTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_clerk_rings_whom_nothing_else_reaches_in_the_own_place_and_may_take_it_back(Engine engine)
    {
        using var office = new PostOffice(engine, new KnownWay("sms", "refused"));
        await office.Tell("test/3");
        await office.Go();
        var cancel = TestContext.Current.CancellationToken;
        var (clerk, other) = (PostOffice.Clerk(), PostOffice.Clerk("540102007"));
        (await office.Desk.List(other, office.T, "call", cancel)).Lines.ShouldBeEmpty();
        var line = (await office.Desk.List(clerk, office.T, "call", cancel)).Lines.ShouldHaveSingleItem();
        (line.Person!.Telephone, line.Text).ShouldBe(("13900000003", "Come on 30 November 2026"));

        (await office.Desk.Called(other, line.Row.Id, reached: true)).Refusal!.Code.ShouldBe("messages.settled");
        (await office.Desk.Called(clerk, line.Row.Id, reached: true)).Ok.ShouldBeTrue();
        (await office.Desk.Called(clerk, line.Row.Id, reached: true)).Refusal!.Code
            .ShouldBe("messages.settled", "a button pressed twice is one call");
        (await office.Desk.List(clerk, office.T, "call", cancel)).Lines.ShouldBeEmpty();
        (await office.Desk.TakeBack(clerk, line.Row.Id)).Ok.ShouldBeTrue();
        (await office.Desk.List(clerk, office.T, "call", cancel)).Lines.ShouldHaveSingleItem();
        office.Attempts().ShouldBe(["sms refused", "call reached", "call taken_back"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_is_rung_after_the_time_or_about_what_was_read_meanwhile(Engine engine)
    {
        using var office = new PostOffice(engine, new KnownWay("sms", "refused"), new KnownWay("letter", "refused"));
        var (clerk, cancel) = (PostOffice.Clerk(), TestContext.Current.CancellationToken);
        await office.Tell("test/3", notAfter: office.Clock.GetUtcNow().AddHours(2));
        await office.Tell();
        await office.Go();
        (await office.Desk.Counts(clerk, cancel)).ShouldBe((2, 0));
        await office.Book.Show(office.T, ["test/1"], cancel);
        office.Of().ShouldBe("handed call");
        office.Clock.Advance(TimeSpan.FromHours(2));
        (await office.Desk.List(clerk, office.T, "call", cancel)).Lines.ShouldBeEmpty();
        (await office.Desk.Called(clerk, office.Id("test/3"), reached: true)).Refusal!.Code.ShouldBe("messages.settled");
        await office.Go();
        office.Of("test/3").ShouldBe("unreached call late");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_was_not_reached_stands_there_until_somebody_says_what_was_done(Engine engine)
    {
        using var office = new PostOffice(engine);
        await office.Tell("test/2");
        await office.Go();
        var cancel = TestContext.Current.CancellationToken;
        var clerk = PostOffice.Clerk();
        var view = await office.Desk.List(clerk, office.T, "unreached", cancel);
        (view.Calls, view.Unreached).ShouldBe((0, 1));
        var id = view.Lines.ShouldHaveSingleItem().Row.Id;
        (await office.Desk.Settle(clerk, id, "")).Refusal!.Code.ShouldBe("messages.note");
        (await office.Desk.Settle(clerk, id, new string('字', 201))).Refusal!.Code.ShouldBe("messages.note");
        (await office.Desk.Settle(clerk, id, "托邻居转告")).Ok.ShouldBeTrue();
        (await office.Desk.List(clerk, office.T, "unreached", cancel)).Unreached.ShouldBe(0);
        (await office.Desk.Settle(clerk, id, "托邻居转告")).Refusal!.Code.ShouldBe("messages.settled");
    }
}
