using System.Globalization;

namespace Legwork.Demo;

/// <summary>What was written.</summary>
/// <param name="Rows">Data rows by source.</param>
/// <param name="Findings">Findings that hold, by kind, in the order of <see cref="FindingDefinitions.Kinds"/>.</param>
/// <param name="Errors">How often each of <see cref="RegisterErrors"/> was written.</param>
/// <param name="NamesShared">Share of persons whose registered name somebody else has too.</param>
public sealed record DemoSummary(
    int People, int Grids, int Dwellings, IReadOnlyDictionary<string, int> Rows, IReadOnlyDictionary<string, int> Findings,
    IReadOnlyDictionary<string, int> Errors, double NamesShared, ulong Seed);

/// <summary>
/// A district's month of registers about invented people, in the formats of the offices. All persons, addresses and shapes are invented; the numbers
/// are synthetic, with right check characters, and are demonstration data.
/// </summary>
public static class DemoDistrict
{
    /// <summary>
    /// Writes the month's files to <paramref name="folder"/>, the following month to its <c>next/</c>, and the truth (whose row is whose,
    /// which findings hold) to <paramref name="truthFolder"/>, which must lie outside. The same options give the same bytes on every machine.
    /// </summary>
    /// <exception cref="ArgumentException">An option is out of range, or the truth would lie among the registers.</exception>
    public static DemoSummary Write(string folder, string truthFolder, DemoOptions options)
    {
        options.Check();
        if ((Path.GetFullPath(truthFolder) + Path.DirectorySeparatorChar)
            .StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException("The truth is kept apart from the registers.", nameof(truthFolder));
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(truthFolder);

        var errors = new ErrorDice(options);
        var plan = new DistrictPlan(options);
        var population = new Population(options, plan, errors);
        var offices = new Offices(options, errors, population.Residents);
        var drafts = Write(population, plan, offices, options.Seed);
        var persons = new PersonsOfRows();
        var month = new RegisterMonth(
            options.ReferenceDay, [.. drafts.Select(draft => draft.ToRegister(persons))],
            plan.Grids.ToDictionary(grid => grid.Code, grid => grid.Street.Name));

        var writing = Task.Run(() => WriteFiles(folder, month, plan, options.Month));
        var findings = FindingDefinitions.Evaluate(month, persons);
        var summary = new DemoSummary(
            population.Residents.Count, plan.Grids.Count, plan.Dwellings.Count(),
            month.Registers.ToDictionary(register => register.Source, register => register.Rows.Count),
            FindingDefinitions.Kinds.ToDictionary(kind => kind, kind => findings.Count(finding => finding.Kind == kind)),
            new SortedDictionary<string, int>(errors.Counts.ToDictionary(), StringComparer.Ordinal), NamesShared(population), options.Seed);
        TruthFiles.Write(truthFolder, month, persons, findings, summary);
        new Clinic(options).Write(folder, population.Residents);
        NextMonth.Write(folder, truthFolder, drafts, population, offices, options);
        writing.GetAwaiter().GetResult();
        return summary;
    }

    private static List<RegisterDraft> Write(Population population, DistrictPlan plan, Offices offices, ulong seed)
    {
        (RegisterLayout Layout, Action<RegisterDraft, Resident> WriteRow)[] files =
        [
            (Layouts.Household, offices.WriteHousehold), (Layouts.Insurance, offices.WriteRoll), (Layouts.Births, offices.WriteBirth),
            (Layouts.Deaths, offices.WriteDeath), (Layouts.Moves, offices.WriteMove), (Layouts.Elsewhere, offices.WriteElsewhere),
            (Layouts.Students, offices.WriteStudent), (Layouts.Ledger, offices.WriteLedger),
        ];
        var drafts = new List<RegisterDraft>();
        foreach (var (layout, writeRow) in files)
        {
            var draft = new RegisterDraft(layout);
            foreach (var resident in population.Residents) writeRow(draft, resident);
            drafts.Add(draft);
        }
        foreach (var (index, dwelling) in plan.Dwellings.Index()) offices.WriteEmptyDwelling(drafts[^1], dwelling, index);
        return [.. drafts.Select(draft => draft.Shuffled(seed))];
    }

    private static void WriteFiles(string folder, RegisterMonth month, DistrictPlan plan, DateOnly firstDay)
    {
        foreach (var register in month.Registers) RegisterFile.Write(folder, register, firstDay);
        var addresses = new Register(Layouts.Addresses);
        foreach (var dwelling in plan.Dwellings)
        {
            addresses.Add(
                dwelling.Address, dwelling.Grid.Code, dwelling.Point.Longitude.ToString("0.000000", CultureInfo.InvariantCulture),
                dwelling.Point.Latitude.ToString("0.000000", CultureInfo.InvariantCulture));
        }
        RegisterFile.Write(folder, addresses, firstDay);
        GridMap.Write(Path.Combine(folder, GridMap.FileName), plan.Grids);
    }

    private static double NamesShared(Population population)
    {
        var bearers = population.Residents.CountBy(resident => resident.Name.Chinese).ToDictionary();
        return Math.Round((double)population.Residents.Count(resident => bearers[resident.Name.Chinese] > 1) / population.Residents.Count, 3);
    }
}
