using Legwork.Cases.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Legwork.Trees.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.Trees;

/// <summary>
/// Old trees and how they are → a kind of case with a clock → a gardener looks, a supervisor verifies → the tree, the board, and whoever
/// lives beside it sees.
/// </summary>
public sealed class TreesModule : IModule
{
    private static readonly Role Gardener = new("Gardener");
    private static readonly Permission Look = new("trees.look", Gardener, Role.Officer);
    private static readonly Permission Report = new("trees.report", Gardener);

    public string Name => "trees";

    public void Add(IServiceCollection services) => services
        .AddSingleton<TreeBook>()
        .AddSingleton(new SubjectOwner(TreeBook.Prefix, provider => provider.GetRequiredService<TreeBook>()))
        .AddSingleton(new CaseResultKind("tree_well"))
        .AddSingleton(new EventHandler("trees", CaseEvents.Closed, (session, row) => TreeBook.Hear(session, row.Read<CaseResult>())))
        .AddSingleton(new NavItem("trees.nav", "/trees", Look, 75))
        .AddSingleton(new FileCard("trees_near", 40, Near))
        .AddSingleton(new Figure("trees.ailing", 60, CountAiling) { LeadsTo = (place, _) => "/trees?place=" + place })
        .AddSingleton(new ModuleCommand(TreesCommand.Make));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/trees", async (TreeBook book, string? place, CancellationToken cancel) =>
            ModelPage.Drawn<TreesPage>(await book.In(place ?? "", cancel))).Requires(Look);
        routes.MapGet("/trees/{id:guid}", async (TreeBook book, Guid id, CancellationToken cancel) =>
            await book.Find(id, cancel) is { } tree ? ModelPage.Drawn<TreePage>(tree) : TreeBook.Unknown.ToResult()).Requires(Look);
        routes.MapPost("/trees/{id:guid}/ailing", async (TreeBook book, Guid id) =>
            (await book.Ails(id)).Match(_ => Results.LocalRedirect($"/trees/{id}"), refusal => refusal.ToResult())).Requires(Report);
    }

    private static async Task<FileCardShown?> Near(FileCardAsk ask)
    {
        var trees = await ask.Services.GetRequiredService<TreeBook>().In(ask.Person.Place, ask.Cancel);
        return trees.Count == 0 ? null
            : new FileCardShown(ask.Services.GetRequiredService<T>()["trees.near"], [.. trees.Select(tree => new FileCardLine(tree.Name))], "", "");
    }

    private static async Task<IReadOnlyList<Counted>?> CountAiling(IServiceProvider services, DateOnly? knownOn) => knownOn is not null ? null
        : [.. (await services.GetRequiredService<TreeBook>().In("", CancellationToken.None)).Where(tree => tree.Ailing).CountBy(tree => tree.Place)
            .Select(place => new Counted("trees.ailing", place.Key, place.Value))];
}
