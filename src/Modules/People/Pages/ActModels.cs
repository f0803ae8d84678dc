using Legwork.Kernel;
using Legwork.People.Desk;
using Legwork.People.Files;
using Legwork.Platform.Access;

namespace Legwork.People.Pages;

/// <param name="Said">What was typed, shown again beside what is wrong.</param>
/// <param name="At">The field that <paramref name="Wrong"/> stands at.</param>
internal sealed record StatementModel(FileView View, IReadOnlyList<AttributeRule> Rules, IReadOnlyDictionary<string, string> Said, string At, Refusal? Wrong);

internal sealed record QueueModel(string State, PairQueuePage Page);

/// <param name="MayConfirm">A second person who may confirm the merge that waits.</param>
internal sealed record PairModel(PairView View, Actor Actor, bool MayConfirm, string Reason, Refusal? Wrong);

internal sealed record HeldPairModel(string By, DateTimeOffset Until, long Pair);

/// <param name="Chosen">Lineages ticked.</param>
internal sealed record SplitModel(FileView View, IReadOnlySet<long> Chosen, string Reason, Refusal? Wrong);

/// <param name="Asked">The text key of the question.</param>
/// <param name="Yes">The text key of the button.</param>
/// <param name="Field">Name of the reason's field.</param>
internal sealed record ConfirmModel(string Asked, string Yes, string What, string Action, string Cancel, bool WithReason, Refusal? Wrong);

internal sealed record SameModel(PersonId File, string Name, string Said, Refusal? Wrong);

internal sealed record ProofingModel(FileView View, IReadOnlyDictionary<string, string> Said, Refusal? Wrong);

internal sealed record NewAccountModel(FileView View, CitizenAccount Account);

internal sealed record GuardiansModel(FileView View, IReadOnlyDictionary<string, string> Said, Refusal? Wrong);
