using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>
/// Holds a list's births against the resident numbers beside them. A number carries its birth as text, so that it survives what moves dates: a
/// clock, a spreadsheet that counts from 1904, a century guessed from two digits.
/// </summary>
internal sealed class BirthsByNumber(Layout layout)
{
    private const double RefusedShare = 0.2;
    private const int Few = 5;
    private const int NotedOneIn = 100;

    private readonly int birth = Typed(layout, "birth", FieldType.Date);
    private readonly int number = Typed(layout, "number", FieldType.ResidentNumber);
    private readonly Dictionary<(int Years, int Days), Moved> moved = [];
    private int compared;
    private int wrong;

    public void Count(RegisterRow row)
    {
        if (birth < 0 || number < 0 || !ResidentNumber.TryParse(row[number], out var held)
            || row.Date(birth) is not { IsExact: true } written) return;
        compared++;
        var days = written.Earliest.DayNumber - held.Birth.DayNumber;
        if (days == 0) return;
        wrong++;
        var sameDay = (written.Month, written.Day) == (held.Birth.Month, held.Birth.Day);
        var by = sameDay ? (written.Year - held.Birth.Year, 0) : (0, days);
        if (moved.TryGetValue(by, out var already)) already.Add(row.Number);
        // Typing errors differ from one another; a shift repeats.
        else if (moved.Count < 10_000) moved.Add(by, new Moved(row.Number));
    }

    public Fault? Refusal(Func<int, int, bool> many) =>
        wrong > RefusedShare * compared && many(wrong, compared) ? Said("registers.dates_moved") : null;

    public Fault? Note() => Most() is { Count: >= Few } most && most.Count * NotedOneIn >= compared ? Said("registers.note.dates_moved") : null;

    private Fault Said(string code)
    {
        var (by, most) = moved.MaxBy(pair => pair.Value.Count);
        return Fault.Of(code, ("column", layout.Columns[birth].Header), ("total", compared), ("wrong", wrong), ("same", most.Count),
            ("years", by.Years), ("days", by.Days)) with
        { Rows = most.Rows, RowCount = most.Count };
    }

    private Moved? Most() => moved.Count == 0 ? null : moved.Values.MaxBy(one => one.Count);

    private static int Typed(Layout layout, string field, FieldType type) =>
        layout.IndexOf(field) is >= 0 and var at && layout.Columns[at].Type == type ? at : -1;

    private sealed class Moved(int row)
    {
        public int Count { get; private set; } = 1;

        public List<int> Rows { get; } = [row];

        public void Add(int another)
        {
            Count++;
            if (Rows.Count < Fault.RowsNamed) Rows.Add(another);
        }
    }
}
