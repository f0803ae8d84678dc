using Legwork.People.Files;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Search;

/// <summary>Files for the one search box: the first page of the desk's own search, under the usual purpose of the asker's desk.</summary>
internal static class FileSource
{
    public static readonly SearchSource Source = new("people.search.title", 10, PeoplePermissions.Search, async ask =>
    {
        var (find, reading, wording, t) = (ask.Services.GetRequiredService<FindPeople>(), ask.Services.GetRequiredService<FileReading>(),
            ask.Services.GetRequiredService<Wording>(), ask.Services.GetRequiredService<T>());
        if (reading.Open(ask.Actor, PeoplePermissions.Search, FileRoutes.DeskPurposes) is not [var purpose, ..]) return SearchFound.Nothing;
        var found = await find.Run(ask.Actor, ask.Question, 1, purpose.Code);
        return found.Then<SearchFound>(page => new SearchFound(
            [.. page.People.Select(person => new SearchHit(person.Name.Length > 0 ? person.Name : t["people.file.title"],
                $"/people/{person.Id}?for={purpose.Code}",
                string.Join(" · ", Details(person, wording, t).Where(detail => detail.Length > 0))))],
            page.Total > page.People.Count || page.More ? $"/people?q={Uri.EscapeDataString(ask.Question)}&for={purpose.Code}" : null));
    });

    private static IEnumerable<string> Details(FoundPerson person, Wording wording, T t) =>
        [person.NameBo, person.Age is { } age ? t["people.age", age] : "", person.Number, wording.Place(person.Lives)];
}
