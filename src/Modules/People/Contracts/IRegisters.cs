using Legwork.Platform.Access;
using Legwork.Registers;

namespace Legwork.People.Contracts;

/// <summary>Takes the offices' files in, and gives back what was made of them.</summary>
public interface IRegisters
{
    /// <summary>
    /// Takes every list lying in the folder itself (not in its subfolders): grids and addresses first, then the lists, then brings
    /// the files and findings up to date. A refused file is refused whole; the others are taken.
    /// </summary>
    Task<FolderTaken> TakeFolder(string folder, Actor actor, Action<string, double>? progress = null);

    /// <summary>Says what <see cref="TakeFolder"/> would do with each file, and takes nothing: not even a refusal is kept.</summary>
    Task<FolderTaken> CheckFolder(string folder, Action<string, double>? progress = null);

    /// <summary>Takes an import back: what it learned is gone, what it ended lives again. Only the latest import of a list can be undone.</summary>
    Task<Kernel.Outcome<Kernel.Done>> Undo(long import, Actor actor);

    /// <summary><c>source,row,file_id</c> for every row of the latest lists that is about a person; one entry in the read log.</summary>
    Task<int> ExportFiles(TextWriter csv, Actor actor);

    /// <summary><c>kind,file_id,source,row,explanation</c>, a line a finding that stands; one entry in the read log.</summary>
    Task<int> ExportFindings(TextWriter csv, Actor actor);
}

/// <summary>What became of one file of an office.</summary>
/// <param name="Import">The import's number; 0 when nothing was taken.</param>
/// <param name="Learned">Rows never seen before.</param>
/// <param name="Changed">Rows of a known lineage that say something new.</param>
/// <param name="Ended">Rows of the last full list that are gone.</param>
public sealed record FileTaken(string FileName, string Source, Verdict Verdict, long Import, int Rows, long Learned, long Changed, long Ended,
    IReadOnlyList<Fault> Refusals, IReadOnlyList<Fault> Notes, IReadOnlyList<RowFinding> Findings);

/// <summary>What an update of the files did.</summary>
public sealed record FilesUpdated(int Rows, int Files, int Opened, int Moved, int Waiting, int Pairs, int FindingsOpened, int FindingsClosed);

/// <param name="Passed">Names of files in the folder that are no list of an office (notes, say) and were passed over.</param>
/// <param name="Updated">Null when no list was taken.</param>
public sealed record FolderTaken(IReadOnlyList<FileTaken> Files, IReadOnlyList<PlainRefusal> Refused,
    IReadOnlyList<string> Passed, FilesUpdated? Updated, double Seconds, double ListSeconds)
{
    /// <summary>What became of files of grids.</summary>
    public IReadOnlyList<GridsFile> Grids { get; init; } = [];

    public bool AllTaken => Refused.Count == 0 && Files.All(file => file.Verdict != Verdict.Refuse);
}

/// <summary>A file of grids that was taken, and what its reader should know: overlaps, codes left out.</summary>
public sealed record GridsFile(string FileName, int Added, int Changed, int Same, IReadOnlyList<string> Notes)
{
    public int Count => Added + Changed + Same;
}

/// <summary>A file that was refused before its rows were looked at.</summary>
public sealed record PlainRefusal(string FileName, Kernel.Refusal Refusal);
