using System.Globalization;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>
/// The month after: the household register and the roll as full lists again, moves as a delta, births of the last twelve months. Few things change,
/// as in life: people die, move, are born and insured, fall behind with paying.
/// </summary>
internal static class NextMonth
{
    private const double DiesOrLeaves = 0.0025, ChangesStatus = 0.005, MovesIn = 0.0008, BirthsPerPerson = 0.0009;

    public static void Write(string folder, string truthFolder, IReadOnlyList<RegisterDraft> drafts,
        Population population, Offices offices, DemoOptions options)
    {
        var month = options.Month.AddMonths(1);
        var moves = new RegisterDraft(Layouts.Moves);
        var household = HouseholdAfter(Of(drafts, Layouts.Household), moves, population, offices, month, options.Seed);
        var roll = RollAfter(Of(drafts, Layouts.Insurance), options.Seed);
        var births = BirthsAfter(Of(drafts, Layouts.Births), month);
        foreach (var child in Newborns(population, month, options.Seed))
        {
            offices.WriteHousehold(household, child);
            offices.WriteBirth(births, child);
            child.RollStatus = child.Id % 3 == 0 ? "" : "1";
            offices.WriteRoll(roll, child);
        }
        var persons = new PersonsOfRows();
        var registers = new[] { household, roll, births, moves }.Select(draft => draft.ToRegister(persons)).ToList();
        var next = Directory.CreateDirectory(Path.Combine(folder, "next")).FullName;
        foreach (var register in registers) RegisterFile.Write(next, register, month);
        TruthFiles.WritePersons(Path.Combine(truthFolder, "next"), registers, persons);
    }

    private static RegisterDraft Of(IReadOnlyList<RegisterDraft> drafts, RegisterLayout layout) => drafts.First(draft => draft.Layout == layout);

    private static RegisterDraft HouseholdAfter(RegisterDraft before, RegisterDraft moves, Population population,
        Offices offices, DateOnly month, ulong seed)
    {
        var after = new RegisterDraft(Layouts.Household);
        var (reason, day) = (Layouts.Household.Column("注销原因"), Layouts.Household.Column("注销日期"));
        foreach (var (cells, person) in before.Rows)
        {
            var dice = Dice.Of(seed, "next household", person);
            var resident = population.Residents[person - 1];
            var changed = cells;
            if (cells[reason].Length == 0 && dice.Chance(DiesOrLeaves))
            {
                var leaves = dice.Chance(0.5);
                var on = month.AddDays(dice.Below(25));
                changed = [.. cells];
                changed[reason] = leaves ? "迁出" : "死亡";
                changed[day] = on.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
                if (leaves) Move(resident, to: "四川省成都市锦江区", from: "", on);
            }
            else if (cells[reason].Length == 0 && resident.LivesAt is not null && dice.Chance(MovesIn))
                Move(resident, to: "", from: "青海省西宁市城东区", month.AddDays(dice.Below(25)));
            after.Rows.Add((changed, person));
        }
        return after;

        void Move(Resident resident, string to, string from, DateOnly on)
        {
            (resident.MovedTo, resident.MovedFrom) = (to, from);
            offices.AddMove(moves, resident, on);
        }
    }

    private static RegisterDraft RollAfter(RegisterDraft before, ulong seed)
    {
        var after = new RegisterDraft(Layouts.Insurance);
        var status = Layouts.Insurance.Column("参保状态");
        foreach (var (cells, person) in before.Rows)
        {
            var dice = Dice.Of(seed, "next roll", person);
            var changed = cells;
            if (dice.Chance(ChangesStatus))
            {
                changed = [.. cells];
                changed[status] = cells[status] == "1" ? dice.Chance(0.6) ? "2" : "3" : "1";
            }
            after.Rows.Add((changed, person));
        }
        return after;
    }

    private static RegisterDraft BirthsAfter(RegisterDraft before, DateOnly month)
    {
        var after = new RegisterDraft(Layouts.Births);
        var oldest = month.AddMonths(1).AddDays(-1).AddYears(-1);
        foreach (var (cells, person) in before.Rows)
        {
            if (VagueDate.TryParse(cells[Layouts.Births.Column("出生时间")], out var birth) && birth.Earliest > oldest)
                after.Rows.Add((cells, person));
        }
        return after;
    }

    private static List<Resident> Newborns(Population population, DateOnly month, ulong seed)
    {
        var families = population.Households.Where(household => household is { IsTenant: false, LivesAt: not null }
            && household.Members.Any(member => member.Sex == Sex.Female && member.AgeOn(month) is >= 19 and <= 42)).ToList();
        var count = Math.Min(families.Count, 1 + (int)(population.Residents.Count * BirthsPerPerson));
        var dice = Dice.Of(seed, "next newborns", 0);
        dice.Shuffle(families);
        return [.. families.Take(count).Select(family => NewbornOf(family))];

        Resident NewbornOf(Household family) => population.NewbornOf(family, month.AddDays(dice.Below(25)), ref dice);
    }
}
