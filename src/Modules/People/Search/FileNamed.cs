using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Legwork.People.Search;

/// <summary>A file as a clerk names it in a form.</summary>
internal static class FileNamed
{
    /// <summary>A file named by its address, its id, or a whole number that only one file in the actor's area carries.</summary>
    internal static async Task<PersonId?> By(HttpContext http, FindPeople find, string said, string purpose)
    {
        if (said.Split('/', '?').FirstOrDefault(part => Guid.TryParse(part, out _)) is { } named) return new PersonId(Guid.Parse(named));
        if (!ResidentNumber.TryParse(said, out _)) return null;
        var found = await find.Run(http.Actor(), said, 1, purpose);
        return found.Ok && found.Value.People is [var one] ? one.Id : null;
    }
}
