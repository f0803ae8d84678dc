namespace Legwork.Platform.Shell;

/// <summary>
/// Words that stand in Chinese in lists, rules and cases because an office wrote them so (a list's title, a field), with what readers
/// of the other languages call them. They come from the district's data, so a new list needs no code.
/// </summary>
public interface ICalledWords
{
    IEnumerable<(string Chinese, string Tibetan, string English)> Words { get; }
}
