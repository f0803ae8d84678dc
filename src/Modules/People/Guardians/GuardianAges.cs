using Legwork.Kernel;
using Legwork.Yaml;

namespace Legwork.People.Guardians;

/// <summary>How many years lie at least between two people who are parent and child, from <c>rules/people/guardians.yaml</c>.</summary>
/// <param name="YearsApartMin">By kind of guardian; a kind that is not there is not compared.</param>
internal sealed record GuardianAges(IReadOnlyDictionary<string, int> YearsApartMin)
{
    /// <exception cref="YamlFault">The file is not what its own head describes.</exception>
    public static GuardianAges Load(string path)
    {
        var root = YamlNode.Load(path);
        (_, _) = (root.Text("source"), root["confidence"].OneOf(["A", "B", "C", "D"]));
        var ages = root["years_apart_min"];
        ages.Only(RecordGuardian.Kinds);
        root.Done();
        return new GuardianAges(ages.Entries().ToDictionary(entry => entry.Key, entry => entry.Value.Number(1, 60), StringComparer.Ordinal));
    }

    /// <summary>Whether the two cannot be what they are said to be, whatever a vague birth may turn out to be.</summary>
    public bool AreTooNear(string kind, VagueDate guardian, VagueDate ward)
    {
        if (!YearsApartMin.TryGetValue(kind, out var years) || !guardian.IsKnown || !ward.IsKnown) return false;
        var (elder, younger) = kind == "adult_child" ? (ward, guardian) : (guardian, ward);
        return elder.Earliest.AddYears(years) > younger.Latest;
    }
}
