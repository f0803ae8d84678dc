using System.Globalization;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>Invents households until the roll has as many persons as asked for. Who is whose child, who lives
/// where, and what became of them.</summary>
internal sealed class Population
{
    // The rate of an error is a share of persons; where a household of one or its head carries it, it strikes so many times as often.
    private const double PersonsPerHousehold = 2.9;

    private const double TibetanShare = 0.81, TenantShare = 0.10, SharesDwellingAsTenant = 0.4;

    private const int AgesApart = 2;

    private readonly DemoOptions options;
    private readonly ErrorDice errors;
    private readonly NameStock names = new();
    private readonly NumberStock numbers = new();
    private readonly Fates fates;
    private readonly Dwelling[] dwellings;
    private readonly Dictionary<(Grid, string, int), Resident> neighbour = [];
    private int nextDwelling;

    public Population(DemoOptions options, DistrictPlan plan, ErrorDice errors)
    {
        this.options = options;
        this.errors = errors;
        fates = new Fates(options, errors, numbers);
        dwellings = [.. plan.Dwellings];
        var dice = Dice.Of(options.Seed, "dwelling order", 0);
        dice.Shuffle(dwellings);
        for (var insured = 0; insured < options.Insured;)
        {
            var household = NewHousehold(Households.Count);
            Households.Add(household);
            foreach (var resident in household.Members)
            {
                fates.Decide(resident);
                if (insured == options.Insured) resident.RollStatus = "";
                if (resident.RollStatus.Length > 0) insured++;
            }
        }
    }

    public List<Household> Households { get; } = [];

    public List<Resident> Residents { get; } = [];

    /// <summary>A child born after the reference day, for the following month.</summary>
    public Resident NewbornOf(Household household, DateOnly birth, ref Dice dice)
    {
        var mother = household.Members.First(member => member.Sex == Sex.Female);
        var child = Add(household, "子女", dice.Chance(0.5) ? Sex.Male : Sex.Female, birth, mother.Name.Surname, ref dice);
        child.Mother = child.Guardian = mother;
        child.LivesAt = household.LivesAt;
        child.LivesAs = "常住";
        child.IsRegistered = true;
        child.RegisteredSince = birth;
        child.IsInBirths = true;
        return child;
    }

    private Household NewHousehold(int id)
    {
        var dice = Dice.Of(options.Seed, "household", id);
        var household = new Household(id);
        household.IsTenant = dice.Chance(TenantShare);
        if (!household.IsTenant && errors.Strikes("empty_registration", id, PersonsPerHousehold))
        {
            errors.Count("empty_registration");
            household.RegisteredAt = AnyDwelling(ref dice);
            AddHead(household, dice.Between(24, 70), household.RegisteredAt, ref dice);
            return household;
        }
        Settle(household, ref dice);
        AddFamily(household, ref dice);
        return household;
    }

    private void Settle(Household household, ref Dice dice)
    {
        if (household.IsTenant)
        {
            household.LivesAt = dice.Chance(SharesDwellingAsTenant) ? LivedIn(ref dice) : Next(ref dice);
        }
        else
        {
            household.RegisteredAt = errors.Strikes("two_households_one_dwelling", household.Id) ? LivedIn(ref dice) : Next(ref dice);
            if (household.RegisteredAt.IsLivedIn) errors.Count("two_households_one_dwelling");
            household.LivesAt = household.RegisteredAt;
            household.RegisteredAt.HouseholdsRegistered++;
            if (errors.Strikes("separated", household.Id))
            {
                errors.Count("separated");
                while (household.LivesAt.Grid.Street == household.RegisteredAt.Grid.Street) household.LivesAt = Next(ref dice);
            }
            else if (dice.Chance(0.015)) household.LivesAt = Next(ref dice);
        }
        household.LivesAt.IsLivedIn = true;
    }

    private void AddFamily(Household household, ref Dice dice)
    {
        var today = options.ReferenceDay;
        var headAge = 22 + (dice.Below(36) + dice.Below(36)) * 60 / 70;
        var head = AddHead(household, headAge, household.LivesAt!, ref dice);
        var spouse = dice.Chance(headAge < 26 ? 0.3 : 0.72)
            ? Add(household, "配偶", head.Sex == Sex.Male ? Sex.Female : Sex.Male,
                BirthAt(Math.Clamp(headAge + dice.Between(-6, 6), 20, 95), ref dice), OwnSurname(head, ref dice), ref dice)
            : null;
        var mother = head.Sex == Sex.Female ? head : spouse;
        var father = head.Sex == Sex.Male ? head : spouse;
        var motherAge = mother?.AgeOn(today) ?? headAge;
        var children = motherAge < 20 ? 0 : dice.Below(10) switch { < 2 => 0, < 5 => 1, < 8 => 2, _ => 3 };
        var age = Math.Min(dice.Chance(0.03) ? 0 : dice.Below(26), motherAge - 18);
        for (var i = 0; i < children && age >= 0; i++, age -= dice.Between(1, 4))
        {
            if (motherAge - age > 46) continue;
            var child = AddChild(household, BirthAt(age, ref dice), mother, father, ref dice);
            if (!errors.Strikes("twins", child.Id)) continue;
            AddChild(household, child.Birth, mother, father, ref dice);
            errors.Count("twins");
        }
        if (headAge < 65 && dice.Chance(0.2))
            Add(household, "父母", dice.Chance(0.6) ? Sex.Female : Sex.Male,
                BirthAt(headAge + dice.Between(20, 34), ref dice), head.Name.Surname, ref dice);
        foreach (var member in household.Members) member.Guardian ??= member.Relation == "子女" ? head : null;
    }

    private Resident AddChild(Household household, DateOnly birth, Resident? mother, Resident? father, ref Dice dice)
    {
        var child = Add(household, "子女", dice.Chance(0.51) ? Sex.Male : Sex.Female, birth, (father ?? mother)?.Name.Surname, ref dice);
        child.Mother = mother;
        child.Guardian = dice.Chance(0.5) ? mother ?? father : father ?? mother;
        return child;
    }

    private Resident AddHead(Household household, int age, Dwelling dwelling, ref Dice dice)
    {
        var surname = dice.Chance(TibetanShare) ? null : names.Surname(ref dice);
        var birth = BirthAt(age, ref dice);
        var sex = dice.Chance(0.6) ? Sex.Male : Sex.Female;
        PersonName? sharedName = null;
        if (neighbour.TryGetValue(dwelling.Building, out var other) && errors.Strikes("namesake_in_building", household.Id, PersonsPerHousehold))
        {
            errors.Count("namesake_in_building");
            sharedName = other.Name;
            sex = other.Sex;
            birth = new DateOnly(other.Birth.Year, birth.Month, Math.Min(birth.Day, 28));
        }
        var head = Add(household, "户主", sex, birth, surname, ref dice);
        if (sharedName is not null) head.Name = sharedName;
        neighbour[dwelling.Building] = head;
        return head;
    }

    private Resident Add(Household household, string relation, Sex sex, DateOnly birth, string? surname, ref Dice dice)
    {
        var twin = GivenTwice(household, sex, birth);
        var number = numbers.New(birth, sex, ref dice);
        var resident = new Resident
        {
            Id = Residents.Count + 1,
            Household = household,
            Relation = relation,
            Sex = sex,
            Birth = twin?.Birth ?? birth,
            Name = surname is null ? names.Tibetan(sex, ref dice) : names.Han(surname, ref dice),
            Number = twin?.Number ?? number,
            Phone = NewPhone(ref dice),
            OldPhone = NewPhone(ref dice),
        };
        resident.FormerName = FormerName(resident);
        household.Members.Add(resident);
        Residents.Add(resident);
        return resident;
    }

    /// <summary>Somebody of another household, of the same sex and about the same age, whose number this one was given too.</summary>
    private Resident? GivenTwice(Household household, Sex sex, DateOnly birth)
    {
        if (!errors.Strikes("number_given_twice", Residents.Count + 1)) return null;
        var other = Residents.FindLast(resident => resident.Household != household && resident.Sex == sex
            && Math.Abs(resident.Birth.Year - birth.Year) <= AgesApart);
        if (other is not null) errors.Count("number_given_twice");
        return other;
    }

    private string? OwnSurname(Resident head, ref Dice dice)
    {
        var tibetan = dice.Chance(0.95) ? head.Name.IsTibetan : !head.Name.IsTibetan;
        return tibetan ? null : names.Surname(ref dice);
    }

    // Offices fill 曾用名 with the name itself more often than not.
    private string FormerName(Resident resident)
    {
        var dice = Dice.Of(options.Seed, "former name", resident.Id);
        return dice.Below(1000) switch
        {
            < 20 => resident.Name.Chinese,
            < 26 when resident.Name.IsTibetan => NameStock.Spelled(resident.Name.Elements, ref dice).Chinese,
            < 34 => (resident.Name.IsTibetan ? names.Tibetan(resident.Sex, ref dice) : names.Han(resident.Name.Surname!, ref dice)).Chinese,
            _ => "",
        };
    }

    private DateOnly BirthAt(int age, ref Dice dice) => options.ReferenceDay.AddYears(-age).AddDays(-dice.Below(365));

    private Dwelling Next(ref Dice dice) => nextDwelling < dwellings.Length ? dwellings[nextDwelling++] : AnyDwelling(ref dice);

    private Dwelling AnyDwelling(ref Dice dice) => dwellings[dice.Below(dwellings.Length)];

    private Dwelling LivedIn(ref Dice dice) => nextDwelling == 0 ? Next(ref dice) : dwellings[dice.Below(nextDwelling)];

    private static string NewPhone(ref Dice dice)
    {
        var prefix = dice.Below(10) switch { < 3 => "13", < 5 => "15", < 6 => "17", < 9 => "18", _ => "19" };
        return prefix + dice.Below(1_000_000_000).ToString("000000000", CultureInfo.InvariantCulture);
    }
}
