using Legwork.Kernel;

namespace Legwork.Platform.ReadLog;

/// <param name="IsChild">Under fourteen, of whom fewer may see the name.</param>
public sealed record FileName(PersonId File, string Name, bool IsChild);

/// <summary>What the files are called of which the log of reads speaks. Implemented by the module that keeps the people.</summary>
public interface IFileNames
{
    /// <summary>A file that is no more has no name.</summary>
    Task<IReadOnlyList<FileName>> Of(IReadOnlyList<PersonId> files, CancellationToken cancel);

    /// <summary>The files of everybody who is, or was, called just so; at most fifty.</summary>
    Task<IReadOnlyList<PersonId>> Called(string name, CancellationToken cancel);
}
