using Legwork.Kernel;

namespace Legwork.People.Files;

/// <summary>One form of a value, so that two habits of writing the same thing do not stand side by side as a contradiction.</summary>
internal sealed class SameForm(IDwellings dwellings)
{
    /// <param name="field">An attribute's code or a list's column.</param>
    public string Of(string field, string value) => Now()(field, value);

    /// <summary>The same for many values of one question, by the places as they are when it is first asked of an address.</summary>
    public Func<string, string, string> Now()
    {
        KnownPlaces? places = null;
        return (field, value) => Of(field, value, address => (places ??= dwellings.Known()).Key(address));
    }

    /// <summary>The same by places that a page knows already.</summary>
    public static Func<string, string, string> By(KnownPlaces places) => (field, value) => Of(field, value, places.Key);

    private static string Of(string field, string value, Func<string, string?> keyOf) => field switch
    {
        "address" or "to_address" or "registered_at" or "lives_at" or "moved_to" => keyOf(value) ?? value,
        "name" or "name_bo" or "former_name" or "school" => NameTokens.Fold(value),
        "number" => ResidentNumber.Normalise(value),
        "phone" => string.Concat(value.Where(char.IsAsciiDigit)),
        "birth" or "birth_year" or "died_on" or "cancelled_on" => VagueDate.TryParse(value, out var date) ? date.ToString() : value,
        _ => value,
    };

    /// <summary>The key of the dwelling that an address names; null when it cannot be read.</summary>
    public string? Dwelling(string address) => dwellings.Known().Key(address);

    public string? GridOf(string dwelling) => dwellings.Codes.Grid(dwelling);
}
