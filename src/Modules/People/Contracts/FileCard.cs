using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.People.Contracts;

/// <summary>
/// A card of a later module on a person's file and on the person's own page. It stands there only where the page's purpose opens the field
/// to the reader: the look is then in the log already as the page's, and the card reads no more than the page might.
/// </summary>
/// <param name="Field">The field whose data it shows.</param>
/// <param name="Order">Lower stands first.</param>
/// <param name="Show">Null when there is nothing to show of this person.</param>
public sealed record FileCard(string Field, int Order, Func<FileCardAsk, Task<FileCardShown?>> Show);

/// <param name="Services">Of the request, so that a card speaks the reader's language.</param>
/// <param name="Cancel">Whoever has gone on does not wait for a card.</param>
/// <param name="Purpose">The page's, opening no more than the reader may see of this person.</param>
public sealed record FileCardAsk(IServiceProvider Services, PersonCard Person, Purpose Purpose, CancellationToken Cancel);

/// <param name="Under">What follows the page's own address to come to the whole: <c>/immunization</c>.</param>
/// <param name="More">The words of that link.</param>
public sealed record FileCardShown(string Title, IReadOnlyList<FileCardLine> Lines, string Under, string More);

/// <param name="Mark">A word beside the line, or empty.</param>
public sealed record FileCardLine(string Text, string Mark = "", Tone Tone = Tone.Plain);
