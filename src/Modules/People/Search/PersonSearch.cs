using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;

namespace Legwork.People.Search;

/// <summary>The search of the desk, for modules after this one.</summary>
internal sealed class PersonSearch(FindPeople find) : IPersonSearch
{
    public async Task<Outcome<PersonsFound>> Find(Actor actor, Permission permission, string purpose, string question, DateOnly bornFrom)
    {
        var found = await find.Run(new Searcher(actor, permission, bornFrom), question, 1, purpose);
        return found.Then<PersonsFound>(page => new PersonsFound(
            [.. page.People.Select(person => new PersonFound(person.Id, person.Name, person.NameBo, person.Sex, person.Birth, person.Number))],
            page.Pages > 1, page.By == AskedBy.BrokenNumber));
    }
}
