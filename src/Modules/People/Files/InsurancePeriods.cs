using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>Periods of insurance, told from the roll and the comparison with other provinces, version by version.</summary>
internal static class InsurancePeriods
{
    /// <returns>Newest first. A period ends where the next version of the row says another status, or where the row left its list.</returns>
    public static IReadOnlyList<InsurancePeriod> Of(FileFacts facts, DateTimeOffset knownOn)
    {
        var lineages = facts.LineagesOn(knownOn);
        var periods = new List<InsurancePeriod>();
        foreach (var chain in facts.Versions
            .Where(version => version.Means is Sources.Roll or Sources.Elsewhere && lineages.Contains(version.Lineage) && version.KnownOn(knownOn))
            .GroupBy(version => version.Lineage))
        {
            var versions = chain.OrderBy(version => version.Record).ToList();
            for (var i = 0; i < versions.Count; i++)
            {
                var row = versions[i];
                if (i > 0 && Same(versions[i - 1], row)) continue;
                var next = versions.Skip(i + 1).FirstOrDefault(later => !Same(row, later));
                var until = next?.Period ?? (versions[^1].EndedAt is { } ended && ended <= knownOn ? versions[^1].EndedPeriod : default);
                var from = i > 0 ? row.Period : VagueDate.TryParse(Value(row, "insured_from"), out var since) ? since : row.Period;
                periods.Add(new InsurancePeriod(Value(row, "scheme"), Value(row, "status"),
                    Value(row, "province"), Value(row, "unit"), from, until, row));
            }
        }
        return [.. periods.OrderByDescending(period => period.From).ThenBy(period => period.Row!.Record)];
    }

    private static bool Same(RowVersion a, RowVersion b) => Value(a, "scheme") == Value(b, "scheme") && Value(a, "status") == Value(b, "status");

    private static string Value(RowVersion row, string field) => row.Fields.GetValueOrDefault(field) ?? "";
}
