using System.Globalization;
using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>Brings what offices write in a cell into the one form that its type names, or says by a code that it cannot.</summary>
internal sealed class Notation(Layout layout)
{
    private const int MaxShortChars = 64;

    private static readonly Dictionary<string, string> Sexes = new()
    {
        ["1"] = "male",
        ["男"] = "male",
        ["男性"] = "male",
        ["M"] = "male",
        ["ཕོ"] = "male",
        ["2"] = "female",
        ["女"] = "female",
        ["女性"] = "female",
        ["F"] = "female",
        ["མོ"] = "female",
        ["0"] = "unknown",
        ["9"] = "unknown",
        ["未知"] = "unknown",
        ["未说明"] = "unknown",
        ["未知的性别"] = "unknown",
        ["未说明的性别"] = "unknown",
    };

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> SexOf = Sexes.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> blank = layout.BlankWords.ToHashSet()
        .GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly int longestBlank = layout.BlankWords.Count == 0 ? 0 : layout.BlankWords.Max(b => b.Length);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>>[] codes =
        [.. layout.Columns.Select(c => new Dictionary<string, string>(c.Codes).GetAlternateLookup<ReadOnlySpan<char>>())];

    // A list of a million rows has some ten thousand different days; writing each once halves the time of a date column.
    private readonly Dictionary<VagueDate, string> days = [];

    /// <summary>The cell without blanks around it, or empty where the office's word for an empty cell stands.</summary>
    public ReadOnlySpan<char> Trim(ReadOnlySpan<char> cell)
    {
        cell = Unseen.Trim(cell);
        // Spreadsheets keep a number as text by writing ="0123".
        if (cell.Length > 3 && cell.StartsWith("=\"") && cell[^1] == '"') cell = cell[2..^1];
        return cell.Length <= longestBlank && blank.Contains(cell) ? [] : cell;
    }

    /// <summary>The value of a trimmed cell that says something; null with a finding's code when it cannot be read.</summary>
    public string? Read(int column, ReadOnlySpan<char> cell, CellState state, out string? finding)
    {
        finding = null;
        if (state == CellState.Error || IsErrorWord(cell)) return Unread("registers.row.error", out finding);
        if (state == CellState.Uncomputed || IsFormula(cell)) return Unread("registers.row.uncomputed", out finding);
        var type = layout.Columns[column].Type;
        if (type is not (FieldType.Text or FieldType.Name or FieldType.Address)) cell = Unseen.Without(cell);
        switch (type)
        {
            case FieldType.ResidentNumber:
                return Number(cell, out finding);
            case FieldType.Date:
                return Date(column, cell, out finding);
            case FieldType.Year:
                return Year(column, cell, out finding);
            case FieldType.Sex:
                return Short(SexOf, cell) ?? Unread("registers.row.sex", out finding);
            case FieldType.Code:
                return Short(codes[column], cell) ?? Unread("registers.row.code", out finding);
            case FieldType.Phone:
                return Phone(cell) ?? Unread("registers.row.phone", out finding);
            case FieldType.Decimal:
                return Decimal(cell) ?? Unread("registers.row.decimal", out finding);
            case FieldType.Id:
                return Id(cell);
            default:
                if (HasLostCharacter(cell)) finding = "registers.row.lost_character";
                return Clean(cell);
        }
    }

    private static string? Unread(string code, out string? finding)
    {
        finding = code;
        return null;
    }

    /// <summary>#REF!, #NAME?, #DIV/0! …, and the #### of a column too narrow for its number, as a spreadsheet exports them.</summary>
    private static bool IsErrorWord(ReadOnlySpan<char> cell) => cell.Length is >= 2 and <= 16 && (cell[0] == '#'
        ? cell is "#N/A" or "#GETTING_DATA" || !cell.ContainsAnyExcept('#')
            || (cell[^1] is '!' or '?' && !cell[1..^1].ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ/0_"))
        : cell.Length == 7 && cell.StartsWith("Err:5"));

    /// <summary>A formula that was exported as it is written.</summary>
    private static bool IsFormula(ReadOnlySpan<char> cell) => cell.Length > 2 && cell[0] == '=' && char.IsAsciiLetterUpper(cell[1]);

    private static string Clean(ReadOnlySpan<char> cell)
    {
        cell = Unseen.WithoutLeftovers(cell);
        if (!cell.ContainsAnyInRange('\0', '\x1f')) return cell.ToString();
        Span<char> text = cell.Length <= 512 ? stackalloc char[cell.Length] : new char[cell.Length];
        var n = 0;
        foreach (var c in cell)
        {
            if (!char.IsControl(c)) text[n++] = c;
            else if (n > 0 && text[n - 1] != ' ') text[n++] = ' ';
        }
        return text[..n].ToString();
    }

    /// <summary>
    /// A replacement mark, the question marks that a conversion leaves where a character has no place in GBK, what two replacement marks look
    /// like when read as GBK, and characters that only one office's own font can show.
    /// </summary>
    private static bool HasLostCharacter(ReadOnlySpan<char> cell) =>
        cell.ContainsAny('\ufffd', '?') || cell.ContainsAnyInRange('\ue000', '\uf8ff') || cell.Contains("锟斤拷", StringComparison.Ordinal);

    private static string Number(ReadOnlySpan<char> cell, out string? finding)
    {
        var number = ResidentNumber.Normalise(cell);
        finding = ResidentNumber.FormOf(number) switch
        {
            NumberForm.Valid => null,
            NumberForm.OtherPaper => "registers.row.other_document",
            _ => "registers.row.number",
        };
        return number;
    }

    private string? Date(int column, ReadOnlySpan<char> cell, out string? finding)
    {
        finding = null;
        if (Instant.TryRead(cell, layout.Clock, out var date))
        {
            if (!date.IsKnown) return Unread("registers.row.instant", out finding);
        }
        else if (!VagueDate.TryParse(cell, out date) && !(ExcelDay(cell) is { } iso && VagueDate.TryParse(iso, out date)))
            return Unread("registers.row.date", out finding);
        if (IsTooLate(column, date)) return Unread("registers.row.future", out finding);
        if (days.TryGetValue(date, out var known)) return known;
        var text = date.ToString();
        if (days.Count < 200_000) days.Add(date, text);
        return text;
    }

    /// <summary>What has happened has happened by today; what may lie ahead lies within a few years.</summary>
    private bool IsTooLate(int column, VagueDate date) => layout.Clock is { Today: var today }
        && date.Earliest > (layout.Columns[column].Ahead ? today.AddYears(ListClock.YearsAheadMax) : today);

    /// <summary>A five-digit number where a date should be is the day count that a spreadsheet shows without its date format.</summary>
    private static string? ExcelDay(ReadOnlySpan<char> cell) =>
        cell.Length == 5 && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) ? ExcelDate.ToIso(serial) : null;

    private string? Year(int column, ReadOnlySpan<char> cell, out string? finding)
    {
        finding = null;
        if (!VagueDate.TryParse(cell, out var date)) return Unread("registers.row.year", out finding);
        return IsTooLate(column, new VagueDate(date.Year)) ? Unread("registers.row.future", out finding)
            : date.Year.ToString("0000", CultureInfo.InvariantCulture);
    }

    private static string? Short(Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> cell)
    {
        if (words.TryGetValue(cell, out var word)) return word;
        if (cell.Length > MaxShortChars) return null;
        Span<char> folded = stackalloc char[MaxShortChars];
        var n = Ascii(cell, folded);
        for (var i = 0; i < n; i++) folded[i] = char.ToUpperInvariant(folded[i]);
        return words.TryGetValue(folded[..n], out word) ? word : null;
    }

    private static string Id(ReadOnlySpan<char> cell)
    {
        Span<char> text = cell.Length <= 512 ? stackalloc char[cell.Length] : new char[cell.Length];
        var n = Ascii(cell, text);
        return text[..n].TrimStart('\'').ToString();
    }

    private static string? Phone(ReadOnlySpan<char> cell)
    {
        Span<char> digits = stackalloc char[16];
        var n = 0;
        foreach (var raw in cell)
        {
            var c = Fold(raw);
            if (c is >= '0' and <= '9')
            {
                if (n == digits.Length) return null;
                digits[n++] = c;
            }
            else if (c is '/' or ',' or ';' or '、' or '|' or '\n') break;
            else if (c is not ('-' or '+' or '(' or ')' or '\'' or '.' or '—') && !Unseen.IsBlank(c)) return null;
            // Two numbers in a cell are often parted by a space only.
            else if (n == 11 && digits[0] == '1') break;
        }
        ReadOnlySpan<char> number = digits[..n];
        if (n is 13 or 15 && number.TrimStart('0').StartsWith("86")) number = number.TrimStart('0')[2..];
        return number.Length is >= 5 and <= 12 ? number.ToString() : null;
    }

    private static string? Decimal(ReadOnlySpan<char> cell)
    {
        if (cell.Length > MaxShortChars) return null;
        Span<char> text = stackalloc char[MaxShortChars];
        var n = Ascii(cell, text);
        return decimal.TryParse(text[..n], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Full-width forms become ASCII and blanks go; gives the length written.</summary>
    private static int Ascii(ReadOnlySpan<char> cell, Span<char> into)
    {
        var n = 0;
        foreach (var c in cell)
            if (!Unseen.IsBlank(c)) into[n++] = Fold(c);
        return n;
    }

    private static char Fold(char c) => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c;
}
