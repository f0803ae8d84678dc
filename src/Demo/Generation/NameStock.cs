using System.Globalization;
using System.Text;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>One Tibetan name of two syllables with its Chinese spellings, the first being the commonest.</summary>
internal sealed record NameElement(string Tibetan, int Weight, Sex Sex, string[] Spellings);

/// <summary>A person's name: Tibetan (one or two elements, no surname) or a surname with a given name.</summary>
internal sealed record PersonName(string Chinese, string Tibetan, string? Surname, NameElement[] Elements)
{
    public bool IsTibetan => Surname is null;

    public bool IsFourSyllables => IsTibetan && Chinese.Length == 4;
}

/// <summary>Invents names. Weights make few names common and many rare, as they are: a fifth of the people and more share theirs.</summary>
internal sealed class NameStock
{
    private static readonly Urn<int> SpellingChoice = new([0, 1, 2, 3], i => i == 0 ? 12 : 5 - i);

    private readonly Urn<NameElement> forMen;
    private readonly Urn<NameElement> forWomen;
    private readonly Urn<(string Text, int Weight)> surnames;
    private readonly Urn<(string Text, int Weight)> given;

    public NameStock()
    {
        var elements = DemoData.Rows("tibetan-names.csv").Select(cells => new NameElement(
            cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture),
            cells[2] switch { "M" => Sex.Male, "F" => Sex.Female, _ => Sex.Unknown },
            cells[3].Split(' '))).ToList();
        forMen = new(elements, element => Weight(element, Sex.Male));
        forWomen = new(elements, element => Weight(element, Sex.Female));
        var han = DemoData.Rows("han-names.csv");
        surnames = Parts(han, "surname");
        given = Parts(han, "given");
    }

    public string Surname(ref Dice dice) => surnames.Draw(ref dice).Text;

    public PersonName Han(string surname, ref Dice dice)
    {
        var name = new StringBuilder(surname).Append(given.Draw(ref dice).Text);
        if (dice.Chance(0.62)) name.Append(given.Draw(ref dice).Text);
        return new PersonName(name.ToString(), "", surname, []);
    }

    public PersonName Tibetan(Sex sex, ref Dice dice)
    {
        var urn = sex == Sex.Female ? forWomen : forMen;
        var first = urn.Draw(ref dice);
        if (dice.Chance(0.15)) return Spelled([first], ref dice);
        var second = urn.Draw(ref dice);
        return Spelled([first, second], ref dice);
    }

    /// <summary>Writes elements with one of their spellings each, the common one mostly.</summary>
    public static PersonName Spelled(NameElement[] elements, ref Dice dice)
    {
        var name = new StringBuilder();
        foreach (var element in elements) name.Append(element.Spellings[SpellingChoice.Draw(ref dice) % element.Spellings.Length]);
        return new PersonName(name.ToString(), string.Join('་', elements.Select(element => element.Tibetan)), null, elements);
    }

    // Some names are given to both, none only to one: the other sex keeps a trace of the weight.
    private static int Weight(NameElement element, Sex sex) =>
        element.Sex == Sex.Unknown || element.Sex == sex ? element.Weight * 12 : element.Weight;

    private static Urn<(string Text, int Weight)> Parts(IReadOnlyList<string[]> rows, string kind) =>
        new([.. rows.Where(cells => cells[0] == kind).Select(cells => (cells[2], int.Parse(cells[1], CultureInfo.InvariantCulture)))],
            part => part.Weight);
}
