using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>What lists and boards need of a file at a glance; everything in it can be told again from the rows.</summary>
/// <param name="Registered">Grid code of the registration, else the street's code, else empty.</param>
/// <param name="Lives">Grid code of the residence, else the registration's place.</param>
/// <param name="Insured">The scheme in force, or empty.</param>
/// <param name="Names">Every spelling by which the file can be found.</param>
internal sealed record Summary(PersonId File, string Name, string NameBo, Sex Sex, VagueDate Birth, string? Number, string Registered, string Lives,
    string Dwelling, string Insured, string Household, IReadOnlyList<string> Names, bool Reachable)
{
    public static Summary Of(PersonId file, IReadOnlyList<Record> rows, PlaceCodes places)
    {
        var household = rows.FirstOrDefault(row => row.Means == Sources.Household && string.IsNullOrEmpty(row.CancelledReason));
        var registered = household is null ? "" : places.Grid(household.Dwelling) ?? household.Grid ?? places.Street(household.Street) ?? "";
        var ledger = rows.FirstOrDefault(row => row.Means == Sources.Ledger && row.DwellingState is "usual" or "rented")
            ?? rows.FirstOrDefault(row => row.Means == Sources.Ledger);
        var lives = ledger ?? rows.FirstOrDefault(row => row.Dwelling is not null && row.Means != Sources.Household) ?? household;
        var livesIn = ledger?.Grid ?? (lives is null ? null : places.Grid(lives.Dwelling)) ?? registered;
        return new Summary(file,
            Best(rows, row => row.Name) ?? "", Best(rows, row => row.NameBo) ?? "",
            rows.Select(row => row.Sex).FirstOrDefault(sex => sex != Sex.Unknown),
            rows.Where(row => row.Birth.IsKnown).Select(row => row.Birth).OrderByDescending(birth => birth.Day != 0).FirstOrDefault(),
            rows.FirstOrDefault(row => row.NumberIsValid)?.Number ?? rows.FirstOrDefault(row => row.OwnNumber is not null)?.Number,
            registered, livesIn, lives?.Dwelling ?? "",
            rows.FirstOrDefault(row => row.Means == Sources.Roll && row.Status == "active")?.Scheme ?? "",
            household?.HouseholdNo ?? "",
            [.. rows.SelectMany(row => new[] { row.Name, row.FormerName, row.NameBo }).OfType<string>().Where(name => name.Length > 0)
                .Distinct(StringComparer.Ordinal)], rows.Any(row => !string.IsNullOrEmpty(row.Phone)));
    }

    /// <summary>Rows come ordered by the trust in their list, so the first that says something is the one in force.</summary>
    private static string? Best(IReadOnlyList<Record> rows, Func<Record, string?> of) =>
        rows.Select(of).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}

/// <summary>The codes that addresses and street names stand for.</summary>
internal sealed record PlaceCodes(Func<string, string?> GridOfDwelling, Func<string, string?> StreetByName)
{
    public string? Grid(string? dwelling) => dwelling is null ? null : GridOfDwelling(dwelling);

    public string? Street(string? name) => string.IsNullOrEmpty(name) ? null : StreetByName(name);
}
