using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Platform.Find;

/// <summary>What one source answered; a refusal of one leaves the others standing.</summary>
internal sealed record SourceFound(SearchSource Source, SearchFound Found, Refusal? Refused);

/// <summary>The one box, and beneath it what each module finds that the asker may ask.</summary>
internal sealed class FindEverywhere(IEnumerable<SearchSource> sources)
{
    public const int QuestionLengthMax = 120;

    public bool Any(Actor? actor) => actor is not null && sources.Any(source => actor.May(source.Permission));

    public async Task<IReadOnlyList<SourceFound>> Run(IServiceProvider services, Actor actor, string question)
    {
        var found = new List<SourceFound>();
        if (question.Length == 0) return found;
        foreach (var source in sources.Where(source => actor.May(source.Permission)).OrderBy(source => source.Order))
        {
            var outcome = await source.Find(services, actor, question);
            if (outcome.Refusal is not null || outcome.Value.Hits.Count > 0)
                found.Add(new SourceFound(source, outcome.Ok ? outcome.Value : SearchFound.Nothing, outcome.Refusal));
        }
        return found;
    }
}

internal sealed record FindModel(string Question, IReadOnlyList<SourceFound> Found);

internal static class FindRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/find", Find).Requires(AccessPermissions.Find);

    private static async Task<RazorComponentResult<FindPage>> Find(HttpContext http, FindEverywhere find, string? q)
    {
        var question = FormText.Cut(q ?? "", FindEverywhere.QuestionLengthMax);
        return ModelPage.Drawn<FindPage>(new FindModel(question, await find.Run(http.RequestServices, http.Actor(), question)));
    }
}
