using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>A sentence in the three languages.</summary>
internal sealed record Said(string Code, string Zh, string Bo, string En)
{
    public static Said Of(Fault fault) => new(fault.Code, fault.Sentence("zh-CN"), fault.Sentence("bo"), fault.Sentence("en"));

    public static Said Of(Refusal refusal) => new(refusal.Code, refusal.Message, refusal.Message, refusal.Message);
}

/// <summary>What became of one file that was sent.</summary>
internal sealed record SentFile(string Name, string Source, string Verdict, long Import, long Rows, long Learned, long Changed,
    long Ended, IReadOnlyList<Said> Refusals);

/// <summary>What a finished job has done.</summary>
/// <param name="Fault">Why nothing could be finished, or null.</param>
internal sealed record ListResult(IReadOnlyList<SentFile> Files, IReadOnlyList<string> Passed, long NewFiles, long Pairs,
    long FindingsOpened, long FindingsClosed, Said? Fault)
{
    public static readonly ListResult Nothing = new([], [], 0, 0, 0, 0, null);

    public static ListResult Of(FolderTaken taken) => new(
        [
            .. taken.Files.Select(file => new SentFile(file.FileName, file.Source, file.Verdict.ToString(), file.Import,
                file.Rows, file.Learned, file.Changed, file.Ended,
                [.. file.Refusals.Select(Said.Of)])),
            .. taken.Refused.Select(file => new SentFile(Path.GetFileName(file.FileName), "", "Refuse", 0, 0, 0, 0, 0, [Said.Of(file.Refusal)])),
        ],
        taken.Passed, taken.Updated?.Opened ?? 0, (taken.Updated?.Pairs ?? 0) + (taken.Updated?.Waiting ?? 0), taken.Updated?.FindingsOpened ?? 0,
        taken.Updated?.FindingsClosed ?? 0, null);
}

/// <summary>Lists being taken in, or an import being taken back, after the page was answered.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, <c>failed</c>, or <c>lost</c> when its node died.</param>
internal sealed record ListJob(Guid Id, string State, string Files, Guid Account, string Actor, DateTimeOffset At, DateTimeOffset BeatAt,
    DateTimeOffset? DoneAt, string Step, long Amount, string Result)
{
    public const string Columns = "select id, state, files, account, actor, at, beat_at, done_at, step, amount, result from people_job";

    public bool IsRunning => State == "running";

    public ListResult Outcome => Result.Length == 0 ? ListResult.Nothing : JsonSerializer.Deserialize<ListResult>(Result)!;

    public static ListJob? Find(Session session, Guid id) => session.First<ListJob>(Columns + " where id = @id", new { id });
}
