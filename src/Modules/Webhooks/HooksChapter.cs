using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Webhooks.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Webhooks;

/// <summary>Two invented receivers hear of the past weeks' work: one takes everything, one is down. A demonstration sends nothing.</summary>
internal static class HooksChapter
{
    public static readonly DemoChapter Chapter = new("receivers outside", 75, async story =>
    {
        var desk = story.Services.GetRequiredService<SubscriptionDesk>();
        var events = story.Services.GetRequiredService<EventsOut>();
        var by = new Actor(Guid.Empty, "管理员", "admin",
            [new Grant(Role.Administrator, new Scope(story.District), DateOnly.MinValue, null)]);
        await Begin("区医疗保障局（示例）", "https://yibao.example/legwork", ["case.closed", "case.reopened"],
            desk.Purposes.FirstOrDefault(one => one.Opens("cases"))?.Code ?? "");
        await Begin("市数据平台（示例）", "https://broken.example/events", ["case.answered"], "");

        async Task Begin(string name, string url, string[] wanted, string purpose)
        {
            var told = wanted.Select(events.Find).OfType<OutgoingEvent>().ToList();
            if (told.Count == 0) return;
            var opened = desk.Purposes.FirstOrDefault(one => one.Code == purpose);
            var fields = told.SelectMany(one => one.Fields).Where(field => field.Opened.Length == 0 || opened?.Opens(field.Opened) == true);
            await desk.Begin(by, new SubscriptionAsked(name, url, [.. told.Select(one => one.Name)],
                [.. fields.Select(field => field.Name).Distinct()], purpose));
        }
    });

    /// <summary>What they were told of that work.</summary>
    public static readonly DemoChapter Told = new("what receivers were told", 92, async story =>
        story.Counts["webhooks"] = await story.Services.GetRequiredService<SendHooks>().SendDue(CancellationToken.None));
}
