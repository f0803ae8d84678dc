using Legwork.Kernel;
using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>One form of a value, so that two habits of writing the same thing do not stand side by side as a contradiction.</summary>
internal sealed class SameForm(IDwellings dwellings)
{
    /// <param name="field">An attribute's code or a list's column.</param>
    public string Of(string field, string value) => field switch
    {
        "address" or "to_address" or "registered_at" or "lives_at" or "moved_to" => Dwelling(value) ?? value,
        "name" or "name_bo" or "former_name" or "school" => NameTokens.Fold(value),
        "number" => ResidentNumber.Normalise(value),
        "phone" => string.Concat(value.Where(char.IsAsciiDigit)),
        "birth" or "birth_year" or "died_on" or "cancelled_on" => VagueDate.TryParse(value, out var date) ? date.ToString() : value,
        _ => value,
    };

    /// <summary>The key of the dwelling that an address names; null when it cannot be read.</summary>
    public string? Dwelling(string address)
    {
        var asked = new Record { Source = "", Address = address };
        dwellings.Resolve([asked]);
        return asked.Dwelling is { Length: > 0 } key ? key : null;
    }

    public string? GridOf(string dwelling) => dwellings.Codes.Grid(dwelling);
}
