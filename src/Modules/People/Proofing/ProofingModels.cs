using Legwork.Kernel;
using Legwork.People.Files;

namespace Legwork.People.Proofing;

internal sealed record ProofingModel(FileView View, IReadOnlyDictionary<string, string> Said, Refusal? Wrong);

internal sealed record NewAccountModel(FileView View, CitizenAccount Account);
