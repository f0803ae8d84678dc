using System.Globalization;
using System.Text;
using Legwork.Histories.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization;

/// <summary>The doses of the system before this one were taken over when the lists came; some rows did not fit, and wait.</summary>
internal static class OldDosesChapter
{
    private const int Grown = 40;
    private const string Source = "旧免疫系统接种记录";

    public static readonly DemoChapter Chapter = new("histories", 25, async story =>
    {
        // A district without the layout had no such system.
        if (story.Services.GetService<IHistories>() is not { } histories) return;
        var born = new DateOnly(story.Came.Year - 17, 1, 1);
        var people = (await story.Services.GetRequiredService<IPersonCards>().BornFrom(Actor.System, ImmunizationPermissions.Trial, born,
            CancellationToken.None)).Where(card => card.Birth.IsExact && card.Birth.Earliest < born.AddYears(6)).Take(Grown).ToList();
        if (people.Count < 4) return;
        var folder = Directory.CreateDirectory(Path.Combine(story.Lists, "histories")).FullName;
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Source}_{story.Came.Year}.csv"));
        await File.WriteAllTextAsync(path, Rows(people), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var taken = await histories.Take(path, "", Actor.System);
        if (taken.Ok) story.Counts["old doses taken over"] = taken.Value.Rows.GetValueOrDefault("taken");
    });

    private static string Rows(IReadOnlyList<PersonCard> people)
    {
        var csv = new StringBuilder("受种者姓名,出生日期,身份证件号码,疫苗,接种时间,疫苗批号,部位,接种门诊\r\n");
        foreach (var person in people)
        {
            var birth = person.Birth.Earliest;
            Row(person.Name, birth, "麻腮风疫苗", birth.AddMonths(18));
            Row(person.Name, birth, "A群流脑多糖疫苗", birth.AddMonths(7));
        }
        var (first, second) = (people[0], people[1]);
        Row(first.Name, first.Birth.Earliest, "麻腮风疫苗", first.Birth.Earliest.AddMonths(18));
        Row(second.Name, second.Birth.Earliest, "乙型脑炎", second.Birth.Earliest.AddMonths(8));
        Row(second.Name, second.Birth.Earliest, "乙肝疫苗", second.Birth.Earliest.AddDays(-1));
        Row("格桑平措", new DateOnly(first.Birth.Year, 2, 28), "麻腮风疫苗", new DateOnly(first.Birth.Year + 2, 3, 1));
        return csv.ToString();

        void Row(string name, DateOnly birth, string vaccine, DateOnly on) => csv.AppendJoin(',', name, DoseRow.Iso(birth), "", vaccine,
            DoseRow.Iso(on), "", "", "旧接种门诊").Append("\r\n");
    }
}
