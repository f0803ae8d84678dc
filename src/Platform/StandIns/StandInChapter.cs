using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.StandIns;

/// <summary>A colleague of the published supervisor is on leave this week, so that whoever signs in finds whose work there is besides.</summary>
internal static class StandInChapter
{
    public static readonly DemoChapter Chapter = new("stand-ins", 95, story =>
    {
        var deputy = story.Services.GetRequiredService<AccessBook>().Published(_ => story.District)
            .Select(published => published.SignIn).First(account => account.Role == Role.Supervisor);
        var away = new DemonstrationSignIn("leave", "旦增（督导，休假）", Role.Supervisor, story.District);
        story.SignIns.Add((away, "a supervisor on leave: who stands in, and taking the work back"));
        story.WithSignIns.Add(async () =>
        {
            var accounts = story.Services.GetRequiredService<Accounts>();
            var account = (await accounts.SignIn(away.SignIn, DemonstrationAccounts.Password)).Value;
            var actor = accounts.Find(account.Id, account.Stamp)!;
            await story.Services.GetRequiredService<StandInDesk>().Give(actor, actor.Account,
                new StandInAsked(deputy.SignIn, story.Today, story.Today.AddDays(6), "年休"));
            story.Counts["stand-ins"] = 1;
        });
        return Task.CompletedTask;
    });
}
