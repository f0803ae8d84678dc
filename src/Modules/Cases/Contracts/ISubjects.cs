using Legwork.Platform.Access;

namespace Legwork.Cases.Contracts;

/// <summary>
/// Implemented by the owner of the subjects. Cases keeps no personal data of a subject; it asks each time it shows one.
/// </summary>
public interface ISubjects
{
    /// <summary>
    /// What this actor may see of each subject for this purpose, in the language of the request, numbers masked. The read is in
    /// the log before this completes. A subject that does not exist (or may not be seen) is missing from the answer.
    /// </summary>
    /// <param name="purpose">A code of the closed list of purposes; Cases asks with those in <see cref="CasePurposes"/>.</param>
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

/// <summary>The purposes Cases claims; all stand in <c>rules/access/purposes.yaml</c>.</summary>
public static class CasePurposes
{
    /// <summary>A grid worker's day: ask at the door or by telephone what data could not answer.</summary>
    public const string Visit = "grid_visit";

    /// <summary>Handling, verifying and steering a case at a desk.</summary>
    public const string Handling = "case_handling";

    /// <summary>The same while the case is to be called about, by whoever is to call: the telephone number is then needed too.</summary>
    public const string Call = "case_call";
}
