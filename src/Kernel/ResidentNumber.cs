using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Legwork.Kernel;

/// <summary>
/// A citizen's identity number (公民身份号码), GB 11643-1999: 6 digits of the region where it was coded, 8 of the birth date,
/// 3 of sequence (the last odd for men), 1 check character. Prints masked; only <see cref="Reveal"/> gives all of it.
/// </summary>
/// <remarks>The region part is where the number was coded and says nothing of where its bearer lives or is registered.</remarks>
public readonly struct ResidentNumber : IEquatable<ResidentNumber>
{
    /// <summary>The permit of Taiwan residents is the one other paper of digits alone.</summary>
    private const int TaiwanPermitDigits = 8;

    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private readonly string? text;

    private ResidentNumber(string text) => this.text = text;

    private string Text => text ?? throw new InvalidOperationException("A default ResidentNumber holds no number.");

    public DateOnly Birth => new(Part(6, 4), Part(10, 2), Part(12, 2));

    public Sex Sex => (Text[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    public string RegionWhenCoded => Text[..6];

    /// <summary>All eighteen characters. Callers state why and leave a trace in the read log.</summary>
    public string Reveal() => Text;

    /// <summary>Region and last four stay, the birth date is hidden: <c>110101********0018</c>.</summary>
    public override string ToString() => text is null ? "" : Mask(Text);

    /// <summary>Masks any text that stands where a number should, whole or damaged.</summary>
    public static string Mask(string number) =>
        number.Length < 8 ? new string('*', number.Length) : number[..Math.Min(6, number.Length - 5)]
            + new string('*', number.Length - Math.Min(6, number.Length - 5) - 4) + number[^4..];

    /// <summary>
    /// Brings what offices write into the one form: digits of any script, every letter and sign that looks like X, and nothing for blanks,
    /// dashes, quotes and marks that print nothing; a 15-digit number of the 1989 standard gets its century and check character. What is
    /// not a number stays as it is.
    /// </summary>
    public static string Normalise(ReadOnlySpan<char> written)
    {
        Span<char> buffer = written.Length <= 64 ? stackalloc char[64] : new char[written.Length];
        var n = 0;
        foreach (var c in written)
        {
            if (!SaysNothing(c)) buffer[n++] = Plain(c);
        }

        var text = buffer[..n].ToString();
        if (n != 15 || !IsDigits(text)) return text;
        var century = string.Concat(text.AsSpan(0, 6), "19", text.AsSpan(6));
        return century + CheckCharacter(century);
    }

    /// <summary>What a text in a column of numbers is. A check of form only: a valid number may still be somebody else's.</summary>
    /// <param name="text">Normalised.</param>
    /// <param name="isOtherPaper">Whether the row says that its paper is another than the resident's card; null when it says nothing.</param>
    public static NumberForm FormOf(ReadOnlySpan<char> text, bool? isOtherPaper = null)
    {
        if (IsValid(text)) return NumberForm.Valid;
        var digits = 0;
        foreach (var c in text) digits += char.IsAsciiDigit(c) ? 1 : 0;
        if (digits == 0 || IsLeftOver(text, digits)) return NumberForm.Lost;
        // About as long as one, and nearly all of it digits: whoever typed it meant a resident number.
        if (text.Length is >= 14 and <= 20 && digits >= text.Length - 2) return NumberForm.Damaged;
        var isPlain = digits == text.Length;
        if (isPlain ? isOtherPaper ?? digits == TaiwanPermitDigits : digits >= 5) return NumberForm.OtherPaper;
        return isPlain || isOtherPaper != true ? NumberForm.Damaged : NumberForm.OtherPaper;
    }

    /// <summary>
    /// 5.40102E+17 and 540102199003070000, which spreadsheets make of eighteen digits (they keep fifteen), a number with stars or crosses in
    /// place of digits, and one digit over and over: nobody can be told by it.
    /// </summary>
    private static bool IsLeftOver(ReadOnlySpan<char> text, int digits)
    {
        if (text.ContainsAny("*#?…") || !text.ContainsAnyExcept(text[0])) return true;
        if (digits == 18 && text.EndsWith("000")) return true;
        var exponent = text.IndexOfAny('E', 'e');
        return exponent > 0 && !text[..exponent].ContainsAnyExcept("0123456789.,")
            && text[(exponent + 1)..].TrimStart('+') is { IsEmpty: false } power
            && IsDigits(power) && power.Length <= 2;
    }

    private static char Plain(char c) => c switch
    {
        'x' => 'X',
        <= '\x7f' => c,
        'Ｘ' or 'ｘ' or '×' or 'Х' or 'х' or 'Χ' or 'χ' or 'Ⅹ' or 'ⅹ' or '✕' or '✖' or '╳' => 'X',
        _ when char.GetUnicodeCategory(c) == UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
        _ => c,
    };

    private static bool SaysNothing(char c) => c <= '\x7f' ? c is <= ' ' or '-' or '\'' or '`' or '"' or '\x7f'
        : char.IsWhiteSpace(c) || c is '−' || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.DashPunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation;

    /// <summary>True only for 18 characters with a real birth date and a right check character.</summary>
    public static bool TryParse([NotNullWhen(true)] string? written, out ResidentNumber number)
    {
        number = default;
        if (written is null) return false;
        var text = Normalise(written);
        if (!IsValid(text)) return false;
        number = new ResidentNumber(text);
        return true;
    }

    /// <summary>The same test on text that is already normalised.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 18 && IsDigits(text[..17]) && HasBirth(text) && text[17] == CheckCharacter(text);

    /// <summary>ISO 7064 MOD 11-2 over the first seventeen digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (seventeen[i] - '0') * Weights[i];
        return "10X98765432"[sum % 11];
    }

    /// <summary>
    /// The valid numbers one edit away from a damaged one: 17 × 9 substitutions, the check character, and 16 swaps of neighbours.
    /// A candidate is a question, not an answer: name and birth must confirm it.
    /// </summary>
    public static IEnumerable<string> Repairs(string damaged)
    {
        if (damaged.Length != 18) yield break;
        var chars = damaged.ToCharArray();
        for (var i = 0; i < 18; i++)
        {
            var kept = chars[i];
            foreach (var c in i == 17 ? "0123456789X" : "0123456789")
            {
                if (c == kept) continue;
                chars[i] = c;
                if (IsValid(chars)) yield return new string(chars);
            }
            chars[i] = kept;
        }
        for (var i = 0; i < 17; i++)
        {
            if (chars[i] == chars[i + 1]) continue;
            (chars[i], chars[i + 1]) = (chars[i + 1], chars[i]);
            if (IsValid(chars)) yield return new string(chars);
            (chars[i], chars[i + 1]) = (chars[i + 1], chars[i]);
        }
    }

    /// <summary>True when one substitution or one swap of neighbours turns one text into the other.</summary>
    public static bool OneEditApart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length != b.Length) return false;
        var first = a.CommonPrefixLength(b);
        if (first == a.Length) return false;
        if (a[(first + 1)..].SequenceEqual(b[(first + 1)..])) return true;
        return first + 1 < a.Length && a[first] == b[first + 1] && a[first + 1] == b[first]
            && a[(first + 2)..].SequenceEqual(b[(first + 2)..]);
    }

    public bool Equals(ResidentNumber other) => text == other.text;

    public override bool Equals(object? obj) => obj is ResidentNumber other && Equals(other);

    public override int GetHashCode() => text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public static bool operator ==(ResidentNumber a, ResidentNumber b) => a.Equals(b);

    public static bool operator !=(ResidentNumber a, ResidentNumber b) => !a.Equals(b);

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool HasBirth(ReadOnlySpan<char> text)
    {
        var year = Read(text.Slice(6, 4));
        var month = Read(text.Slice(10, 2));
        var day = Read(text.Slice(12, 2));
        return year is >= 1850 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private int Part(int start, int length) => Read(Text.AsSpan(start, length));

    private static int Read(ReadOnlySpan<char> digits)
    {
        var n = 0;
        foreach (var c in digits) n = n * 10 + (c - '0');
        return n;
    }
}

/// <summary>What stands where a resident number should.</summary>
public enum NumberForm : byte
{
    /// <summary>A resident number with a real day and the right check character.</summary>
    Valid,

    /// <summary>Meant as a resident number and mistyped.</summary>
    Damaged,

    /// <summary>A passport, a permit of Hong Kong, Macao or Taiwan residents, a foreigner's card, an officer's card.</summary>
    OtherPaper,

    /// <summary>What a spreadsheet, a mask or a form left of a number, or no number at all: it is nobody's.</summary>
    Lost,
}

/// <summary>Sex as the registers write it (GB/T 2261.1 codes 1 and 2); unknown where a register says nothing.</summary>
public enum Sex : byte
{
    Unknown = 0,
    Male = 1,
    Female = 2,
}
