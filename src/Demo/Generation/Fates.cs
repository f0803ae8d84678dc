namespace Legwork.Demo;

/// <summary>
/// Decides what became of each person: lives here or is away, insured or not, at school, dead, moved. Shares without a name of their own in
/// <see cref="RegisterErrors"/> follow a month of 6,000 people.
/// </summary>
internal sealed class Fates(DemoOptions options, ErrorDice errors, NumberStock numbers)
{
    private const double NotSeenButInsured = 0.026, Uninsured = 0.035, Suspended = 0.018, Ended = 0.007, Away = 0.027;
    private const double Died = 0.006, MovedIn = 0.0035, MovedOutElsewise = 0.002, CancelledElsewise = 0.0008, ElsewhereEnded = 0.005;
    private static readonly string[] Provinces = ["四川省", "青海省", "甘肃省", "云南省", "重庆市"];
    private static readonly string[] Cities =
        ["四川省成都市锦江区", "青海省西宁市城东区", "甘肃省兰州市城关区", "云南省昆明市五华区",
            "重庆市渝中区"];
    private static readonly string[] CitiesOfOwnProvince =
        ["西藏自治区日喀则市桑珠孜区", "西藏自治区山南市乃东区", "西藏自治区林芝市巴宜区"];
    private static readonly string[] CancelReasons = ["参军", "出国定居", "迁出"];

    public void Decide(Resident resident)
    {
        var household = resident.Household;
        var dice = Dice.Of(options.Seed, "fate", resident.Id);
        resident.IsRegistered = household.RegisteredAt is not null;
        resident.RegisteredSince = resident.Birth.AddDays(dice.Below(60)) is var first && first > options.ReferenceDay ? options.ReferenceDay : first;
        if (resident.AgeOn(options.ReferenceDay) > 3)
            resident.RegisteredSince = new DateOnly(dice.Between(Math.Max(1984, resident.Birth.Year + 1), options.ReferenceDay.Year - 1), 1, 1);
        if (errors.Strikes("number_double", resident.Id))
            resident.SecondNumber = numbers.New(resident.Birth.AddDays(dice.Below(2) * dice.Between(-40, 40)), resident.Sex, ref dice);
        if (household.LivesAt is null)
        {
            DecideGone(resident, ref dice);
            return;
        }
        DecideResidence(resident, ref dice);
        DecideSchool(resident, ref dice);
        DecideBirthRow(resident);
        DecideInsurance(resident, ref dice);
        DecideDepartures(resident, ref dice);
        DecideElsewhere(resident, ref dice);
    }

    private void DecideGone(Resident resident, ref Dice dice)
    {
        resident.RollStatus = dice.Below(25) switch { 0 => "2", 1 => "3", _ => "" };
        if (dice.Chance(0.3)) InsureElsewhere(resident, dice.Chance(0.85), ref dice);
    }

    private static void DecideResidence(Resident resident, ref Dice dice)
    {
        if (resident.IsRegistered && dice.Chance(NotSeenButInsured)) return;
        resident.LivesAt = resident.Household.LivesAt;
        resident.LivesAs = dice.Chance(Away) ? "外出" : resident.Household.IsTenant && dice.Chance(0.55) ? "租住" : "常住";
    }

    private void DecideSchool(Resident resident, ref Dice dice)
    {
        var age = resident.AgeOn(options.ReferenceDay);
        resident.IsStudent = age is >= 6 and <= 15 ? dice.Chance(0.93) : age is >= 16 and <= 18 && dice.Chance(0.6);
    }

    private void DecideBirthRow(Resident resident) =>
        resident.IsInBirths = resident.Birth > options.ReferenceDay.AddYears(-1) && resident.Mother is not null;

    private void DecideInsurance(Resident resident, ref Dice dice)
    {
        var misses = resident.IsStudent ? Befalls("student_uninsured", resident)
            : resident.IsInBirths ? Befalls("newborn_uninsured", resident)
            : resident.LivesAt is not null && dice.Chance(Uninsured);
        resident.RollStatus = misses ? resident.IsStudent && dice.Chance(0.3) ? "2" : ""
            : resident.IsStudent || resident.LivesAt is null ? "1"
            : dice.Fraction() switch { < Suspended => "2", < Suspended + Ended => "3", _ => "1" };
    }

    private bool Befalls(string error, Resident resident)
    {
        if (!errors.Strikes(error, resident.Id)) return false;
        errors.Count(error);
        return true;
    }

    private void DecideDepartures(Resident resident, ref Dice dice)
    {
        var age = resident.AgeOn(options.ReferenceDay);
        if (dice.Chance(Died * (age > 60 ? 3 : 0.6)))
        {
            resident.Died = Within(options.ReferenceDay.Year, ref dice);
            if (resident.Died < resident.Birth) resident.Died = options.ReferenceDay;
            if (resident.IsRegistered && dice.Chance(0.54)) Cancel(resident, "死亡", resident.Died.Value.AddDays(dice.Below(20)));
            resident.RollStatus = resident.RollStatus.Length == 0 ? "" : Befalls("dead_insured", resident) ? "1" : "3";
        }
        else if (resident.IsRegistered && Befalls("left_insured", resident))
        {
            resident.MovedTo = dice.Pick(Cities);
            resident.RollStatus = "1";
        }
        else if (resident.IsRegistered && dice.Chance(MovedOutElsewise))
        {
            resident.MovedTo = dice.Pick(dice.Chance(0.85) ? Cities : CitiesOfOwnProvince);
            if (resident.MovedTo.StartsWith("西藏", StringComparison.Ordinal)) return;
            resident.RollStatus = resident.RollStatus.Length == 0 ? "" : "3";
            if (dice.Chance(0.3)) InsureElsewhere(resident, normal: true, ref dice);
        }
        else if (resident.IsRegistered && resident.LivesAt is not null && dice.Chance(MovedIn)) resident.MovedFrom = dice.Pick(Cities);
        else if (resident.IsRegistered && age is >= 18 and <= 60 && Befalls("cancelled_insured", resident))
        {
            Cancel(resident, dice.Pick(CancelReasons), Within(options.ReferenceDay.Year, ref dice));
            resident.RollStatus = "1";
        }
        else if (resident.IsRegistered && age is >= 18 and <= 60 && dice.Chance(CancelledElsewise))
        {
            Cancel(resident, dice.Pick(CancelReasons), Within(options.ReferenceDay.Year, ref dice));
            resident.RollStatus = resident.RollStatus.Length == 0 ? "" : "3";
        }
    }

    private void DecideElsewhere(Resident resident, ref Dice dice)
    {
        if (resident.ElsewhereProvince.Length > 0) return;
        if (resident.RollStatus == "1" && Befalls("insured_elsewhere", resident)) InsureElsewhere(resident, normal: true, ref dice);
        else if (dice.Chance(ElsewhereEnded)) InsureElsewhere(resident, normal: false, ref dice);
        else if (resident.RollStatus.Length == 0 && resident.AgeOn(options.ReferenceDay) > 0 && dice.Chance(0.1))
            InsureElsewhere(resident, normal: true, ref dice);
    }

    private static void InsureElsewhere(Resident resident, bool normal, ref Dice dice)
    {
        resident.ElsewhereProvince = dice.Pick(Provinces);
        resident.ElsewhereIsNormal = normal;
    }

    private void Cancel(Resident resident, string reason, DateOnly on)
    {
        resident.CancelReason = reason;
        resident.CancelledOn = on > options.ReferenceDay ? options.ReferenceDay : on;
    }

    private DateOnly Within(int year, ref Dice dice) => new DateOnly(year, 1, 1).AddDays(dice.Below(options.ReferenceDay.DayOfYear));
}
