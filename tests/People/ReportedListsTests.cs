using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>The small inputs on which who is who once went wrong, where they lie beside the checkout: each folder says what is right.</summary>
public class ReportedListsTests
{
    [Fact]
    public async Task Every_reported_month_gives_its_people_and_its_findings_and_no_others()
    {
        foreach (var folder in Directory.GetDirectories(Repository.Sample(Path.Combine("reports", "registers"))).Order(StringComparer.Ordinal))
        {
            var right = File.ReadLines(Path.Combine(folder, "expected.txt")).Select(line => line.Split(' '))
                .ToLookup(words => words[0], words => words[1..]);
            await using var district = await SmallDistrict.Open(Engine.Sqlite, SmallDistrict.District, to => Copy(Path.Combine(folder, "input"), to));
            var found = await WhoIsWho.Of(district);
            var people = right["person"].Select(WhoIsWho.Joined).Order(StringComparer.Ordinal).ToList();
            found.People.ShouldBe(people, ignoreOrder: false, Path.GetFileName(folder));
            found.Findings.ShouldBe(right["finding"].Select(words => $"{words[0]} {people.Single(person => person.Split(' ').Contains(words[1]))}")
                .Order(StringComparer.Ordinal), ignoreOrder: false, Path.GetFileName(folder));
            foreach (var waiting in right["unresolved"]) found.Unresolved.ShouldBe(long.Parse(waiting[0]), Path.GetFileName(folder));
        }
    }

    [Fact]
    public async Task Flats_by_storey_and_door_are_three_dwellings()
    {
        var folder = Repository.Sample(Path.Combine("reports", "files", "address-storey"));
        await using var district = await SmallDistrict.Open(Engine.Sqlite, SmallDistrict.District, to => Copy(folder, to));
        district.Store.Read(session => session.Scalar<long>("select count(*) from places_dwelling")).ShouldBe(3);
        district.Store.Read(session => session.Scalar<long>("select count(distinct dwelling) from people_file")).ShouldBe(3);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != "expected.txt"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
