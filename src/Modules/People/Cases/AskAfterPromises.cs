using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Matching;
using Legwork.Platform;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.People.Cases;

/// <summary>
/// A promise leaves its finding open and closes its case: when the promised day has passed and no roll shows the person, somebody is asked
/// again. Once for each promise: the finding has another case then. Two nodes that ask at once open one case.
/// </summary>
internal sealed partial class AskAfterPromises(Store store, RenewFiles files, IEnumerable<IFindingListener> listeners, TimeProvider clock,
    ILogger<AskAfterPromises> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromHours(1);
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <returns>How many are asked again.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var asked = 0;
        foreach (var finding in (await store.ReadAsync(Promised, cancel)).Where(IsOver))
            asked += await store.Write(session => Ask(session, finding));
        return asked;
    }

    private int Ask(Session session, Promise promise)
    {
        // Meanwhile a list may have shown the person, or another node may have asked.
        if (session.Scalar<long>("select count(*) from people_finding where id = @Id and state = 'open' and case_id = @CaseId", promise) == 0
            || files.SummaryOf(session, promise.File) is not { } summary)
            return 0;
        var finding = new FindingRow(promise.Id, promise.Kind, promise.File, promise.Source, (int)promise.Row, promise.Args, promise.Place,
            SaysElse: true);
        foreach (var listener in listeners) listener.Opened(session, finding, summary);
        return 1;
    }

    private bool IsOver(Promise promise) => Intent.IsPromise(promise.Value, out var by) && by.Latest < clock.Today()
        // Of the case that the finding has now: what was asked since is another case's.
        && (promise.Evidence == $"case {promise.CaseId}" || promise.Evidence.StartsWith($"case {promise.CaseId} (", StringComparison.Ordinal));

    private static Task<List<Promise>> Promised(Session session) => session.QueryAsync<Promise>($"""
        select f.id, f.kind, f.file, f.source, f.row, f.args, f.place, f.case_id, s.value, s.evidence
        from people_finding f join people_member m on m.file = f.file join people_statement s on s.lineage = m.lineage
        where f.state = 'open' and f.case_id is not null and f.kind in ({string.Join(", ", Intent.Settles.Select(kind => $"'{kind}'"))})
        and s.field = '{Intent.Field}' and s.source = 'case' and s.withdrawn_at is null
        and not exists (select 1 from people_statement l join people_member n on n.lineage = l.lineage
            where n.file = f.file and l.field = s.field and l.withdrawn_at is null and l.learned_at > s.learned_at)
        order by f.id
        """);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = Every)
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                if (await Run(stoppingToken) is > 0 and var asked) Asked(log, asked);
            }
            catch (Exception failure)
            {
                Failed(log, failure);
            }
        }
    }

    private sealed record Promise(Guid Id, string Kind, PersonId File, string Source, long Row, string Args, string Place, Guid CaseId, string Value,
        string Evidence);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Asked} promises ran out and are asked about again")]
    private static partial void Asked(ILogger logger, int asked);

    [LoggerMessage(Level = LogLevel.Error, Message = "Promises that ran out could not be asked about")]
    private static partial void Failed(ILogger logger, Exception failure);
}
