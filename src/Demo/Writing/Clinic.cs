using System.Globalization;
using System.Text;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>
/// A vaccination clinic's export: the doses of every child, as a clinic's system writes them. Most are in time; some come late or stop, some were
/// given too early or too close, and some were given in another province by other vaccines. Beside it lies the hospitals' list of states of health.
/// </summary>
internal sealed class Clinic(DemoOptions options)
{
    public const string Folder = "clinics";

    private const int YearsMax = 18;
    private const double InTime = 0.66, Late = 0.82, WronglySpaced = 0.90, FromElsewhere = 0.97, NumberWritten = 0.9;
    private static readonly DateOnly DTaPChange = new(2025, 1, 1), HpvFree = new(2025, 11, 10), HpvBorn = new(2011, 11, 10),
        MmrTwice = new(2019, 10, 1), JeInProgramme = new(2026, 3, 1);
    private static readonly string[] Clinics =
        ["城关区妇幼保健院接种门诊", "八廓街道社区卫生服务中心",
            "纳金街道卫生院", "扎细街道社区卫生服务中心"];
    private static readonly string[] Provinces = ["四川省", "青海省", "甘肃省", "重庆市", "陕西省"];
    private static readonly string[] StatesHeader =
        ["姓名", "性别", "出生日期", "证件号码", "健康状态", "开始日期", "结束日期", "诊断单位"];
    private static readonly string[] Header =
        ["姓名", "性别", "出生日期", "证件号码", "疫苗名称",
            "接种日期", "批号", "接种部位", "接种单位", "接种省份"];

    /// <summary>How many in a thousand children have each state, roughly as they are found;
    /// what is rare stands here often enough to be seen.</summary>
    private static readonly (string State, int PerThousand, bool FromBirth)[] States =
    [
        ("早产或低出生体重", 60, true), ("母亲HBsAg阳性或不详", 40, true),
        ("母亲HBsAg阳性或不详且出生体重小于2000克", 2, true), ("不作为接种禁忌的状况", 12, false),
        ("结核菌素试验阳性", 3, false), ("免疫功能异常或免疫抑制治疗", 3, false),
        ("对百白破或白破疫苗严重过敏", 2, false),
        ("对麻腮风疫苗严重过敏", 1, false),
        ("HIV感染母亲所生，是否感染不详", 2, true), ("HIV感染，无严重免疫抑制", 1, false),
    ];

    private static readonly string[] Hospitals = ["城关区妇幼保健院", "市人民医院", "市疾病预防控制中心实验室"];

    private enum Way
    {
        InTime,
        Late,
        WronglySpaced,
        FromElsewhere,
        Never,
    }

    public void Write(string folder, IEnumerable<Resident> residents)
    {
        var (doses, states) = (new StringBuilder(1 << 20).AppendJoin(',', Header).Append("\r\n"),
            new StringBuilder().AppendJoin(',', StatesHeader).Append("\r\n"));
        foreach (var child in residents.Where(one => one.Birth.AddYears(YearsMax) > options.ReferenceDay && one.Birth <= options.ReferenceDay
            && (one.IsRegistered || one.LivesAt is not null)))
        {
            Write(doses, child);
            WriteStates(states, child);
        }
        Directory.CreateDirectory(Path.Combine(folder, Folder));
        Save("接种记录", doses);
        Save("特殊健康状态", states);

        void Save(string list, StringBuilder text) =>
            File.WriteAllText(Path.Combine(folder, Folder, string.Create(CultureInfo.InvariantCulture, $"{list}_{options.Month:yyyyMM}.csv")),
                text.ToString(), new UTF8Encoding(false));
    }

    /// <summary>Hospitals list what bears on immunization; an exposure to HIV ends with the test that shows no infection.</summary>
    private void WriteStates(StringBuilder text, Resident child)
    {
        foreach (var (state, perThousand, fromBirth) in States)
        {
            var dice = Dice.Of(options.Seed, state, child.Id);
            if (dice.Below(1000) >= perThousand) continue;
            var since = fromBirth ? child.Birth : child.Birth.AddDays(dice.Between(90, 700));
            var until = state.EndsWith("不详", StringComparison.Ordinal) && state.StartsWith("HIV", StringComparison.Ordinal) && dice.Chance(0.7)
                ? since.AddMonths(18) : (DateOnly?)null;
            if (since > options.ReferenceDay) continue;
            string[] cells = [child.Name.Chinese, child.Sex == Sex.Male ? "男" : "女", Iso(child.Birth),
                dice.Chance(NumberWritten) ? child.Number : "", state, Iso(since),
                until <= options.ReferenceDay ? Iso(until.Value) : "", dice.Pick(Hospitals)];
            text.AppendJoin(',', cells).Append("\r\n");
        }
    }


    private void Write(StringBuilder text, Resident child)
    {
        var dice = Dice.Of(options.Seed, "doses", child.Id);
        var way = dice.Fraction() switch
        {
            < InTime => Way.InTime,
            < Late => Way.Late,
            < WronglySpaced => Way.WronglySpaced,
            < FromElsewhere => Way.FromElsewhere,
            _ => Way.Never
        };
        var number = dice.Chance(NumberWritten) ? child.Number : "";
        var (clinic, province) = way == Way.FromElsewhere && dice.Chance(0.8) ? ("外省预防接种门诊", dice.Pick(Provinces))
            : (dice.Pick(Clinics), "");
        // Visits of one age are one day: the delay belongs to the child and the age, so that live vaccines of one age meet.
        var stopsAt = way == Way.Late && dice.Chance(0.5) ? dice.Between(3, 60) : int.MaxValue;
        foreach (var (vaccine, months, shift) in Doses(child, way, ref dice))
        {
            if (months >= stopsAt) continue;
            // In the first year the delay is the child's, so that intervals of a month stay a month.
            var visit = Dice.Of(options.Seed, "visit", months < 12 ? child.Id * 1000L : child.Id * 1000L + months);
            var delay = months == 0 ? 0 : way == Way.Late ? visit.Between(20, 150) : visit.Below(15);
            var on = child.Birth.AddMonths(months).AddDays(delay + shift);
            if (on > options.ReferenceDay || on < child.Birth) continue;
            string[] cells = [child.Name.Chinese, child.Sex == Sex.Male ? "男" : "女", Iso(child.Birth), number, vaccine, Iso(on),
                string.Create(CultureInfo.InvariantCulture, $"{on:yyyyMM}{visit.Below(90) + 10}"),
                vaccine.Contains("减毒活疫苗", StringComparison.Ordinal) && vaccine.Contains("脊灰", StringComparison.Ordinal)
                    ? "口服" : "左上臂", clinic, province];
            text.AppendJoin(',', cells).Append("\r\n");
        }
    }

    private static List<(string Vaccine, int Months, int Shift)> Doses(Resident child, Way way, ref Dice dice)
    {
        var doses = new List<(string, int, int)>();
        if (way == Way.Never) return doses;
        bool Before(DateOnly day, int months) => child.Birth.AddMonths(months) < day;
        void Give(string vaccine, params ReadOnlySpan<int> months)
        {
            foreach (var at in months) doses.Add((vaccine, at, 0));
        }
        Give("乙肝疫苗", 0, 1, 6);
        Give("卡介苗", 0);
        if (way == Way.FromElsewhere && dice.Chance(0.6))
        {
            Give("五联疫苗", 2, 3, 4, 18);
        }
        else
        {
            Give("脊灰灭活疫苗", 2, 3);
            Give("脊灰减毒活疫苗", 4, 48);
            if (Before(DTaPChange, 3)) Give("百白破疫苗", 3, 4, 5, 18);
            else Give("百白破疫苗", 2, 4, 6, 18);
        }
        Give(Before(DTaPChange, 72) ? "白破疫苗" : "百白破疫苗", 72);
        if (child.Birth < MmrTwice) Give("麻风疫苗", 8);
        else Give("麻腮风疫苗", 8);
        Give("麻腮风疫苗", 18);
        Give("A群流脑多糖疫苗", 6, 9);
        Give("A群C群流脑多糖疫苗", 36, 72);
        Give("甲肝减毒活疫苗", 18);
        if (way == Way.FromElsewhere) Give("乙脑减毒活疫苗", 8, 24);
        else if (child.Birth >= JeInProgramme) Give("乙脑减毒活疫苗", 8);
        if (child.Sex == Sex.Female && child.Birth >= HpvBorn && !Before(HpvFree, 13 * 12)) Give("双价HPV疫苗", 13 * 12, 13 * 12 + 6);
        if (way == Way.WronglySpaced) Spoil(doses, ref dice);
        return doses;
    }

    /// <summary>One dose too early for its age or its interval, or two live vaccines too close.</summary>
    private static void Spoil(List<(string Vaccine, int Months, int Shift)> doses, ref Dice dice)
    {
        var (vaccine, months, shift) = dice.Below(3) switch
        {
            0 => ("麻腮风疫苗", 8, -40),
            1 => ("百白破疫苗", 18, -150),
            _ => ("甲肝减毒活疫苗", 18, 20),
        };
        for (var i = 0; i < doses.Count; i++)
            if (doses[i].Vaccine == vaccine && doses[i].Months == months) doses[i] = (vaccine, months, shift);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
