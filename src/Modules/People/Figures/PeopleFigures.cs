using Legwork.Platform;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Figures;

/// <summary>
/// What boards may know of files, findings and lists: numbers by place and no person. Files and findings are counted as they stand: a
/// file's home and a finding's state keep no history, so an earlier day is not told. Refused lists are kept for good, so it is.
/// </summary>
internal static class PeopleFigures
{
    private const string Files = "people.files";
    private const string Clear = "people.clear";
    private const string FindingsOpen = "people.findings_open";
    private const string FindingsAnswered = "people.findings_answered";
    private const string Refused = "people.refused";
    private const int RefusedDays = 30;

    public static IServiceCollection AddFigures(this IServiceCollection services) => services
        .AddSingleton(new Figure(Files, 10, CountFiles))
        .AddSingleton(new Figure(Clear, 20, CountFiles) { PartOf = Files })
        .AddSingleton(new Figure(FindingsOpen, 30, CountFindings) { ByKind = true })
        .AddSingleton(new Figure(FindingsAnswered, 40, CountFindings) { ByKind = true })
        .AddSingleton(new Figure(Refused, 90, CountRefused) { WholeDistrict = true, Days = RefusedDays, Lines = RefusedLists });

    /// <summary>By the grid of residence, else where they are registered.</summary>
    private static async Task<IReadOnlyList<Counted>?> CountFiles(IServiceProvider services, DateOnly? knownOn) =>
        knownOn is not null ? null : (await Read<PlaceFiles>(services, """
        select place, count(*) as files, cast(sum(clear) as bigint) as clear from (
            select case when f.lives <> '' then f.lives else f.registered end as place,
                case when exists (select 1 from people_finding n where n.file = f.id and n.state = 'open') then 0 else 1 end as clear
            from people_file f where f.state = 'open') as counted
        group by place
        """)).SelectMany<PlaceFiles, Counted>(row => [new(Files, row.Place, row.Files), new(Clear, row.Place, row.Clear)]).ToList();

    /// <summary>By the place where the question is asked.</summary>
    private static async Task<IReadOnlyList<Counted>?> CountFindings(IServiceProvider services, DateOnly? knownOn) =>
        knownOn is not null ? null : (await Read<PlaceFindings>(services, """
        select place, kind, cast(sum(case when state = 'open' then 1 else 0 end) as bigint) as "open",
            cast(sum(case when state = 'answered' then 1 else 0 end) as bigint) as answered
        from people_finding where state <> 'gone' group by place, kind
        """)).SelectMany<PlaceFindings, Counted>(row =>
            [new(FindingsOpen, row.Place, row.Open, row.Kind), new(FindingsAnswered, row.Place, row.Answered, row.Kind)]).ToList();

    private static async Task<IReadOnlyList<Counted>?> CountRefused(IServiceProvider services, DateOnly? knownOn) =>
        [new(Refused, "", (await RefusedLists(services, knownOn)).Count)];

    private static async Task<IReadOnlyList<FigureLine>> RefusedLists(IServiceProvider services, DateOnly? knownOn)
    {
        var (since, until) = knownOn is { } day ? (Calendar.StartOf(day.AddDays(1 - RefusedDays)), Calendar.StartOf(day.AddDays(1)))
            : (services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-RefusedDays), DateTimeOffset.MaxValue);
        return await services.GetRequiredService<Store>().ReadRecentAsync(session => session.QueryAsync<FigureLine>("""
            select file_name as name, at, code from people_refused_file where at >= @since and at < @until order by at desc, id desc
            """, new { since, until }), CancellationToken.None);
    }

    // Whoever looks shares one count with all others, so nobody's leaving ends it.
    private static Task<List<T>> Read<T>(IServiceProvider services, string sql) =>
        services.GetRequiredService<Store>().ReadRecentAsync(session => session.QueryAsync<T>(sql), CancellationToken.None);

    private sealed record PlaceFiles(string Place, long Files, long Clear);

    private sealed record PlaceFindings(string Place, string Kind, long Open, long Answered);
}
