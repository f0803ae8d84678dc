using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Demonstration;

/// <summary>
/// Some residents asked to have their telephone put right; most were answered in the past weeks and told of it, some want to be rung, and some
/// nobody reaches.
/// </summary>
internal static class RequestsChapter
{
    private const int Asking = 60;

    public static readonly DemoChapter Asked = new("requests of residents", 70, Ask);

    public static readonly DemoChapter Told = new("what residents were told", 90, async story =>
    {
        story.Clock(Calendar.StartOf(story.Today).AddHours(9));
        story.Counts["messages"] = await story.Services.GetRequiredService<IMessages>().HandOver(CancellationToken.None);
    });

    private static async Task Ask(DemoStory story)
    {
        var store = story.Services.GetRequiredService<Store>();
        var people = store.Read(session => session.Query<Row>(
            "select id, name, lives from people_file where state = 'open' and birth < '2000' and lives <> '' order by digest, id limit @Asking",
            new { Asking }));
        var (ask, messages) = (story.Services.GetRequiredService<AskCorrection>(), story.Services.GetRequiredService<IMessages>());
        foreach (var (at, person) in people.Index())
        {
            // Every fifth wants to be rung and nothing else; of every fifteenth no way is left.
            if (at % 5 == 4)
                await messages.Keep(PersonSubject.Of(person.Id), new Wish(at % 15 == 14 ? ["sms", "letter", "call"] : ["sms", "letter"], "zh-CN"));
            var citizen = new Actor(Guid.CreateVersion7(), person.Name, "",
                [new Grant(Role.Citizen, new Scope(story.District), DateOnly.MinValue, null)], person.Id.Value);
            await ask.Run(citizen, person.Id, "phone", $"139{at:0000}{at * 37 % 10000:0000}", "换了号码");
        }
    }

    private sealed record Row(PersonId Id, string Name, string Lives);
}
