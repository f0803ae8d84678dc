using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Platform.ReadLog.Pages;

/// <summary>A file as a page may call it.</summary>
/// <param name="Name">Empty where it is not this reader's to see.</param>
/// <param name="Street">Its code, or empty.</param>
internal sealed record NamedFile(PersonId File, string Name, string Street);

/// <param name="About">Whose reads it keeps back, nameless where the name is not this reader's to see; null when the file is no more.</param>
internal sealed record HoldModel(Hold Hold, NamedFile? About, Actor Actor, FormErrors? Errors);

/// <param name="Names">What those who are offered are called, where this reader may see it.</param>
internal sealed record NewHoldModel(HoldForm Form, WhoseReads.Whose Named, IReadOnlyDictionary<PersonId, string> Names, FormErrors? Errors);

/// <param name="Asked">Whose reads were asked for, as it was written.</param>
/// <param name="Subjects">The files that each entry names.</param>
/// <param name="Names">What they are called, of those whose name this reader may see.</param>
internal sealed record ReadsModel((IReadOnlyList<ReadTold> Reads, long Count) Found, ReadQuestion Question, string Asked, int At, bool MayHold,
    ILookup<(string Node, long Seq), PersonId> Subjects, IReadOnlyDictionary<PersonId, string> Names);
