using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog.Pages;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.ReadLog;

/// <summary>Whose reads a form means: one of those whom an entry names, somebody of a name, or a file by its address.</summary>
internal sealed class WhoseReads(Reads reads, Reading reading, IEnumerable<IFileNames> names)
{
    /// <param name="File">The one that was named; null until one is chosen.</param>
    /// <param name="Choices">Whom the entry names, or who is called so.</param>
    internal sealed record Whose(PersonId? File, IReadOnlyList<PersonId> Choices);

    /// <summary>True where somebody is asked for by name: an entry says by itself whom it names.</summary>
    internal static bool Asks(HoldForm form, Whose named) => form.Person.Length > 0 || named.Choices.Count == 0;

    /// <summary>Whether this reader may look people up by name.</summary>
    internal bool ByName(Actor actor) => reading.Claim(actor, ReadLogPermissions.Hold, "audit").Ok;

    internal async Task<Whose> Named(Actor actor, HoldForm form, CancellationToken cancel)
    {
        if (form.Person.Split('/', '?', '=').FirstOrDefault(part => Guid.TryParse(part, out _)) is { } address)
            return new Whose(new PersonId(Guid.Parse(address)), []);
        var called = form.Person.Length == 0 ? null : ByName(actor) ? await Called(form.Person, cancel) : [];
        var entry = form is { Node.Length: > 0, At: { } at } ? (await reads.Find(form.Node, at, cancel))?.Persons ?? [] : [];
        var choices = (called, entry) switch
        {
            ({ } some, { Count: > 0 }) => [.. some.Intersect(entry)],
            ({ } some, _) => some,
            _ => entry,
        };
        // Whom an entry named stays chosen when a whole matter is asked for instead.
        if (called is null && entry.Count == 0 && Guid.TryParse(form.Chosen, out var before)) choices = [new PersonId(before)];
        return choices is [var one] ? new Whose(one, choices)
            : new Whose(choices.Where(file => file.ToString() == form.Chosen).Select(file => (PersonId?)file).FirstOrDefault(), choices);
    }

    private async Task<IReadOnlyList<PersonId>> Called(string name, CancellationToken cancel)
    {
        foreach (var book in names) return await book.Called(name, cancel);
        return [];
    }

    /// <summary>The form with the names of those whom it offers.</summary>
    internal async Task<NewHoldModel> Shown(HttpContext http, HoldForm form, Whose named, FormErrors? errors) =>
        new(form, named, (await Files(http, named.Choices)).Where(file => file.Name.Length > 0)
            .ToDictionary(file => file.File, file => file.Name), errors);

    /// <summary>Whom a hold is about; null when the file is no more.</summary>
    internal async Task<NamedFile?> About(HttpContext http, Hold hold) => await Files(http, [hold.Person]) is [var one] ? one : null;

    /// <summary>The files, nameless where the name is not this reader's to see; looking at names is in the log before one is drawn.</summary>
    private async Task<IReadOnlyList<NamedFile>> Files(HttpContext http, IReadOnlyList<PersonId> files)
    {
        if (files.Count == 0) return [];
        var seen = await reading.Of(http.Actor(), ReadLogPermissions.Hold, "audit", files, ["name"]);
        foreach (var book in names)
            return [.. (await book.Of(files, http.RequestAborted))
                .Select(file => new NamedFile(file.File, seen.Ok && seen.Value.Of(file.IsChild).Allowed("name") ? file.Name : "", file.Street))];
        return [];
    }
}
