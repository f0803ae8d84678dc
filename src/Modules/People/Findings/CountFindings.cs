using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

internal sealed record KindCount(string Kind, long Open, long Answered);

/// <summary>How many findings of each kind stand.</summary>
internal sealed class CountFindings(Store store)
{
    public Task<List<KindCount>> Run(CancellationToken cancel) => store.ReadAsync(session => session.QueryAsync<KindCount>("""
        select kind, cast(sum(case when state = 'open' then 1 else 0 end) as bigint) as "open",
            cast(sum(case when state = 'answered' then 1 else 0 end) as bigint) as answered
        from people_finding where state <> 'gone' group by kind order by kind
        """), cancel);
}
