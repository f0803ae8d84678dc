using System.Net;
using System.Text.RegularExpressions;
using Legwork.Cases.Contracts;
using Legwork.Host;
using Legwork.Host.Commands;
using Legwork.Host.Web;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Trees.Tests;

/// <summary>
/// A module that the house has never heard of, added by its folder and one line: two pages, a table, a kind of case, a card, a figure, a
/// command and a role. Taken out again it leaves nothing.
/// </summary>
public partial class TreesTests
{
    private const string Grid = "540102006001-G03";

    /// <summary>The one line.</summary>
    private static readonly ModuleList WithTrees = new([.. District.Modules, new TreesModule()]);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_module_is_added_by_its_folder_and_one_line(Engine engine)
    {
        using var place = TestStore.Bare(engine);
        await Command(WithTrees, place, "plant", "甘丹路古柳", "--place", Grid).Returns(0);
        await using var app = await Serve(WithTrees, place);
        using var gardener = await SignedIn(app, "gardener");
        var list = await Page(gardener, "/trees");
        var id = TreeLink().Match(list).Groups[1].Value;
        list.ShouldContain("甘丹路古柳");
        (await Page(gardener, "/")).ShouldContain("href=\"/trees\"");

        using (var reported = await gardener.Post($"/trees/{id}/ailing", $"/trees/{id}")) reported.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Page(gardener, $"/trees/{id}")).ShouldContain("ailing");
        var line = (await app.Services.GetRequiredService<ICases>().Find(
            ["trees/tree/" + id], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (line.Kind, line.Stage, line.Place).ShouldBe(("tree_ailing", "look", Grid));
        (await Page(gardener, $"/cases/{line.Id}")).ShouldContain("How is <span lang=\"zh-CN\">甘丹路古柳</span>?");
        using var officer = await SignedIn(app, "officer");
        var board = await Page(officer, "/board");
        board.ShouldContain("Ailing trees");
        board.ShouldContain("Old trees reported as ailing and not yet verified as well again");

        var answer = $"/cases/{line.Id}/answer?answer=well";
        using (var given = await gardener.Post($"/cases/{line.Id}/answer", answer, ("version", "1"), ("answer", "well")))
            given.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var supervisor = await SignedIn(app, "supervisor");
        using (var verified = await supervisor.Post($"/cases/{line.Id}/verify", $"/cases/{line.Id}", ("version", "2")))
            verified.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await app.Services.GetRequiredService<Relay>().DeliverAll();
        (await app.Services.GetRequiredService<TreeBook>().Find(Guid.Parse(id), TestContext.Current.CancellationToken))!.Ailing.ShouldBeFalse();

        using var clerk = await SignedIn(app, "clerk");
        using (var refused = await clerk.Get("/trees")) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var refused = await clerk.Get($"/cases/{line.Id}")) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var admin = await SignedIn(app, "admin");
        (await Page(admin, "/staff/join")).ShouldContain("Gardener");
        app.Services.GetRequiredService<AccessBook>().Purposes["own_file"].Opens("trees_near").ShouldBeTrue();
        app.Services.GetServices<FileCard>().ShouldContain(card => card.Field == "trees_near");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Without_its_line_nothing_is_left_of_it(Engine engine)
    {
        using var place = TestStore.Bare(engine);
        await Command(District.Modules, place, "plant", "甘丹路古柳", "--place", Grid).Returns(2);
        await using var app = await Serve(District.Modules, place);
        using var admin = await SignedIn(app, "admin");
        (await Page(admin, "/staff/join")).ShouldNotContain("Gardener");
        using (var gone = await admin.Get("/trees")) gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var officer = await SignedIn(app, "officer");
        (await Page(officer, "/board")).ShouldNotContain("Ailing trees");
        app.Services.GetRequiredService<Store>().Read(session => Migration.Applied(session))
            .ShouldNotContain(migration => migration.Module == "trees");
        app.Services.GetRequiredService<ICases>().NameOf("tree_ailing", "en").ShouldBe("tree_ailing", "no rules describe it");
    }

    private static DistrictOptions Options(ModuleList modules, TestStore place) => new(modules)
    {
        Data = place.In("data"),
        Storage = place.Engine == Engine.Postgres ? place.Where : "",
        Listen = "http://127.0.0.1:0",
        Node = "test",
        Demonstration = true,
    };

    private static async Task<WebApplication> Serve(ModuleList modules, TestStore place)
    {
        var app = WebServer.Build(Options(modules, place), ["--environment=Development"],
            services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)));
        await app.Services.GetRequiredService<DemonstrationAccounts>()
            .Make([.. app.Services.GetRequiredService<AccessBook>().Published(_ => "540102").Select(account => account.SignIn)]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<string> Page(Visitor visitor, string path) => WebUtility.HtmlDecode(await visitor.Page(path));

    private static async Task<Visitor> SignedIn(WebApplication app, string signIn)
    {
        var visitor = new Visitor(new Uri(app.Urls.First()));
        await visitor.SignIn(signIn);
        return visitor;
    }

    private static (ModuleList Modules, string[] Words) Command(ModuleList modules, TestStore place, params string[] words)
    {
        var options = Options(modules, place);
        return (modules, [.. words, "--data", options.Data, "--node", "test",
            .. options.Storage.Length > 0 ? new[] { "--storage", options.Storage } : []]);
    }

    [GeneratedRegex("href=\"/trees/([0-9a-f-]{36})\"")]
    private static partial Regex TreeLink();
}

file static class Lines
{
    public static async Task Returns(this (ModuleList Modules, string[] Words) line, int code) =>
        (await LegworkCommand.Run(line.Words, line.Modules)).ShouldBe(code);
}
