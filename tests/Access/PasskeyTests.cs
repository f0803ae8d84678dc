using System.Net;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Access.Tests;

/// <summary>Passkeys over HTTP, with a device made by hand, on both storages.</summary>
public class PasskeyTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_passkey_opens_its_account_until_it_is_taken_away_and_a_copy_of_it_never(Engine engine)
    {
        await using var house = await PasskeyHouse.Open(engine);
        using var clerk = await house.Served.Visit("clerk");
        using var key = house.NewKey();
        (await house.Add(clerk, key, "counter computer")).ShouldBe("/passkeys");
        (await clerk.Page("/passkeys")).ShouldContain("counter computer");
        (await PasskeyHouse.Refused(await house.AddAnswer(clerk, key, "again"))).ShouldContain("This passkey was not accepted");

        using var elsewhere = await house.Served.Visit();
        (await house.Enter(elsewhere, key)).ShouldBe("/");
        (await elsewhere.Page("/")).ShouldContain("clerk");
        key.Count--;
        using var thief = await house.Served.Visit();
        (await house.Enter(thief, key)).ShouldBeNull("its count stands still");

        var id = house.Served.Store.Read(session => session.First<Guid>("select id from access_passkey"));
        using (var renamed = await clerk.Post($"/passkeys/{id}/name", "/passkeys", ("name", "desk")))
            renamed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var nurse = await house.Served.Visit("nurse"))
        using (var foreign = await nurse.Post($"/passkeys/{id}/remove", "/passkeys"))
            foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound, "it is not hers");
        using (var removed = await clerk.Post($"/passkeys/{id}/remove", "/passkeys")) removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await house.Enter(thief, key)).ShouldBeNull();
        house.History("clerk").ShouldBe(["passkey_added counter computer", "passkey_removed desk"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_password_that_somebody_else_sets_takes_the_accounts_passkeys_away_and_nobody_elses(Engine engine)
    {
        await using var house = await PasskeyHouse.Open(engine);
        using var clerk = await house.Served.Visit("clerk");
        using var nurse = await house.Served.Visit("nurse");
        using var first = house.NewKey();
        using var second = house.NewKey();
        using var other = house.NewKey();
        await house.Add(clerk, first, "phone");
        await house.Add(clerk, second, "desk");
        await house.Add(nurse, other, "hers");
        var reset = house.Served.Services.GetRequiredService<ResetPassword>();
        (await reset.Run(house.Actor("admin"), house.Actor("clerk").Account)).Ok.ShouldBeTrue();

        using var stranger = await house.Served.Visit();
        foreach (var gone in new[] { first, second }) (await house.Enter(stranger, gone)).ShouldBeNull();
        using (var led = await clerk.Get("/people")) led.Headers.Location!.OriginalString.ShouldStartWith("/sign-in");
        house.History("clerk").ShouldBe(["passkey_added phone", "passkey_added desk", "passkey_removed phone", "passkey_removed desk"]);
        (await house.Enter(stranger, other)).ShouldBe("/", "the nurse keeps hers");
    }
}
