namespace Legwork.Demo;

/// <summary>Which telephone number a list has: one's own, the household's, one given up, or none.</summary>
internal sealed class PhoneWriting(ErrorDice errors)
{
    private const int OwnPhoneFromAge = 14;

    public string InList(Resident resident, long subject, double given)
    {
        var dice = Dice.Of(errors.Seed, "phone", subject);
        if (!dice.Chance(given)) return "";
        var head = resident.Household.Head;
        if (resident.AgeOn(errors.ReferenceDay) < OwnPhoneFromAge) return (resident.Guardian ?? head).Phone;
        if (errors.Strikes("phone_old", subject))
        {
            errors.Count("phone_old");
            return resident.OldPhone;
        }
        if (resident == head || !errors.Strikes("phone_of_household", subject)) return resident.Phone;
        errors.Count("phone_of_household");
        return head.Phone;
    }
}
