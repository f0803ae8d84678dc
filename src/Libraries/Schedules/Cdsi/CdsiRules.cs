using System.Xml;
using System.Xml.Linq;

namespace Legwork.Schedules.Cdsi;

/// <summary>
/// Reads CDC's supporting data as published: <c>ScheduleSupportingData.xml</c> and one <c>AntigenSupportingData*.xml</c> an antigen in a folder.
/// Layout: the XSD files beside them. Nothing of CDC's is kept in this repository.
/// </summary>
public static class CdsiRules
{
    /// <exception cref="RuleFileException">A file is missing or says something that cannot be understood.</exception>
    public static RuleSet Load(string folder)
    {
        var schedule = Path.Combine(folder, "ScheduleSupportingData.xml");
        if (!File.Exists(schedule)) throw new RuleFileException(schedule, 0, "is not there; name the folder that holds CDC's supporting data");
        var files = Directory.GetFiles(folder, "AntigenSupportingData*.xml").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new RuleFileException(folder, 0, "holds no AntigenSupportingData*.xml");
        var root = Root(schedule);
        var vaccines = new CdsiVaccines(schedule, root);
        var antigens = files.Select(file => new CdsiAntigen(file, vaccines).Read(Root(file))).ToList();
        return new RuleSet
        {
            Id = "cdsi-" + Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Title = "CDC, Clinical Decision Support for Immunization",
            Antigens = antigens,
            Groups = Groups(schedule, root),
            Conflicts = vaccines.Conflicts(),
            Observations = Observations(schedule, root),
            // Last: rules name vaccines that the map of antigens lacks.
            Vaccines = vaccines.All(),
        };
    }

    private static XElement Root(string file)
    {
        try
        {
            return XDocument.Load(file, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException wrong)
        {
            throw new RuleFileException(file, wrong.LineNumber, wrong.Message);
        }
    }

    private static List<VaccineGroup> Groups(string file, XElement root)
    {
        var antigens = CdsiReader.Section(file, root, "vaccineGroupToAntigenMap").Elements("vaccineGroupMap")
            .ToDictionary(m => m.Word("name"), m => m.Elements("antigen").Select(a => a.Value.Trim()).ToList());
        return [.. CdsiReader.Section(file, root, "vaccineGroups").Elements("vaccineGroup")
            .Select(g => new VaccineGroup(g.Word("name"), g.Word("name"),
            antigens.GetValueOrDefault(g.Word("name")) ?? [],
            g.Word("administerFullVaccineGroup") switch { "Yes" => true, "No" => false, _ => null }))];
    }

    private static List<Observation> Observations(string file, XElement root) =>
        [.. CdsiReader.Section(file, root, "observations").Elements("observation")
            .Select(o => new Observation(o.Word("observationCode"), o.Word("observationTitle")))];
}

/// <summary>Vaccines by CVX, their antigens and conflicts.</summary>
internal sealed class CdsiVaccines
{
    private readonly string file;
    private readonly XElement root;
    private readonly Dictionary<string, Vaccine> vaccines = new(StringComparer.Ordinal);

    public CdsiVaccines(string file, XElement root)
    {
        (this.file, this.root) = (file, root);
        foreach (var map in CdsiReader.Section(file, root, "cvxToAntigenMap").Elements("cvxMap"))
        {
            var reader = new CdsiReader(file, map);
            var antigens = map.Elements("association").Select(a => new AntigenAssociation(a.Word("antigen"),
                reader.Period(a, "associationBeginAge"), reader.Period(a, "associationEndAge"))).ToList();
            var code = map.Word("cvx").PadLeft(2, '0');
            vaccines[code] = new Vaccine(code, map.Word("shortDescription"), antigens);
        }
    }

    public string Code(string cvx)
    {
        cvx = cvx.Trim().PadLeft(2, '0');
        vaccines.TryAdd(cvx, new Vaccine(cvx, "", []));
        return cvx;
    }

    public IReadOnlyList<Vaccine> All() => [.. vaccines.Values.OrderBy(v => v.Code.Length).ThenBy(v => v.Code, StringComparer.Ordinal)];

    public IReadOnlyList<VaccineConflict> Conflicts() =>
        [.. CdsiReader.Section(file, root, "liveVirusConflicts").Elements("liveVirusConflict").Select(c =>
    {
        var reader = new CdsiReader(file, c);
        return new VaccineConflict(Code(CdsiReader.Section(file, c, "previous").Word("cvx")),
            Code(CdsiReader.Section(file, c, "current").Word("cvx")),
            reader.Need(c, "conflictBeginInterval"), reader.Need(c, "minConflictEndInterval"), reader.Need(c, "conflictEndInterval"));
    })];
}
