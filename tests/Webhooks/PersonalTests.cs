using Legwork.Platform.Storage;

namespace Legwork.Webhooks.Tests;

/// <summary>Nothing of a person leaves without a purpose that opens it, and nothing leaves before the look stands in the log.</summary>
public class PersonalTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_personal_field_leaves_for_a_purpose_that_opens_it_and_not_before_it_stands_in_the_log(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        await outgoing.Subscribe(purpose: "handing_on", fields: ["thing", "person"]);
        await outgoing.Happen("a", Outgoing.Persons[0].Value);
        var loggedBefore = new List<int>();
        outgoing.Posted.Answer = (_, _) =>
        {
            loggedBefore.Add(outgoing.Reads().Count);
            return Task.FromResult(new Sending.PostAnswer(Sending.Answered.Taken, ""));
        };
        await outgoing.Go();
        loggedBefore.ShouldBe([1]);
        outgoing.Reads().ShouldBe(["示例局 handing_on webhooks.receive"]);
        outgoing.Store.Read(session => session.Query<Guid>("select person from readlog_subject")).ShouldBe([Outgoing.Persons[0].Value]);
        outgoing.Posted.Bodies.Single().ShouldEndWith($$$"""data":{"thing":"a","person":"{{{Outgoing.Persons[0]}}}"}}""");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_a_child_and_of_whoever_is_unknown_only_plain_fields_leave_and_nothing_personal_is_stored(Engine engine)
    {
        using var outgoing = new Outgoing(engine);
        await outgoing.Subscribe(purpose: "handing_on", fields: ["thing", "person"]);
        foreach (var person in Outgoing.Persons) await outgoing.Happen($"{person.Value:N}"[^4..], person.Value);
        outgoing.Store.Read(session => session.Query<string>("select body from webhooks_delivery"))
            .ShouldAllBe(body => !body.Contains("person") && !body.Contains("秘密"));
        await outgoing.Go();
        outgoing.Posted.Bodies.Count(body => body.Contains($"{Outgoing.Persons[0]}")).ShouldBe(1);
        outgoing.Posted.Bodies.ShouldAllBe(body => !body.Contains($"{Outgoing.Persons[1]}") && !body.Contains($"{Outgoing.Persons[2]}"));
        outgoing.Posted.Bodies.ShouldAllBe(body => !body.Contains("卓玛"));
    }

    [Theory]
    [InlineData("", "person", "webhooks.personal")]
    [InlineData("handing_on", "name", "webhooks.personal")]
    [InlineData("counting", "person", "webhooks.purpose")]
    [InlineData("no_such", "thing", "webhooks.purpose")]
    [InlineData("handing_on", "secret", "webhooks.fields")]
    [InlineData("handing_on", "person", "")]
    [InlineData("", "thing", "")]
    public async Task A_subscription_is_refused_with_the_sentence_that_says_why(string purpose, string field, string code)
    {
        using var outgoing = new Outgoing(Engine.Sqlite);
        var asked = new SubscriptionAsked("示例局", "https://receiver.example/", ["thing.done"], [field], purpose);
        var begun = await outgoing.Desk.Begin(Outgoing.Administrator, asked);
        (begun.Ok ? "" : begun.Refusal!.Code).ShouldBe(code);
        outgoing.Store.Read(session => session.Scalar<long>("select count(*) from webhooks_subscription")).ShouldBe(code.Length == 0 ? 1 : 0);
    }

    [Theory]
    [InlineData("", "https://receiver.example/", "thing.done", "webhooks.name")]
    [InlineData("示例局", "ftp://receiver.example/", "thing.done", "webhooks.url")]
    [InlineData("示例局", "https://receiver.example/", "thing.undone", "webhooks.events")]
    public async Task A_form_that_is_wrong_is_refused(string name, string url, string @event, string code)
    {
        using var outgoing = new Outgoing(Engine.Sqlite);
        (await outgoing.Desk.Begin(Outgoing.Administrator, new SubscriptionAsked(name, url, [@event], ["thing"], ""))).Refusal!.Code.ShouldBe(code);
        outgoing.Store.Read(session => session.Scalar<long>("select count(*) from webhooks_subscription")).ShouldBe(0);
    }

    [Fact]
    public async Task Only_an_administrator_of_the_whole_district_says_who_is_told()
    {
        using var outgoing = new Outgoing(Engine.Sqlite);
        var ofStreet = Outgoing.Administrator with
        {
            Grants = [new Platform.Access.Grant(Platform.Access.Role.Administrator, new Platform.Access.Scope("540102006"), DateOnly.MinValue, null)],
        };
        var fresh = await outgoing.Subscribe();
        (await outgoing.Desk.Begin(ofStreet, new SubscriptionAsked("局", "https://receiver.example/", ["thing.done"], ["thing"], "")))
            .Refusal!.Code.ShouldBe("webhooks.out_of_scope");
        (await outgoing.Desk.Rotate(ofStreet, fresh.Id)).Refusal!.Code.ShouldBe("webhooks.out_of_scope");
        (await outgoing.Desk.End(ofStreet, fresh.Id)).Refusal!.Code.ShouldBe("webhooks.out_of_scope");
    }

    [Fact]
    public void An_event_that_two_modules_tell_or_a_field_that_is_given_twice_stops_the_start()
    {
        Should.Throw<InvalidOperationException>(() => new EventsOut([Outgoing.Thing, Outgoing.Thing]));
        Should.Throw<InvalidOperationException>(() => new EventsOut([Outgoing.OfPeople]));
        Should.Throw<InvalidOperationException>(() => new EventsOut([Outgoing.Thing, Outgoing.OfPeople, Outgoing.OfPeople]));
        Should.Throw<InvalidOperationException>(() => new EventsOut([Outgoing.Thing, Outgoing.OfPeople with { Kind = "test.other" }]));
        new EventsOut([Outgoing.OfPeople, Outgoing.Thing]).All.Single().Fields.Select(field => field.Name)
            .ShouldBe(["thing", "colour", "person", "name"]);
    }
}
