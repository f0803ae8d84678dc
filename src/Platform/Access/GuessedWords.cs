namespace Legwork.Platform.Access;

/// <summary>What is tried first against an office's server (listed in docs/security/README.md). Any signs may stand in a password, but one that is
/// nothing but such words, digits and marks is known to whoever knows the office.</summary>
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
        var rest = password.ToLowerInvariant();
        if (rest.Distinct().Count() < DifferentSignsMin) return true;
        var length = rest.Length;
        foreach (var word in Words) rest = rest.Replace(word, "", StringComparison.Ordinal);
        return rest.Length < length && rest.Count(char.IsLetter) < OtherLettersMin;
    }
}
