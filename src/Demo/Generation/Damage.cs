using System.Text;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>
/// The ways in which a full list arrives damaged; each must be refused whole, since a bad full list would cancel people. Works on the bytes of
/// the insurance roll.
/// </summary>
public static class Damage
{
    /// <summary>Name of the damage → the damaged file. The empty name is last month's list under this month's name.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Register, DateOnly, byte[]>> Kinds =
        new Dictionary<string, Func<Register, DateOnly, byte[]>>
        {
            [""] = RegisterFile.Bytes,
            ["十分之一"] = ATenth,
            ["缺证件姓名"] = WithoutNameAndNumber,
            ["三成校验错"] = WrongChecks,
            ["多列"] = ExtraFields,
            ["截断"] = CutInARow,
            ["混合编码"] = MixedEncodings,
        };

    /// <summary>Writes every kind as <c>参保人员_202611_十分之一.csv</c> and so on.</summary>
    public static void WriteAll(string folder, Register roll, DateOnly month)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, damage) in Kinds)
        {
            var file = roll.Layout.FileName(month);
            if (name.Length > 0) file = file.Replace(".csv", $"_{name}.csv", StringComparison.Ordinal);
            File.WriteAllBytes(Path.Combine(folder, file), damage(roll, month));
        }
    }

    private static byte[] ATenth(Register roll, DateOnly month) =>
        RegisterFile.Bytes(With(roll, roll.Rows.Take(Math.Max(1, roll.Rows.Count / 10))), month);

    private static byte[] WithoutNameAndNumber(Register roll, DateOnly month)
    {
        var (name, number) = (roll.Layout.Column("姓名"), roll.Layout.Column("证件号码"));
        return RegisterFile.Bytes(With(roll, roll.Rows.Select((row, i) =>
        {
            if (i % 5 != 0) return row;
            string[] blank = [.. row];
            blank[name] = blank[number] = "";
            return blank;
        })), month);
    }

    private static byte[] WrongChecks(Register roll, DateOnly month)
    {
        var number = roll.Layout.Column("证件号码");
        return RegisterFile.Bytes(With(roll, roll.Rows.Select((row, i) =>
        {
            if (i % 10 >= 3 || !ResidentNumber.IsValid(row[number])) return row;
            string[] wrong = [.. row];
            wrong[number] = row[number][..17] + (row[number][17] == '0' ? '1' : '0');
            return wrong;
        })), month);
    }

    private static byte[] ExtraFields(Register roll, DateOnly month)
    {
        var lines = Encoding.UTF8.GetString(RegisterFile.Bytes(roll, month)).Split('\n');
        for (var i = 7; i < lines.Length - 1; i += 50) lines[i] += ",多,余";
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    // After a comma, so that the last row is short whatever characters it has.
    private static byte[] CutInARow(Register roll, DateOnly month)
    {
        var bytes = RegisterFile.Bytes(roll, month);
        var end = Array.IndexOf(bytes, (byte)',', bytes.Length * 2 / 3);
        return bytes[..(end + 1)];
    }

    private static byte[] MixedEncodings(Register roll, DateOnly month)
    {
        var bytes = RegisterFile.Bytes(roll, month);
        var half = Array.IndexOf(bytes, (byte)'\n', bytes.Length / 2) + 1;
        return [.. bytes[..half], .. Charset.Of("gb18030").GetBytes(Encoding.UTF8.GetString(bytes.AsSpan(half)))];
    }

    private static Register With(Register roll, IEnumerable<string[]> rows)
    {
        var other = new Register(roll.Layout);
        other.Rows.AddRange(rows);
        return other;
    }
}
