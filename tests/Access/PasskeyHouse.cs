using System.Net;
using System.Text.Json;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Access.Tests;

/// <summary>A served district whose visitors have devices.</summary>
internal sealed class PasskeyHouse(ServedDistrict served) : IAsyncDisposable
{
    public ServedDistrict Served => served;

    public static async Task<PasskeyHouse> Open(Engine engine, params string[] moreThanPassword)
    {
        var served = new ServedDistrict(TestStore.Bare(engine), options => options.MoreThanPassword = moreThanPassword);
        await served.InitializeAsync();
        return new PasskeyHouse(served);
    }

    public KeyInTests NewKey() => new($"http://localhost:{served.Address.Port}");

    public async Task<HttpResponseMessage> AddAnswer(Visitor visitor, KeyInTests key, string name)
    {
        var (state, options) = await Question(visitor, "/passkeys/question", "/passkeys");
        return await visitor.Post("/passkeys", "/passkeys", ("name", name), ("state", state), ("credential", key.Make(options)));
    }

    /// <returns>Where one is led then.</returns>
    public async Task<string?> Add(Visitor visitor, KeyInTests key, string name)
    {
        using var answer = await AddAnswer(visitor, key, name);
        return answer.Headers.Location?.OriginalString;
    }

    /// <returns>Where one is led then; null for whoever is not let in.</returns>
    public async Task<string?> Enter(Visitor visitor, KeyInTests key)
    {
        var (state, options) = await Question(visitor, "/sign-in/passkey/question", "/sign-in");
        using var answer = await visitor.Post("/sign-in/passkey", "/sign-in", ("state", state), ("credential", key.Show(options)));
        return answer.Headers.Location?.OriginalString;
    }

    public static async Task<string> Refused(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            return await Visitor.Text(answer);
        }
    }

    public Actor Actor(string signIn)
    {
        var account = served.Store.Read(session => Accounts.FindBySignIn(session, signIn))!;
        return served.Services.GetRequiredService<Accounts>().Find(account.Id, account.Stamp)!;
    }

    public List<string> History(string signIn) => served.Store.Read(session => session.Query<string>("""
        select h.act || ' ' || h.detail from access_history h join access_account a on a.id = h.account
        where a.sign_in = @signIn and h.detail is not null order by h.id
        """, new { signIn }));

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private static async Task<(string State, JsonElement Options)> Question(Visitor visitor, string path, string from)
    {
        using var asked = await visitor.Post(path, from);
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        var question = JsonElement.Parse(await Visitor.Text(asked));
        return (question.GetProperty("state").GetString()!, question.GetProperty("options"));
    }
}
