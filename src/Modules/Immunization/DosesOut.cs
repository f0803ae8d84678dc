using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Outbox;

namespace Legwork.Immunization;

/// <summary>What the outbox says of a dose that somebody wrote down, told again or took back.</summary>
internal sealed record DoseKept(long Dose, long? Replaces, PersonId Person, string Vaccine, DateOnly On, string Clinic, string Evidence);

/// <summary>Doses as receivers outside hear of them. Lists that a clinic hands over are not told one by one.</summary>
internal static class DosesOut
{
    public static readonly EventOut Recorded = Of("dose.recorded", KindOf(null, withdrawn: false));
    public static readonly EventOut Corrected = Of("dose.corrected", KindOf(0, withdrawn: false));
    public static readonly EventOut Withdrawn = Of("dose.withdrawn", KindOf(0, withdrawn: true));

    public static string KindOf(long? replaces, bool withdrawn) =>
        withdrawn ? "immunization.dose_withdrawn" : replaces is null ? "immunization.dose_recorded" : "immunization.dose_corrected";

    private static EventOut Of(string name, string kind) => new(name, kind,
        [new("dose"), new("replaces"), new("vaccine"), new("on"), new("clinic"), new("evidence"), .. PersonsOut.Fields("immunization")])
    {
        Plain = row => row.Read<DoseKept>() is var dose ? new Dictionary<string, object?>
        {
            ["dose"] = dose.Dose,
            ["replaces"] = dose.Replaces,
            ["vaccine"] = dose.Vaccine,
            ["on"] = dose.On,
            ["clinic"] = dose.Clinic,
            ["evidence"] = dose.Evidence,
        } : null!,
        Person = row => row.Read<DoseKept>().Person,
        Personal = PersonsOut.Tell("immunization"),
    };
}
