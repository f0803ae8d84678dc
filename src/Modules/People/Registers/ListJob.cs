using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>A sentence in the three languages.</summary>
internal sealed record Said(string Code, string Zh, string Bo, string En)
{
    private const int CharsMax = 1_000;

    public static Said Of(Fault fault) => new(fault.Code, Short(fault.Sentence("zh-CN")), Short(fault.Sentence("bo")), Short(fault.Sentence("en")));

    public static Said Of(Refusal refusal) => new(refusal.Code, Short(refusal.Message), Short(refusal.Message), Short(refusal.Message));

    /// <summary>It is stored; a sentence that needs more room is none.</summary>
    public static string Short(string sentence) => sentence.Length <= CharsMax ? sentence : sentence[..CharsMax] + "…";
}

/// <summary>What became of one file that was sent.</summary>
internal sealed record SentFile(string Name, string Source, string Verdict, long Import, long Rows, long Learned, long Changed,
    long Ended, IReadOnlyList<Said> Refusals)
{
    private const int Max = 20;

    public IReadOnlyList<Said> Notes { get; init; } = [];

    public IReadOnlyList<FoundInRows> Findings { get; init; } = [];

    public static SentFile Of(FileTaken file)
    {
        return new SentFile(file.FileName, file.Source, file.Verdict.ToString(), file.Import, file.Rows, file.Learned, file.Changed, file.Ended,
            [.. file.Refusals.Take(Max).Select(Said.Of)])
        {
            Notes = [.. file.Notes.Where(note => note.Code != "registers.note.no_previous").Take(Max).Select(Said.Of)],
            Findings = [.. file.Findings.GroupBy(finding => finding.Code).Take(Max).Select(FoundInRows.Of)],
        };
    }
}

/// <summary>Something found in single rows, and in how many of them.</summary>
internal sealed record FoundInRows(Said Found, int Rows)
{
    public static FoundInRows Of(IGrouping<string, RowFinding> group) => new(
        new Said(group.Key, group.First().Sentence("zh-CN"), group.First().Sentence("bo"), group.First().Sentence("en")), group.Count());
}

/// <summary>What a finished job has done.</summary>
/// <param name="Fault">Why nothing could be finished, or null.</param>
internal sealed record ListResult(IReadOnlyList<SentFile> Files, IReadOnlyList<string> Passed, long NewFiles, long Pairs,
    long FindingsOpened, long FindingsClosed, Said? Fault)
{
    /// <summary>Nothing was taken: it was only looked at.</summary>
    public bool CheckedOnly { get; init; }

    public IReadOnlyList<GridsFile> Grids { get; init; } = [];

    public static readonly ListResult Nothing = new([], [], 0, 0, 0, 0, null);

    public static ListResult Of(FolderTaken taken) => new(
        [
            .. taken.Files.Select(SentFile.Of),
            .. taken.Refused.Select(file => new SentFile(Path.GetFileName(file.FileName), "", "Refuse", 0, 0, 0, 0, 0, [Said.Of(file.Refusal)])),
        ],
        taken.Passed, taken.Updated?.Opened ?? 0, (taken.Updated?.Pairs ?? 0) + (taken.Updated?.Waiting ?? 0), taken.Updated?.FindingsOpened ?? 0,
        taken.Updated?.FindingsClosed ?? 0, null)
    {
        Grids = [.. taken.Grids.Select(grids => grids with { Notes = [.. grids.Notes.Take(20).Select(Said.Short)] })],
    };
}

/// <summary>Lists being taken in, or an import being taken back, after the page was answered.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, <c>failed</c>, or <c>lost</c> when its node died.</param>
internal sealed record ListJob(Guid Id, string State, string Files, Guid Account, string Actor, DateTimeOffset At, DateTimeOffset BeatAt,
    DateTimeOffset? DoneAt, string Step, long Amount, string Result)
{
    public const string Columns = "select id, state, files, account, actor, at, beat_at, done_at, step, amount, result from people_job";

    public bool IsRunning => State == "running";

    public ListResult Outcome => Result.Length == 0 ? ListResult.Nothing : JsonSerializer.Deserialize<ListResult>(Result)!;
}
