using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Platform.ReadLog.Pages;

internal sealed record HoldModel(Hold Hold, Actor Actor, FormErrors? Errors);

internal sealed record NewHoldModel(HoldForm Form, IReadOnlyList<PersonId> Persons, FormErrors? Errors);

internal sealed record ReadsModel((IReadOnlyList<ReadTold> Reads, long Count) Found, ReadQuestion Question, int At, bool MayHold);
