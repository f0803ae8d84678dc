using System.Globalization;

namespace Legwork.Demo;

/// <summary>Writes birth dates, years and sexes with their errors.</summary>
internal sealed class BirthWriting(ErrorDice errors)
{
    private const int LunarLagDays = 33;

    /// <summary>The birth date that the roll holds; null where it is left out.</summary>
    public DateOnly? InRoll(Resident resident, long subject)
    {
        var birth = resident.Birth;
        var dice = Dice.Of(errors.Seed, "birth", subject);
        if (errors.Strikes("birth_missing", subject))
        {
            errors.Count("birth_missing");
            return null;
        }
        if (birth.Day <= 12 && birth.Day != birth.Month && errors.Strikes("birth_day_month_swapped", subject, 2))
            return Counted("birth_day_month_swapped", new DateOnly(birth.Year, birth.Day, birth.Month));
        if (errors.Strikes("birth_placeholder", subject) && birth.DayOfYear != 1)
            return Counted("birth_placeholder", new DateOnly(birth.Year, 1, 1));
        if (errors.Strikes("birth_lunar", subject))
            return Counted("birth_lunar", birth.AddDays(-LunarLagDays + dice.Between(-14, 14)));
        if (!errors.Strikes("birth_conflict", subject)) return birth;
        return Counted("birth_conflict", dice.Below(4) switch
        {
            0 => birth.AddYears(birth.Year > 2020 ? -1 : 1),
            1 => birth.AddMonths(-1),
            2 => birth.AddDays(-1),
            _ => birth.AddDays(1),
        });
    }

    /// <summary>The ledger knows years only, and not all of them.</summary>
    public string Year(Resident resident, long subject)
    {
        if (errors.Strikes("ledger_year_missing", subject))
        {
            errors.Count("ledger_year_missing");
            return "";
        }
        var year = resident.Birth.Year;
        if (errors.Strikes("ledger_year_off", subject))
        {
            errors.Count("ledger_year_off");
            year += Dice.Of(errors.Seed, "year off", subject).Chance(0.6) ? -1 : 1;
        }
        return year.ToString(CultureInfo.InvariantCulture);
    }

    public string Sex(Resident resident, long subject)
    {
        var isMale = resident.Sex == Kernel.Sex.Male;
        if (errors.Strikes("sex_wrong", subject))
        {
            errors.Count("sex_wrong");
            isMale = !isMale;
        }
        return isMale ? "男" : "女";
    }

    private DateOnly Counted(string error, DateOnly written)
    {
        errors.Count(error);
        return written;
    }
}
