using Legwork.People.Files;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Search;

/// <summary>Files for the one search box: the first page of the desk's own search, under the usual purpose of the asker's desk.</summary>
internal static class FileSource
{
    public static readonly SearchSource Source = new("people.search.title", 10, PeoplePermissions.Search, async (services, actor, question) =>
    {
        var (find, reading, wording, t) = (services.GetRequiredService<FindPeople>(), services.GetRequiredService<FileReading>(),
            services.GetRequiredService<Wording>(), services.GetRequiredService<T>());
        if (reading.Open(actor, PeoplePermissions.Search, FileRoutes.DeskPurposes) is not [var purpose, ..]) return SearchFound.Nothing;
        var found = await find.Run(actor, question, 1, purpose.Code);
        return found.Then<SearchFound>(page => new SearchFound(
            [.. page.People.Select(person => new SearchHit(person.Name.Length > 0 ? person.Name : t["people.file.title"],
                $"/people/{person.Id}?for={purpose.Code}",
                string.Join(" · ", Details(person, wording, t).Where(detail => detail.Length > 0))))],
            page.Total > page.People.Count || page.More ? $"/people?q={Uri.EscapeDataString(question)}&for={purpose.Code}" : null));
    });

    private static IEnumerable<string> Details(FoundPerson person, Wording wording, T t) =>
        [person.NameBo, person.Age is { } age ? age.In(t) : "", person.Number, wording.Place(person.Lives)];
}
