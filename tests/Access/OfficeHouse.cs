using System.Net;
using Legwork.Platform.Access;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Access.Tests;

/// <summary>A served district beside a directory.</summary>
internal sealed class OfficeHouse(OfficeInTests office, ServedDistrict served) : IAsyncDisposable
{
    public OfficeInTests Office => office;

    public ServedDistrict Served => served;

    /// <param name="set">Settings of the directory beside the usual.</param>
    public static async Task<OfficeHouse> Open(Engine engine, Action<OfficeSettings>? set = null)
    {
        var office = await OfficeInTests.Open();
        var settings = new OfficeSettings { Authority = office.Address, Client = OfficeInTests.Client, Secret = OfficeInTests.Secret };
        set?.Invoke(settings);
        var served = new ServedDistrict(TestStore.Bare(engine), options => options.Office = settings);
        await served.InitializeAsync();
        return new OfficeHouse(office, served);
    }

    public async Task Name(string signIn, string name)
    {
        using var admin = await served.Visit("admin");
        var account = Actor(signIn).Account;
        using var answer = await admin.Post($"/staff/{account}/office", $"/staff/{account}", ("name", name));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await Visitor.Text(answer));
    }

    public Actor Actor(string signIn)
    {
        var account = served.Store.Read(session => Accounts.FindBySignIn(session, signIn))!;
        return served.Services.GetRequiredService<Accounts>().Find(account.Id, account.Stamp)!;
    }

    /// <summary>To the office as somebody, and back.</summary>
    /// <returns>Where one is led then.</returns>
    public async Task<string> Come(Visitor visitor, string name, string returnUrl = "/")
    {
        office.Here = name;
        return await Follow(visitor, $"/sign-in/office?returnUrl={Uri.EscapeDataString(returnUrl)}");
    }

    public async Task<string> Follow(Visitor visitor, string from)
    {
        using var asked = await visitor.Get(from);
        using var back = await visitor.Get(await Back(asked.Headers.Location!, office.Here));
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await Visitor.Text(back));
        return back.Headers.Location!.OriginalString;
    }

    /// <summary>The same for somebody who is not let in.</summary>
    /// <returns>What the page says.</returns>
    public async Task<string> Refused(Visitor visitor, string name)
    {
        using var asked = await visitor.Get("/sign-in/office");
        using var back = await visitor.Get(await Back(asked.Headers.Location!, name));
        back.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return WebUtility.HtmlDecode(await Visitor.Text(back));
    }

    public async Task<string> Back(Uri there, string? name)
    {
        office.Here = name;
        there.AbsoluteUri.ShouldStartWith(office.Address);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(there, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.PathAndQuery;
    }

    /// <summary>The directory itself tells the server something.</summary>
    public async Task<HttpStatusCode> Say(string token)
    {
        using var http = new HttpClient { BaseAddress = served.Address };
        using var answer = await http.PostAsync("/sign-in/office/ended", new FormUrlEncodedContent([new("logout_token", token)]),
            TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public long Count(string table) => served.Store.Read(session => session.Scalar<long>($"select count(*) from {table}"
        + (table == "access_session" ? " where account <> @admin" : ""), new { admin = Actor("admin").Account }));

    public async Task<IReadOnlyList<string>> History(string signIn) => await served.Store.ReadAsync(async session => (await StaffRecords
        .FindAsync(session, Accounts.FindBySignIn(session, signIn)!.Id))!.History.Where(line => line.Detail is not null)
        .Select(line => $"{line.Act} {line.Detail}").ToList(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        await office.DisposeAsync();
    }
}
