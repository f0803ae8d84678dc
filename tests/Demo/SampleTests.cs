namespace Legwork.Demo.Tests;

public class SampleTests
{
    [Fact]
    public void The_definitions_give_the_samples_findings_and_no_other()
    {
        var folder = SharedSample.Folder();
        var month = RegisterMonth.Read(folder, SharedSample.Month);
        var persons = PersonsOfRows.Read(Path.Combine(folder, "truth", PersonsOfRows.FileName));
        using var reader = new StreamReader(Path.Combine(folder, "truth", "findings.csv"));
        var stated = RegisterFile.Split(reader, ',').Skip(1)
            .Select(cells => new Finding(cells[0], int.Parse(cells[1]), cells[2], int.Parse(cells[3]) - 1)).ToHashSet();

        var found = FindingDefinitions.Evaluate(month, persons).ToHashSet();

        stated.Count.ShouldBe(913);
        found.Except(stated).ShouldBeEmpty();
        stated.Except(found).ShouldBeEmpty();
    }
}
