[assembly: AssemblyFixture(typeof(Legwork.Demo.Tests.SmallDistrict))]

namespace Legwork.Demo.Tests;

/// <summary>A district of 6,000 insured, written once for the tests that read it.</summary>
public sealed class SmallDistrict : IDisposable
{
    public static readonly DemoOptions Options = new() { Insured = 6000, Grids = 72, Seed = 7 };

    private readonly string root = Directory.CreateTempSubdirectory("legwork-demo-").FullName;

    public SmallDistrict() => Summary = DemoDistrict.Write(Folder, TruthFolder, Options);

    public DemoSummary Summary { get; }

    public string Folder => Path.Combine(root, "registers");

    public string TruthFolder => Path.Combine(root, "truth");

    public RegisterMonth Read() => RegisterMonth.Read(Folder, Options.Month);

    public PersonsOfRows Persons() => PersonsOfRows.Read(Path.Combine(TruthFolder, PersonsOfRows.FileName));

    public void Dispose() => Directory.Delete(root, recursive: true);
}
