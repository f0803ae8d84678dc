using Legwork.Clinics.Plan;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;

namespace Legwork.Clinics;

/// <summary>The district's clinics and the rules by which their mornings go.</summary>
internal sealed class Clinics(PlatformPlaces places, DistrictFacts facts)
{
    private readonly Lazy<ClinicBook> book = new(() => ClinicBook.Load(places.DistrictFolder, facts));
    private readonly Lazy<ClinicRules> rules = new(() => ClinicRules.Load(Path.Combine(places.RulesFolder, "clinics")));

    public static readonly Refusal Unknown = Refusal.Of("clinics.unknown", "There is no such clinic.");

    public static readonly Refusal OutOfScope = Refusal.Of("clinics.out_of_scope", "This clinic is not in a place you work for.");

    public ClinicRules Rules => rules.Value;

    public IReadOnlyCollection<Clinic> All => book.Value.All;

    public Clinic? Find(string? code) => book.Value.Find(code);

    /// <summary>The clinics in which the actor may use a permission.</summary>
    public IReadOnlyList<Clinic> Of(Actor actor, Permission permission) => [.. All.Where(clinic => actor.May(permission, clinic.Street))];

    /// <summary>In which line a child waits.</summary>
    public string LaneOf(PersonCard child, DateOnly day, bool booked) =>
        child.Birth is { IsKnown: true, Day: > 0 } birth && birth.Earliest.AddDays(Rules.Lanes.NewbornDays) >= day ? Lane.Newborn
            : booked ? Lane.Booked : Lane.WalkIn;
}

/// <summary>How messages and cases name a visit.</summary>
internal static class VisitSubject
{
    public const string Prefix = "clinics/visit/";

    public static string Of(Guid id) => Prefix + id;
}
