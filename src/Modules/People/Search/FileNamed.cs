using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Legwork.People.Search;

/// <summary>A file as a clerk names it in a form: by a name, a whole number, or its address.</summary>
/// <param name="File">The one that was named; null until one is chosen.</param>
/// <param name="Choices">Who answers to what was written, to be chosen from: a name alone never decides; who was chosen
/// stands there alone, and so stays chosen where something else is wrong.</param>
internal sealed record FileNamed(PersonId? File, IReadOnlyList<FoundPerson> Choices)
{
    /// <summary>Behind the field's name: the file that was chosen.</summary>
    internal const string Chosen = "Chosen";

    /// <summary>What to say where no file was named: choose one, or that there is nobody.</summary>
    internal static Refusal Unnamed(FileNamed named, Refusal nobody) =>
        named.Choices.Count > 0 ? Refusal.Of("people.named.which", "Choose which of these people you mean.") : nobody;

    private static readonly FileNamed Nobody = new(null, []);

    /// <param name="field">What was written; <see cref="Chosen"/> behind it says which of the choices.</param>
    /// <param name="but">Whose page it is: nobody is named on the own one.</param>
    internal static async Task<FileNamed> By(HttpContext http, FindPeople find, IFormCollection form, string field, string purpose, PersonId but)
    {
        var said = form[field].ToString().Trim();
        if (said.Split('/', '?').FirstOrDefault(part => Guid.TryParse(part, out _)) is { } named)
            return new FileNamed(new PersonId(Guid.Parse(named)), []);
        if (said.Length == 0) return Nobody;
        var found = await find.Run(http.Actor(), said, 1, purpose);
        if (!found.Ok) return Nobody;
        if (ResidentNumber.TryParse(said, out _)) return found.Value.People is [var one] ? new FileNamed(one.Id, []) : Nobody;
        var others = found.Value.People.Where(person => person.Id != but).ToList();
        return others.Find(person => person.Id.ToString() == form[field + Chosen].ToString()) is { } chosen
            ? new FileNamed(chosen.Id, [chosen]) : new FileNamed(null, others);
    }
}
