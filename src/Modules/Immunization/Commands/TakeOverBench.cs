using System.Diagnostics;
using System.Text;
using Legwork.Histories.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Commands;

/// <summary>100,000 old doses tried, taken over and undone: every row found to be somebody's, decided twice, durable.</summary>
internal static class TakeOverBench
{
    private const int Doses = 100_000;
    private const int DosesEach = 25;

    public static readonly ModuleBench Bench = new("take-over", "Old doses of an older system taken over, and taken back.", Run);

    private static async Task<IReadOnlyList<Measured>> Run(BenchPlace place)
    {
        var lists = place.Invent(6_000);
        await using var district = place.Open();
        if (!(await district.GetRequiredService<IRegisters>().TakeFolder(lists, Actor.System)).AllTaken)
            throw new InvalidOperationException("The demonstration's own files were refused.");
        var today = district.GetRequiredService<TimeProvider>().Today();
        // Nobody with a namesake born on the same day: each row is somebody's.
        var people = (await district.GetRequiredService<IPersonCards>().BornFrom(Actor.System, ImmunizationPermissions.Trial, DateOnly.MinValue,
            CancellationToken.None)).Where(card => card.Birth.IsExact && card.Birth.Earliest < today.AddDays(-DosesEach))
            .GroupBy(card => (card.Name, card.Birth)).Where(alike => alike.Count() == 1).Select(alike => alike.First())
            .Take(Doses / DosesEach).ToList();
        var path = Path.Combine(place.Folder, "旧免疫系统接种记录_2019.csv");
        await File.WriteAllTextAsync(path, Csv(people), new UTF8Encoding(false));
        var histories = district.GetRequiredService<IHistories>();
        var started = Stopwatch.GetTimestamp();
        var taken = (await histories.Take(path, "", Actor.System)).Value;
        var all = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var undone = (await histories.Undo(taken.Id, Actor.System)).Value;
        return
        [
            new Measured("rows", taken.Rows.Values.Sum(), ""),
            new Measured("of them taken", taken.Rows.GetValueOrDefault("taken"), ""),
            new Measured("tried and taken over", all.TotalSeconds, "s"),
            new Measured("a second", taken.Rows.Values.Sum() / all.TotalSeconds, "rows/s"),
            new Measured("undone", Stopwatch.GetElapsedTime(started).TotalSeconds, "s"),
            new Measured("of them undone", undone.Rows.GetValueOrDefault("undone"), ""),
        ];
    }

    private static string Csv(List<PersonCard> people)
    {
        var csv = new StringBuilder("受种者姓名,出生日期,疫苗,接种时间\r\n");
        foreach (var person in people)
            for (var day = 1; day <= DosesEach; day++)
                csv.AppendJoin(',', person.Name, DoseRow.Iso(person.Birth.Earliest), "乙肝疫苗",
                    DoseRow.Iso(person.Birth.Earliest.AddDays(day))).Append("\r\n");
        return csv.ToString();
    }
}
