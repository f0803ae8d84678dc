using System.Globalization;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>The offices and the grid workers, each writing its own file about the same people.</summary>
internal sealed class Offices(DemoOptions options, ErrorDice errors, IReadOnlyList<Resident> residents)
{
    private const double GridCodeKnown = 0.4, TibetanScriptKnown = 0.13;
    private const double PhoneInRoll = 0.77, PhoneInLedger = 0.7;
    private const int AgeOfOwnNumber = 16;
    private static readonly string[] Notes = ["", "", "", "需上门", "狗"];
    private static readonly string[] DeathPlaces = ["市人民医院", "家中", "途中"];
    private static readonly string[] Grades = ["1年级", "2年级", "3年级", "4年级", "5年级", "6年级",
        "初一", "初二", "初三", "高一", "高二", "高三"];

    private readonly NameWriting names = new(errors);
    private readonly NumberWriting numbers = new(errors);
    private readonly AddressWriting addresses = new(errors);
    private readonly BirthWriting births = new(errors);
    private readonly PhoneWriting phones = new(errors);

    private enum Office
    {
        Police,
        Insurance,
        Hospital,
        Deaths,
        Moves,
        Elsewhere,
        School,
        Grid,
        PoliceAgain,
        InsuranceAgain,
    }

    public void WriteHousehold(RegisterDraft draft, Resident resident)
    {
        if (!resident.IsRegistered) return;
        var subject = Subject(resident, Office.Police);
        var name = names.OnCard(resident, subject);
        AddHousehold(draft, resident, name, subject);
        var dice = Dice.Of(errors.Seed, "dup in household register", resident.Id);
        if (!IsTwiceInHousehold(resident) || NameWriting.OtherSpelling(resident, name, ref dice) is not { } other) return;
        errors.Count("dup_file");
        AddHousehold(draft, resident, other, Subject(resident, Office.PoliceAgain));
    }

    public void WriteRoll(RegisterDraft draft, Resident resident)
    {
        if (resident.RollStatus.Length == 0) return;
        var subject = Subject(resident, Office.Insurance);
        var name = resident.IsInBirths && IsUnnamed(resident) && Dice.Of(errors.Seed, "unnamed in roll", resident.Id).Chance(0.5)
            ? Unnamed(resident) : names.InList(resident, subject);
        var number = NumberInRoll(resident, subject);
        AddInsured(draft, resident, name, number, resident.RollStatus, subject);
        var again = Subject(resident, Office.InsuranceAgain);
        if (name == Unnamed(resident) && errors.Strikes("newborn_twice", resident.Id))
        {
            errors.Count("newborn_twice");
            AddInsured(draft, resident, names.InList(resident, again), "", "1", again);
            return;
        }
        if (resident.RollStatus == "1" && errors.Strikes("dup_insured", resident.Id))
        {
            errors.Count("dup_insured");
            AddInsured(draft, resident, name, number, "1", again);
        }
        else if (errors.Strikes("dup_file", resident.Id) && !IsTwiceInHousehold(resident))
        {
            errors.Count("dup_file");
            var dice = Dice.Of(errors.Seed, "dup in roll", resident.Id);
            var other = NameWriting.OtherSpelling(resident, name, ref dice);
            AddInsured(draft, resident, other ?? name, other is null && number.Length > 0 ? "" : number, dice.Chance(0.6) ? "1" : "3", again);
        }
    }

    public void WriteBirth(RegisterDraft draft, Resident resident)
    {
        if (!resident.IsInBirths || resident.Mother is not { } mother) return;
        var subject = Subject(resident, Office.Hospital);
        var dice = Dice.Of(errors.Seed, "birth row", resident.Id);
        if (IsUnnamed(resident)) errors.Count("newborn_placeholder");
        var father = dice.Chance(0.4)
            ? resident.Household.Members.FirstOrDefault(member => member.Sex == Sex.Male && member.Relation is "户主" or "配偶")
            : null;
        draft.Add(
            resident.Id, "Z54" + Digits(7, ref dice),
            IsUnnamed(resident) ? Unnamed(resident) : names.InList(resident, subject), Written(resident.Sex),
            string.Create(CultureInfo.InvariantCulture, $"{resident.Birth:yyyy-MM-dd} {dice.Below(24):00}:{dice.Below(60):00}"),
            mother.Name.Chinese, mother.Number, father?.Name.Chinese ?? "", father?.Number ?? "",
            (resident.Household.LivesAt ?? resident.Household.RegisteredAt)!.Address);
    }

    public void WriteDeath(RegisterDraft draft, Resident resident)
    {
        if (resident.Died is not { } died) return;
        var subject = Subject(resident, Office.Deaths);
        var dice = Dice.Of(errors.Seed, "death row", resident.Id);
        var number = numbers.Typed(resident.Number, subject);
        // Without the register's own word nobody could say whose death it is.
        if (resident.CancelReason == "死亡" && errors.Strikes("death_without_number", resident.Id))
        {
            errors.Count("death_without_number");
            number = "";
        }
        draft.Add(
            resident.Id, names.InList(resident, subject), Written(resident.Sex), dice.Chance(0.3) ? NumberWriting.FullWidth(number) : number,
            string.Create(CultureInfo.InvariantCulture, $"{died.Year}/{died.Month}/{died.Day}"), dice.Pick(DeathPlaces), "城关区疾控");
    }

    public void WriteMove(RegisterDraft draft, Resident resident)
    {
        if (resident.MovedFrom.Length + resident.MovedTo.Length == 0) return;
        var dice = Dice.Of(errors.Seed, "move row", resident.Id);
        AddMove(draft, resident, options.ReferenceDay.AddDays(-dice.Below(60)));
    }

    public void AddMove(RegisterDraft draft, Resident resident, DateOnly day)
    {
        var subject = Subject(resident, Office.Moves);
        var here = (resident.Household.RegisteredAt ?? resident.Household.LivesAt)!.Address;
        var leaves = resident.MovedTo.Length > 0;
        draft.Add(
            resident.Id, leaves ? "迁出" : "迁入", names.InList(resident, subject), numbers.Typed(resident.Number, subject),
            leaves ? here : resident.MovedFrom + "某路2号", leaves ? resident.MovedTo + "某路1号" : here, Iso(day));
    }

    public void WriteElsewhere(RegisterDraft draft, Resident resident)
    {
        if (resident.ElsewhereProvince.Length == 0) return;
        var subject = Subject(resident, Office.Elsewhere);
        var dice = Dice.Of(errors.Seed, "elsewhere row", resident.Id);
        draft.Add(
            resident.Id, names.InList(resident, subject), numbers.Typed(resident.Number, subject), resident.ElsewhereProvince,
            dice.Chance(0.5) ? "310" : "390", $"{dice.Between(2021, 2025)}-01-01", resident.ElsewhereIsNormal ? "正常" : "终止");
    }

    public void WriteStudent(RegisterDraft draft, Resident resident)
    {
        if (!resident.IsStudent) return;
        var subject = Subject(resident, Office.School);
        var dice = Dice.Of(errors.Seed, "student row", resident.Id);
        var guardian = resident.Guardian ?? resident.Household.Head;
        var grade = Math.Clamp(resident.AgeOn(options.ReferenceDay) - 6 + dice.Below(2), 0, Grades.Length - 1);
        draft.Add(
            resident.Id, $"城关区第{dice.Between(1, 60)}学校", Grades[grade], "L54" + Digits(8, ref dice), names.InList(resident, subject),
            births.Sex(resident, subject), numbers.Typed(OfGuardian(resident, subject) ?? resident.Number, subject),
            guardian.Name.Chinese, phones.InList(guardian, subject, 1),
            addresses.InList((resident.LivesAt ?? resident.Household.LivesAt)!, subject, 2.3));
    }

    public void WriteLedger(RegisterDraft draft, Resident resident)
    {
        if (resident.LivesAt is not { } dwelling) return;
        var subject = Subject(resident, Office.Grid);
        var dice = Dice.Of(errors.Seed, "ledger row", resident.Id);
        draft.Add(
            resident.Id, dwelling.Grid.Code, addresses.InList(dwelling, subject, 1.15), resident.Household.Head.Name.Chinese,
            names.AtTheDoor(resident, subject), births.Sex(resident, subject), births.Year(resident, subject),
            phones.InList(resident, subject, PhoneInLedger), resident.LivesAs, dice.Pick(Notes));
    }

    /// <summary>Not every empty dwelling has its row: grid workers miss some.</summary>
    public void WriteEmptyDwelling(RegisterDraft draft, Dwelling dwelling, int index)
    {
        if (!dwelling.IsLivedIn && Dice.Of(errors.Seed, "empty dwelling", index).Chance(0.86))
            draft.Add(PersonsOfRows.Nobody, dwelling.Grid.Code, dwelling.Address, "", "", "", "", "", "空房", "");
    }

    private bool IsTwiceInHousehold(Resident resident)
    {
        if (!resident.IsRegistered || !errors.Strikes("dup_file", resident.Id)) return false;
        var dice = Dice.Of(errors.Seed, "which list twice", resident.Id);
        return dice.Chance(0.4) && resident.Name.Elements.Any(element => element.Spellings.Length > 1);
    }

    private void AddHousehold(RegisterDraft draft, Resident resident, string name, long subject)
    {
        var dwelling = resident.Household.RegisteredAt!;
        var dice = Dice.Of(errors.Seed, "household row", subject);
        draft.Add(
            resident.Id, $"H{resident.Household.Id + 1:0000000}", resident.Relation, name, resident.FormerName,
            dice.Chance(TibetanScriptKnown) ? resident.Name.Tibetan : "", Written(resident.Sex), numbers.Typed(resident.Number, subject),
            Compact(resident.Birth), dwelling.Address, dwelling.Grid.Street.Name, dwelling.Grid.Community,
            dice.Chance(GridCodeKnown) ? dwelling.Grid.Code : "", Compact(resident.RegisteredSince), resident.CancelReason,
            resident.CancelReason.Length == 0 ? "" : Compact(resident.CancelledOn));
    }

    private void AddInsured(RegisterDraft draft, Resident resident, string name, string number, string status, long subject)
    {
        var dice = Dice.Of(errors.Seed, "roll row", subject);
        var age = resident.AgeOn(options.ReferenceDay);
        var dwelling = DwellingInRoll(resident, subject);
        var since = age == 0 ? resident.Birth : new DateOnly(dice.Between(Math.Max(2006, resident.Birth.Year + 1), options.ReferenceDay.Year), 1, 1);
        draft.Add(
            resident.Id, "5401" + Digits(10, ref dice), name, KindOf(number), number,
            births.Sex(resident, subject) == "男" ? "1" : "2",
            births.InRoll(resident, subject) is { } birth ? Iso(birth) : "", age is >= 18 and <= 60 && dice.Chance(0.3) ? "310" : "390", status,
            Iso(since), dwelling.Grid.Community, phones.InList(resident, subject, PhoneInRoll), addresses.InList(dwelling, subject, 0.7),
            options.ReferenceDay.Year.ToString(CultureInfo.InvariantCulture));
    }

    private static string KindOf(string number) => number.Length == 0 ? "99" : char.IsAsciiLetter(number[0]) ? "08" : "01";

    private Dwelling DwellingInRoll(Resident resident, long subject)
    {
        var lived = resident.LivesAt ?? resident.Household.LivesAt;
        if (lived is null || resident.Household.RegisteredAt is not { } registered || registered == lived)
            return (lived ?? resident.Household.RegisteredAt)!;
        if (!errors.Strikes("address_of_registration", subject)) return lived;
        errors.Count("address_of_registration");
        return registered;
    }

    private string NumberInRoll(Resident resident, long subject)
    {
        if (errors.Strikes("number_missing", subject))
        {
            errors.Count("number_missing");
            return "";
        }
        if (resident.SecondNumber is { } second)
        {
            errors.Count("number_double");
            return second;
        }
        if (OfGuardian(resident, subject) is { } guardians) return guardians;
        var relatives = resident.Household.Members.Where(member => member != resident).ToList();
        if (relatives.Count > 0 && errors.Strikes("number_of_relative", subject))
        {
            errors.Count("number_of_relative");
            var dice = Dice.Of(errors.Seed, "which relative", subject);
            return dice.Pick(relatives).Number;
        }
        if (!errors.Strikes("number_of_stranger", subject)) return numbers.InList(resident.Number, subject);
        errors.Count("number_of_stranger");
        var lot = Dice.Of(errors.Seed, "which stranger", subject);
        return lot.Pick(residents).Number;
    }

    private string? OfGuardian(Resident resident, long subject)
    {
        if (resident.AgeOn(options.ReferenceDay) >= AgeOfOwnNumber || resident.Guardian is null || !errors.Strikes("number_of_guardian", subject))
            return null;
        errors.Count("number_of_guardian");
        return resident.Guardian.Number;
    }

    private bool IsUnnamed(Resident resident) => resident.Mother is not null && errors.Strikes("newborn_placeholder", resident.Id);

    private static string Unnamed(Resident resident) =>
        resident.Mother is null ? "" : $"{resident.Mother.Name.Chinese}之{(resident.Sex == Sex.Male ? "子" : "女")}";

    private static long Subject(Resident resident, Office office) => resident.Id * 16L + (long)office;

    private static string Written(Sex sex) => sex == Sex.Male ? "男" : "女";

    private static string Compact(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Digits(int count, ref Dice dice)
    {
        Span<char> digits = stackalloc char[count];
        foreach (ref var digit in digits) digit = (char)('0' + dice.Below(10));
        return digits.ToString();
    }
}
