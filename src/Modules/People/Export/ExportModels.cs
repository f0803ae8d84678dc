using Legwork.Kernel;

namespace Legwork.People.Export;

internal sealed record ExportModel(IReadOnlyList<string> Places, IReadOnlyList<string> Kinds, ExportAsked Said, Refusal? Wrong);
