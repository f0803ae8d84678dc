using Legwork.Kernel;
using Legwork.People.Desk;
using Legwork.People.Desk.Lists;
using Legwork.Platform.Access;

namespace Legwork.People.Pages;

internal sealed record ImportsModel(ListDeskView View, bool MayImport, Refusal? Wrong);

internal sealed record ImportModel(ImportLine Import, bool MayImport);

internal sealed record ExportModel(IReadOnlyList<string> Places, IReadOnlyList<string> Kinds, ExportAsked Said, Refusal? Wrong);
