using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Immunization.Pages;

/// <summary>The rules as a health official reads them, and the trial of a change.</summary>
internal static class TrialRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/immunization/rules", (RuleBooks books, TimeProvider clock) => Rules(books, books.On(clock.Today()).Id))
            .Requires(ImmunizationPermissions.Rules);
        routes.MapGet("/immunization/rules/{set}", (RuleBooks books, string set) => Rules(books, set)).Requires(ImmunizationPermissions.Rules);
        routes.MapGet("/immunization/trial", Trial).Requires(ImmunizationPermissions.Trial);
    }

    private static IResult Rules(RuleBooks books, string set) => books.Find(set) is { } book
        ? ModelPage.Drawn<RulesPage>(new RulesModel(books.All, book))
        : Refusal.Of("immunization.rules.not_found", "There is no such rule set.").ToResult();

    /// <summary>Nobody is looked at before two rule sets are asked for.</summary>
    private static async Task<IResult> Trial(HttpContext http, RuleBooks books, TryRules tryRules, string? from, string? to)
    {
        var mayOpen = http.Actor().May(ImmunizationPermissions.View);
        if (from is null || to is null)
            return ModelPage.Drawn<TrialPage>(new TrialModel(books, books.All[0].Id, books.All[^1].Id, null, null, mayOpen));
        var tried = await tryRules.Run(from, to, http.Actor(), http.RequestAborted);
        return ModelPage.Drawn<TrialPage>(new TrialModel(books, from, to, tried.Ok ? tried.Value : null, tried.Refusal, mayOpen),
            tried.Ok ? 200 : Refusals.StatusOf(tried.Refusal!));
    }
}
