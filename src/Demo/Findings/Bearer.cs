using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>One row of one register, with its cells by column name.</summary>
/// <param name="index">0-based.</param>
public sealed class RegisterRow(Register register, int index)
{
    public Register Register { get; } = register;

    public int Index { get; } = index;

    public RegisterLayout Layout => Register.Layout;

    /// <summary>The number the row states for its own person, in the one form; empty where the file has none.</summary>
    public string Number { get; } = register.Layout.NumberColumn is { } column
        ? ResidentNumber.Normalise(register.Rows[index][register.Layout.Column(column)]) : "";

    public NumberForm Form => ResidentNumber.FormOf(Number,
        Layout == Layouts.Insurance && this["证件类型"] is not ("01" or "99" or "") ? true : null);

    public string this[string column] => Register.Rows[Index][Register.Layout.Column(column)];
}

/// <summary>A person as the registers show him: all rows that are his, in the order of the files.</summary>
public sealed class Bearer(int person)
{
    private readonly List<RegisterRow> rows = [];

    public int Person { get; } = person;

    public IReadOnlyList<RegisterRow> Rows => rows;

    public bool IsNormallyInsured => NormalInsurance.Any();

    public IEnumerable<RegisterRow> NormalInsurance => In(Layouts.Insurance).Where(row => row["参保状态"] == "1");

    public IEnumerable<RegisterRow> Registrations => In(Layouts.Household).Where(row => row["注销原因"].Length == 0);

    public IEnumerable<RegisterRow> DepartureRows => In(Layouts.Moves).Where(row => row["类型"] == "迁出");

    public void Add(RegisterRow row) => rows.Add(row);

    public bool StandsIn(RegisterLayout layout) => In(layout).Any();

    public IEnumerable<RegisterRow> In(RegisterLayout layout) => rows.Where(row => row.Layout == layout);

    /// <summary>Gathers the rows of a month by person, persons in the order of their ids.</summary>
    public static IReadOnlyList<Bearer> Gather(RegisterMonth month, PersonsOfRows persons)
    {
        var bearers = new SortedDictionary<int, Bearer>();
        foreach (var register in month.Registers)
        {
            for (var i = 0; i < register.Rows.Count; i++)
            {
                var person = persons[register.Source, i];
                if (person == PersonsOfRows.Nobody) continue;
                if (!bearers.TryGetValue(person, out var bearer)) bearers[person] = bearer = new Bearer(person);
                bearer.Add(new RegisterRow(register, i));
            }
        }
        return [.. bearers.Values];
    }
}
