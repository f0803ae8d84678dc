using Legwork.Kernel;

namespace Legwork.Platform.ReadLog;

/// <summary>What the files are called of which the log of reads speaks. Implemented by the module that keeps the people.</summary>
public interface IFileNames
{
    /// <summary>A file that is no more has no name; of a child under fourteen fewer may see it.</summary>
    Task<IReadOnlyList<(PersonId File, string Name, bool IsChild)>> Of(IReadOnlyList<PersonId> files, CancellationToken cancel);

    /// <summary>The files of everybody who is, or was, called just so; at most fifty.</summary>
    Task<IReadOnlyList<PersonId>> Called(string name, CancellationToken cancel);
}
