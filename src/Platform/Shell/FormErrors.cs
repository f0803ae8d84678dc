using Legwork.Kernel;

namespace Legwork.Platform.Shell;

/// <summary>What is wrong with a form, by field name, in the order of the page. Sentences already in the reader's language.</summary>
public sealed class FormErrors
{
    private readonly List<(string Field, string Message)> errors = [];

    /// <summary>The <c>Prefix</c> of the form that was refused, where the page has several.</summary>
    public string Prefix { get; init; } = "";

    public bool Any => errors.Count > 0;

    public IReadOnlyList<(string Field, string Message)> All => errors;

    public string? this[string field] => errors.FirstOrDefault(e => e.Field == field).Message;

    /// <summary>One refusal of the whole form, shown at the field that caused it.</summary>
    public static FormErrors Of(T texts, string field, Refusal refusal, string prefix = "") =>
        new FormErrors { Prefix = prefix }.Add(field, texts[refusal]);

    /// <summary>A refusal and whatever else is wrong (<see cref="Refusal.Also"/>), each at the field that caused it.</summary>
    public static FormErrors Of(T texts, Func<string, string> fieldOf, Refusal refusal, string prefix = "")
    {
        var errors = new FormErrors { Prefix = prefix };
        foreach (var wrong in refusal.Also.Prepend(refusal)) errors.Add(wrong.At ?? fieldOf(wrong.Code), texts[wrong]);
        return errors;
    }

    public FormErrors Add(string field, string message)
    {
        errors.Add((field, message));
        return this;
    }
}
