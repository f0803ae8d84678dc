using Legwork.Kernel;

namespace Legwork.People.Registers;

internal sealed record ImportsModel(ListDeskView View, bool MayImport, Refusal? Wrong);

internal sealed record ImportModel(ImportLine Import, bool MayImport);
