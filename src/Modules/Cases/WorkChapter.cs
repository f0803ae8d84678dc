using Legwork.Cases.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases;

/// <summary>The past weeks' work, and before and after it the grid whose worker has a day worth looking at: the one with the
/// most left to do.</summary>
internal static class WorkChapter
{
    public static readonly DemoChapter Beginning = new("busiest grid", 40, LookForBusiest);

    public static readonly DemoChapter Chapter = new("work", 80, async story =>
    {
        await story.Services.GetRequiredService<DemonstrationWork>().Run(story.Came, story.Today, story.Clock, story.Deliver,
            share => story.Progress("the past weeks' work", share));
        await LookForBusiest(story);
    });

    private static async Task LookForBusiest(DemoStory story) => story.BusiestGrid = (await story.Services.GetRequiredService<ICases>().Counts(null))
        .Where(count => count.State == CaseStates.Open && new Scope(count.Place).Level == ScopeLevel.Grid)
        .GroupBy(count => count.Place).OrderByDescending(grid => grid.Sum(count => count.Cases))
        .ThenBy(grid => grid.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
}
