using Legwork.Kernel;

namespace Legwork.Platform.ReadLog;

/// <summary>What the files are called of which the log of reads speaks. Implemented by the module that keeps the people.</summary>
public interface IFileNames
{
    /// <summary>A file that is no more has no name; of a child under fourteen fewer may see it. The street, by its code, is the one in which the
    /// person lives or, failing that, is registered; empty when no list says.</summary>
    Task<IReadOnlyList<(PersonId File, string Name, bool IsChild, string Street)>> Of(IReadOnlyList<PersonId> files, CancellationToken cancel);

    /// <summary>The files of everybody who is, or was, called just so; at most fifty.</summary>
    Task<IReadOnlyList<PersonId>> Called(string name, CancellationToken cancel);
}
