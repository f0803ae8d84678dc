using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Cases.Rules;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases.Pages;

/// <summary>What waits at the doors and in the queue, for the start page; it names nobody.</summary>
internal static class WorkOfCases
{
    public static WorkWaiting Day(CaseAccess access) => new("cases.day.nav", 10, access[CaseRight.Day], async (services, actor, cancel) =>
    {
        var t = services.GetRequiredService<T>();
        var today = await services.GetRequiredService<DayPlan>().Count(actor, cancel);
        return new WaitingNow(
        [
            new Choice("/day", t["cases.home.doors", today.Doors], t.Number(today.Doors)),
            new Choice("/day#calls", t["cases.home.calls", today.Calls], t.Number(today.Calls)),
        ],
        today.First is { } group ? new Crumb(t["cases.home.first_door"], DayPlan.StopHref(group))
            : today.FirstCall is { } call ? new Crumb(t["cases.home.first_call"], CaseLinks.Case(call)) : null, ["/day"]);
    });

    public static WorkWaiting Queue(CaseAccess access) => new("cases.queue", 20, access[CaseRight.Queue], async (services, actor, cancel) =>
    {
        var (t, lists) = (services.GetRequiredService<T>(), services.GetRequiredService<CaseLists>());
        var (counts, first) = await lists.Waiting(actor, t, cancel);
        return new WaitingNow(counts, first, ["/queue"]);
    });
}
