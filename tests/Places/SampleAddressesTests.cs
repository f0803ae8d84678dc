using System.Text;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using NetTopologySuite.Geometries;

namespace Legwork.Places.Tests;

/// <summary>Against a month of invented registers from another generator, when it lies beside the checkout.</summary>
public class SampleAddressesTests
{
    [Fact]
    public void Nearly_every_address_of_a_months_registers_finds_its_dwelling()
    {
        var book = BookOfSample();
        var ledger = Rows("网格台账_202610.csv", Encoding.UTF8, ';');
        var resolved = ledger.ConvertAll(row => (Row: row, Found: book.Resolve(row[1], row[0])));
        resolved.Count(pair => pair.Found.Dwelling is null).ShouldBeLessThan(ledger.Count / 500);
        resolved.Count(pair => pair.Found.Grid != pair.Row[0]).ShouldBeLessThan(ledger.Count / 500);

        var roll = Rows("参保人员_202610.csv", Encoding.UTF8, ',');
        roll.Count(row => book.Resolve(row[11], row[9]).Dwelling is null).ShouldBeLessThan(roll.Count / 50);

        var household = Rows("户籍人口_202610.csv", CodePagesEncodingProvider.Instance.GetEncoding(54936)!, ',');
        household.Count(row => book.Resolve(row[8]).How != How.Exact).ShouldBe(0);
    }

    private static AddressBook BookOfSample()
    {
        var rows = Rows("地址.csv", Encoding.UTF8, ',');
        var grids = rows.Select(row => row[1]).Distinct().Select(code => new Grid(code, code, 0, null, null, true)).ToList();
        var named = rows.Select(row => (Parsed: Chengguan.Parser.Parse(row[0]), Grid: row[1])).ToList();
        var streets = named.Select(pair => new Place(pair.Grid[..Grid.StreetDigits], pair.Parsed.Street!)).Distinct().ToList();
        var communities = streets.ConvertAll(street => new Place(street.Code + "001", street.Name[..^2] + "东社区"));
        var dwellings = named.Select(
            pair => new Dwelling(Guid.CreateVersion7(), $"{pair.Grid[..Grid.StreetDigits]}/{pair.Parsed.Key}", pair.Parsed.Key, pair.Grid)).ToList();
        return new AddressBook(Chengguan.Parser, new PlacesKnown(streets, communities, grids, dwellings, [], new Dictionary<string, Geometry>()));
    }

    private static List<string[]> Rows(string name, Encoding encoding, char delimiter) =>
        [.. File.ReadLines(Repository.Sample(Path.Combine("registers", "sample-a", name)), encoding).Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split(delimiter))];
}
