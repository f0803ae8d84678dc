using Legwork.Kernel;

namespace Legwork.People.Contracts;

/// <summary>How a person's file is named to modules that know opaque subjects only: <c>people/person/0198…</c>.</summary>
public static class PersonSubject
{
    public const string Prefix = "people/person/";

    public static string Of(PersonId person) => Prefix + person;

    public static bool TryParse(string subject, out PersonId person)
    {
        var named = subject.StartsWith(Prefix, StringComparison.Ordinal) & Guid.TryParseExact(
            subject.AsSpan(Math.Min(Prefix.Length, subject.Length)), "D", out var id);
        person = named ? new PersonId(id) : default;
        return named;
    }
}
