using Legwork.Platform.Shell;

namespace Legwork.Cases.Pages;

/// <summary>Which of a case's forms was refused, and what was typed into it: it alone is shown open, filled and with its error.</summary>
/// <param name="Verb">The end of the form's address; empty when none was.</param>
public sealed record RefusedForm(string Verb, FormErrors? Errors, IReadOnlyDictionary<string, string> Given)
{
    public static readonly RefusedForm None = new("", null, new Dictionary<string, string>());

    public bool Is(string verb) => Verb == verb;

    public FormErrors? ErrorsOf(string verb) => Is(verb) ? Errors : null;

    public IReadOnlyDictionary<string, string>? GivenOf(string verb) => Is(verb) ? Given : null;
}
