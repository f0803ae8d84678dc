using Legwork.Kernel;
using Legwork.People.Files;

namespace Legwork.People.Corrections;

/// <param name="Said">What was typed, shown again beside what is wrong.</param>
/// <param name="At">The field that <paramref name="Wrong"/> stands at.</param>
internal sealed record StatementModel(FileView View, IReadOnlyList<AttributeRule> Rules,
    IReadOnlyDictionary<string, string> Said, string At, Refusal? Wrong);

internal sealed record AskModel(FileView View, string Address, IReadOnlyList<AttributeRule> Rules,
    IReadOnlyDictionary<string, string> Said, string At, Refusal? Wrong);
