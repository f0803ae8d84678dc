using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.People.Pairs;

internal sealed record QueueModel(string State, PairQueuePage Page, WhatWasDone? Done);

/// <param name="MayConfirm">A second person who may confirm the merge that waits.</param>
internal sealed record PairModel(PairView View, Actor Actor, bool MayConfirm, string Reason, Refusal? Wrong);

internal sealed record HeldPairModel(string By, DateTimeOffset Until, long Pair);

/// <param name="Chosen">Lineages ticked.</param>
internal sealed record SplitModel(FileView View, IReadOnlySet<long> Chosen, string Reason, Refusal? Wrong);

/// <param name="Choices">Who answers to what was written.</param>
internal sealed record SameModel(PersonId File, string Name, string Said, IReadOnlyList<FoundPerson> Choices, Refusal? Wrong);
