namespace Legwork.Platform.Shell;

public static class FormText
{
    /// <summary>Trimmed and cut, never through the middle of a sign: PostgreSQL takes no half one.</summary>
    public static string Cut(string text, int lengthMax)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= lengthMax ? trimmed : trimmed[..(char.IsHighSurrogate(trimmed[lengthMax - 1]) ? lengthMax - 1 : lengthMax)];
    }
}
