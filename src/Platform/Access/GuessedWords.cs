using System.IO.Compression;

namespace Legwork.Platform.Access;

/// <summary>What is tried first against an office's server (docs/security/README.md says where the words come from). Any signs may stand in a
/// password, but one that is nothing but such words, digits and marks is known to whoever knows the office, or has the lists that go round.</summary>
internal static class GuessedWords
{
    private const int OtherLettersMin = 4, DifferentSignsMin = 4;

    // A longer word goes before one that it begins with.
    private static readonly string[] Words =
    [
        "administrator", "admin", "password", "passwort", "legwork", "welcome", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "letmein",
        "iloveyou", "abcdefghij", "abcdef", "district", "demonstration", "demo", "test", "changeme", "default", "secret", "office", "login", "user",
        "root", "china", "beijing", "shupao", "mima", "woaini",
        "数跑", "密码", "管理员", "中国",
    ];

    public static bool Only(string password)
    {
        var typed = password.ToLowerInvariant();
        return typed.Distinct().Count() < DifferentSignsMin || OnlyWords(typed) || Breached(typed);
    }

    /// <summary>The passwords of ten signs and more among the million that breaches showed most often, in small letters.</summary>
    internal static IEnumerable<string> BreachedOnes()
    {
        using var lines = new StreamReader(new GZipStream(
            typeof(GuessedWords).Assembly.GetManifestResourceStream("passwords.gz")!, CompressionMode.Decompress));
        while (lines.ReadLine() is { } line) yield return line;
    }

    private static bool OnlyWords(string typed)
    {
        var rest = typed;
        foreach (var word in Words) rest = rest.Replace(word, "", StringComparison.Ordinal);
        return rest.Length < typed.Length && rest.Count(char.IsLetter) < OtherLettersMin;
    }

    /// <summary>Read from the start each time: passwords are chosen rarely, and a table of them would stay in memory for good.</summary>
    private static bool Breached(string typed)
    {
        // A breached one with digits and marks before or behind it is no more than itself.
        var (first, last) = (Array.FindIndex(typed.ToCharArray(), char.IsLetter), Array.FindLastIndex(typed.ToCharArray(), char.IsLetter));
        var core = first < 0 ? typed : typed[first..(last + 1)];
        return BreachedOnes().Any(one => one == typed || one == core);
    }
}
