using Legwork.Platform.Access;

namespace Legwork.Cases.Contracts;

/// <summary>
/// Implemented by each owner of subjects and registered as a <see cref="SubjectOwner"/>. Cases keeps no personal data of a subject; it asks
/// each time it shows one.
/// </summary>
public interface ISubjects
{
    /// <summary>
    /// What this actor may see of each subject for this purpose, in the language of the request, numbers masked. The read is in
    /// the log before this completes. A subject that does not exist (or may not be seen) is missing from the answer.
    /// </summary>
    /// <param name="purpose">A code of the closed list of purposes, as the rules of the kind of case state it; empty where they state none.</param>
    Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission, string purpose,
        IReadOnlyCollection<string> subjects, CancellationToken cancel = default);
}

/// <param name="Name">As the worker would say it.</param>
/// <param name="Lines">Further lines, each for itself: born, masked number, registered at …</param>
/// <param name="Words">Personal placeholders of the questions (<c>name</c>, <c>other</c>, <c>number</c> …); they win over the case's facts.</param>
/// <param name="Address">Where to knock, or empty.</param>
/// <param name="Telephone">To be called, or empty.</param>
/// <param name="NameTibetan">The name in Tibetan script where it is known, or empty.</param>
/// <param name="Link">The page of the subject, empty for an actor who may not open it.</param>
public sealed record SubjectLines(string Name, IReadOnlyList<string> Lines, IReadOnlyDictionary<string, string> Words,
    string Address = "", string Telephone = "", string Link = "", string NameTibetan = "");

/// <summary>
/// Whose the subjects are that begin with a prefix. A subject under a prefix that nobody owns is shown as such; two owners of one prefix,
/// or of one within the other, are refused at start.
/// </summary>
/// <param name="Prefix">Module and kind of thing, ending with a stroke: <c>people/person/</c>.</param>
/// <param name="Subjects">Asked for when the first such subject is shown.</param>
public sealed record SubjectOwner(string Prefix, Func<IServiceProvider, ISubjects> Subjects);
