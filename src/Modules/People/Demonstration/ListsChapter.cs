using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Demonstration;

/// <summary>The offices' lists come in, and somebody may read the own file.</summary>
internal static class ListsChapter
{
    public static readonly DemoChapter Chapter = new("lists", 10, async story =>
    {
        var taken = await story.Services.GetRequiredService<IRegisters>().TakeFolder(story.Lists, Actor.System, story.Progress);
        if (!taken.AllTaken)
            throw new CannotOpenException(
                $"The demonstration's own files were refused: {string.Join("; ", taken.Files.SelectMany(file => file.Refusals)
                .Select(fault => fault.ToString()).Concat(taken.Refused.Select(file => $"{file.FileName} {file.Refusal.Message}")))}");
        (story.Counts["rows"], story.Counts["files"]) = (taken.Updated?.Rows ?? 0, taken.Updated?.Files ?? 0);
        var someone = story.Services.GetRequiredService<IDemonstrationPeople>().Someone();
        story.SignIns.Add((new DemonstrationSignIn("citizen", someone?.Name ?? "居民", Role.Citizen, story.District, someone?.Person.Value),
            "my file, and who read it"));
    });
}
