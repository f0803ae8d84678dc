using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Platform.Modules;

/// <summary>
/// What waits for whoever signs in: the start page shows it first. It names nobody, so that nothing is read of a person before the work begins,
/// and counts with <c>Store.ReadAsync</c>. It is counted anew with each visit, so the count must be cheap.
/// </summary>
/// <param name="Text">Key of the heading.</param>
/// <param name="Order">Lower stands first.</param>
/// <param name="Permission">To whom it is shown.</param>
/// <param name="Count">Takes the services of the request and who asks.</param>
public sealed record WorkWaiting(string Text, int Order, Permission Permission,
    Func<IServiceProvider, Actor, CancellationToken, Task<WaitingNow>> Count);

/// <param name="Counts">Value = the page of what is counted, Text = its words, Hint = the count.</param>
/// <param name="First">The first item, or where to begin; null where nothing waits.</param>
/// <param name="Covers">Addresses in the navigation that need no entry of their own beside it.</param>
public sealed record WaitingNow(IReadOnlyList<Choice> Counts, Crumb? First, IReadOnlyList<string> Covers);
