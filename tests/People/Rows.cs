using Legwork.Kernel;
using Record = Legwork.People.Records.Record;

namespace Legwork.People.Tests;

/// <summary>Rows of lists as matching sees them.</summary>
internal static class Rows
{
    /// <summary>A man's row; a number that is given is a valid one.</summary>
    public static Record Row(string source, string name, string? number, string birth, string dwelling, string? household = null) => new()
    {
        Source = source,
        Name = name,
        Number = number,
        NumberIsValid = number is not null,
        Birth = VagueDate.Parse(birth),
        Dwelling = dwelling,
        HouseholdNo = household,
        Sex = Sex.Male,
    };
}
