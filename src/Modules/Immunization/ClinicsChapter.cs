using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization;

/// <summary>The clinics' lists of doses and states of health come in, and a parent may look at a child's.</summary>
internal static class ClinicsChapter
{
    public static readonly DemoChapter Chapter = new("clinics", 20, async story =>
    {
        var clinics = Path.Combine(story.Lists, "clinics");
        if (Directory.Exists(clinics))
        {
            long doses = 0;
            foreach (var list in Lists("接种记录_*"))
                doses += (await story.Services.GetRequiredService<TakeDoses>().Run(list, Actor.System, story.Progress)).Value.Learned;
            foreach (var list in Lists("特殊健康状态_*")) await story.Services.GetRequiredService<TakeStates>().Run(list, Actor.System);
            story.Counts["doses of children"] = doses;
        }
        if (await story.Services.GetRequiredService<IDemonstrationPeople>().ParentOfSmallChild() is { } parent)
            story.SignIns.Add((new DemonstrationSignIn("parent", parent.Name, Role.Citizen, story.District, parent.Person.Value),
                "a child's file and immunization"));

        IEnumerable<string> Lists(string pattern) => Directory.EnumerateFiles(clinics, pattern).Order(StringComparer.Ordinal);
    });
}
