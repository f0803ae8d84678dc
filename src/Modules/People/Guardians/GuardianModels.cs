using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Search;

namespace Legwork.People.Guardians;

/// <summary>What was done to a link a moment ago.</summary>
internal sealed record GuardianDone(long Link, string Kind, bool IsEnded);

/// <param name="Choices">Who answers to the guardian's name as it was written.</param>
internal sealed record GuardiansModel(FileView View, IReadOnlyDictionary<string, string> Said, IReadOnlyList<FoundPerson> Choices,
    Refusal? Wrong, GuardianDone? Done)
{
    /// <summary>The field that says why a guardian's link ends: the page has one for each.</summary>
    public static string ReasonOf(long link) => $"end-{link}-reason";
}
