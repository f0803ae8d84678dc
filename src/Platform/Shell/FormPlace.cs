namespace Legwork.Platform.Shell;

/// <summary>What a form tells its fields: several forms of one page have fields of one name, and an id stands in a page once.</summary>
/// <param name="Prefix">Before the ids of the form's fields; the names sent stay as they are.</param>
/// <param name="Given">What was typed before the form was refused, by field.</param>
/// <param name="Kept">What was typed before the sign-in ended, by field; it goes before whatever the page itself would show.</param>
internal sealed record FormPlace(string Prefix, IReadOnlyDictionary<string, string>? Given, IReadOnlyDictionary<string, string[]>? Kept = null);
