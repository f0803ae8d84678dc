using Legwork.Kernel;
using Legwork.People.Files;

namespace Legwork.People.Guardians;

internal sealed record GuardiansModel(FileView View, IReadOnlyDictionary<string, string> Said, Refusal? Wrong);
