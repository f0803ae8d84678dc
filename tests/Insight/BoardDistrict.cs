using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Legwork.Cases;
using Legwork.Cases.Contracts;
using Legwork.Insight.Figures;
using Legwork.Kernel;
using Legwork.People;
using Legwork.People.Contracts;
using Legwork.People.Tests;
using Legwork.Places;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Insight.Tests;

/// <summary>Two streets of one grid each with a handful of invented people, their findings, and cases in every state.</summary>
internal sealed class BoardDistrict : IAsyncDisposable
{
    public const string District = "540102";
    public const string Bakuo = "540102002";
    public const string Jiri = "540102003";

    private static readonly SharedStart Busy = new(
        engine => TestStore.Open(engine, ("places", typeof(PlacesModule).Assembly), ("cases", typeof(CasesModule).Assembly),
            ("people", typeof(PeopleModule).Assembly)),
        MakeBusy);

    private readonly TestStore test;
    private readonly WebApplication app;

    private BoardDistrict(TestStore test, params IModule[] more)
    {
        this.test = test;
        var modules = new ModuleList([new PlatformModule(), new PlacesModule(), new CasesModule(), new PeopleModule(), new InsightModule(), .. more]);
        // A server that is never started: pages are drawn with the services it would have.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new PlatformPlaces(test.Where, test.In("keys"), test.In("heads"), Path.Combine(Repository.Root, "rules"),
                Path.Combine(Repository.Root, "districts", District), "test"))
            .AddSingleton(test.Store)
            .AddSingleton(new AccessRules(District, Demonstration: false))
            .AddModules(modules)
            .AddShell([.. modules.Assemblies.Select(module => module.Assembly).Append(typeof(BoardDistrict).Assembly).Distinct()])
            .AddAntiforgery();
        app = builder.Build();
    }

    public ManualClock Clock { get; } = new();

    public Store Store => test.Store;

    /// <summary>Its services and nothing in its storage.</summary>
    public static BoardDistrict Empty(params IModule[] more) =>
        new(TestStore.Open(Engine.Sqlite, ("places", typeof(PlacesModule).Assembly), ("cases", typeof(CasesModule).Assembly),
            ("people", typeof(PeopleModule).Assembly)), more);

    /// <summary>The lists taken in, and in each street one more case in every state; one lies in no street, one is overdue.</summary>
    public static async Task<BoardDistrict> Open(Engine engine, params IModule[] more) => new(await Busy.Copy(engine), more);

    private static async Task MakeBusy(TestStore test)
    {
        var district = new BoardDistrict(test);
        MadeUp.Write(test.In("lists"));
        MadeUp.WritePlaces(test.In("lists"));
        (await district.Get<IRegisters>().TakeFolder(test.In("lists"), Actor.System)).AllTaken.ShouldBeTrue();
        foreach (var place in new[] { MadeUp.BakuoGrid, MadeUp.JiriGrid, MadeUp.JiriGrid })
            foreach (var state in CaseStates.All) await district.OpenCase(place, state);
        await district.OpenCase(Jiri, CaseStates.Unassigned);
        await district.OpenCase(District, CaseStates.Unassigned);
        await district.OpenCase(MadeUp.BakuoGrid, CaseStates.Closed, closedDaysAgo: 5);
        await district.OpenCase(MadeUp.BakuoGrid, CaseStates.Open, overdue: true);
        await district.Store.Write(session => session.Execute("""
            insert into people_refused_file (file_name, source, at, account, code, sentence, detail)
                values ('a.csv', 'police', @at, @nobody, 'registers.half', '', ''), ('b.csv', 'police', 0, @nobody, 'registers.half', '', '')
            """, new { at = district.Clock.GetUtcNow(), nobody = Guid.Empty }));
        await district.Close();
    }

    public async Task<CaseId> OpenCase(string place, string state, int closedDaysAgo = 0, bool overdue = false, string kind = "empty_registration")
    {
        // Put straight into its state: how cases get there is proven in the tests of Cases. In one write, so that nobody counts it half opened.
        return await Store.Write(session =>
        {
            var id = Get<ICases>().Open(session, new OpenCase(kind, $"test/{Guid.CreateVersion7()}", "test", place, "home", "0001", true)).Value.Id;
            session.Execute("update cases_case set state = @state, closed_at = @closedAt, due_at = case when @late = 1 then @now - 1 else due_at end "
                + "where id = @id",
            new
            {
                id,
                state,
                closedAt = CaseStates.IsOver(state) ? Clock.GetUtcNow().AddDays(-closedDaysAgo) : (DateTimeOffset?)null,
                late = overdue ? 1L : 0L,
                now = Clock.GetUtcNow().ToUnixTimeMilliseconds()
            });
            return id;
        });
    }

    /// <summary>Boards of another count of the cases.</summary>
    public CurrentFigures Figures(ICases cases) => new(Get<IPlaces>(), cases, Get<FigureBook>(), Get<AccessRules>(), Clock, app.Services);

    public void Map() => new InsightModule().Map(app);

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static Actor Of(Role role, params string[] scopes) =>
        new(Guid.CreateVersion7(), "达瓦", "dawa", [.. scopes.Select(scope => new Grant(role, new Scope(scope), DateOnly.MinValue, null))]);

    public async Task<BoardView> Board(string place, string? on = null) =>
        (await Get<BoardDesk>().Show(Of(Role.Officer, District), place, TestContext.Current.CancellationToken, on)).Value;

    /// <summary>How many cases a list shows, worked out from its address as <see cref="CaseLinks.List"/> states it.</summary>
    public long Behind(string href)
    {
        var filter = QueryHelpers.ParseQuery(href[(href.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        var (place, kind, state) = ($"{filter.GetValueOrDefault("place")}", $"{filter.GetValueOrDefault("kind")}",
            $"{filter.GetValueOrDefault("state")}");
        return Store.Read(session =>
            session.Scalar<long>("select count(*) from cases_case where place like @place || '%' and (@kind = '' or kind = @kind) and " + state switch
            {
                "" => "1 = 1",
                "current" => "state not in ('closed', 'withdrawn')",
                "overdue" => "state in ('unassigned', 'open', 'answered') and due_at < @now",
                _ => "state = @state",
            }, new { place, kind, state, now = Clock.GetUtcNow().ToUnixTimeMilliseconds() }));
    }

    public async Task<IHtmlDocument> Draw<TPage>(object model) where TPage : IComponent
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model })))
                .ToHtmlString());
        return new HtmlParser().ParseDocument(html);
    }

    public T Texts() => new(Get<Texts>(), Language.Chinese);

    public async ValueTask DisposeAsync()
    {
        await Close();
        test.Dispose();
    }

    private async ValueTask Close()
    {
        await Get<ReadLog>().DisposeAsync();
        await app.DisposeAsync();
    }
}
