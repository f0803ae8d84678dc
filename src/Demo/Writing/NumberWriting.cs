namespace Legwork.Demo;

/// <summary>Writes resident numbers with the slips of typing and the habits of offices.</summary>
internal sealed class NumberWriting(ErrorDice errors)
{
    /// <summary>The number as typed: mostly right, sometimes one digit or one swap off. Such a number never passes its check.</summary>
    public string Typed(string number, long subject)
    {
        var dice = Dice.Of(errors.Seed, "typed number", subject);
        if (errors.Strikes("number_typing", subject))
        {
            var at = dice.Below(17);
            var digit = (char)('0' + (number[at] - '0' + dice.Between(1, 9)) % 10);
            errors.Count("number_typing");
            return string.Concat(number.AsSpan(0, at), digit.ToString(), number.AsSpan(at + 1));
        }
        if (errors.Strikes("number_swap", subject))
        {
            var at = dice.Below(17);
            while (number[at] == number[at + 1]) at = (at + 1) % 17;
            errors.Count("number_swap");
            return $"{number[..at]}{number[at + 1]}{number[at]}{number[(at + 2)..]}";
        }
        return number;
    }

    /// <summary>The number with an office's habits: the old standard's 15 digits, full width, lower case, spaces.
    /// It reads back as the same number, unless a spreadsheet had it or another paper stands for it.</summary>
    public string InList(string number, long subject)
    {
        var typed = Typed(number, subject);
        if (typed != number) return typed;
        if (errors.Strikes("number_spreadsheet", subject))
        {
            errors.Count("number_spreadsheet");
            return Dice.Of(errors.Seed, "spreadsheet", subject).Chance(0.5) ? $"{number[0]}.{number[1..6]}E+17" : number[..15] + "000";
        }
        if (errors.Strikes("number_other_paper", subject))
        {
            errors.Count("number_other_paper");
            return $"E{Dice.Of(errors.Seed, "other paper", subject).Between(10_000_000, 99_999_999)}";
        }
        if (number[17] == 'X' && errors.Strikes("number_x_of_another_script", subject))
        {
            errors.Count("number_x_of_another_script");
            return number[..17] + "ХΧ×"[Dice.Of(errors.Seed, "script of x", subject).Below(3)];
        }
        if (number[6..8] == "19" && errors.Strikes("number_old_15", subject))
        {
            errors.Count("number_old_15");
            return number[..6] + number[8..17];
        }
        if (!errors.Strikes("number_written_otherwise", subject)) return number;
        errors.Count("number_written_otherwise");
        return Dice.Of(errors.Seed, "number habit", subject).Below(3) switch
        {
            0 => FullWidth(number),
            1 when number[17] == 'X' => number[..17] + "x",
            _ => $"{number[..6]} {number[6..14]} {number[14..]}",
        };
    }

    public static string FullWidth(string text) => string.Concat(text.Select(c =>
        c is >= '0' and <= '9' ? (char)(c - '0' + '０') : c == 'X' ? 'Ｘ' : c));
}

