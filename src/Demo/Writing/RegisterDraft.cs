namespace Legwork.Demo;

/// <summary>A register in the making: rows with the person each belongs to, still in the order of writing.</summary>
internal sealed class RegisterDraft(RegisterLayout layout)
{
    public RegisterLayout Layout { get; } = layout;

    public List<(string[] Cells, int Person)> Rows { get; } = [];

    public void Add(int person, params string[] cells) => Rows.Add((cells, person));

    /// <summary>Offices sort by what they please: households must not stand together.</summary>
    public RegisterDraft Shuffled(ulong seed)
    {
        var dice = Dice.Of(seed, "order of " + Layout.Source, 0);
        dice.Shuffle(Rows);
        return this;
    }

    public Register ToRegister(PersonsOfRows persons)
    {
        var register = new Register(Layout);
        foreach (var (cells, person) in Rows)
        {
            var row = register.Add(cells);
            if (person != PersonsOfRows.Nobody) persons.Set(Layout.Source, row, person);
        }
        return register;
    }
}
