using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Messages.Contracts;

/// <summary>
/// What people are told, whoever tells it. A message is planned in the unit of the act of which it speaks, handed over once, and never after
/// its time; who could not be reached stands on a list of the place.
/// </summary>
public interface IMessages
{
    /// <summary>Plans a message. The same kind told again to the same person about the same thing is the same message.</summary>
    /// <exception cref="ArgumentException">No module's <c>Rules/messages.yaml</c> declares the kind.</exception>
    void Tell(Session session, Message message);

    /// <summary>What was to be spoken of is no more: what was not handed over yet stays unsaid.</summary>
    /// <returns>How many stay unsaid.</returns>
    int Withdraw(Session session, string about);

    /// <summary>What these people were told, newest first, for a page of their own; what is shown counts as read.</summary>
    /// <param name="t">The reader's language.</param>
    /// <param name="whom">A person under every id that the file ever had.</param>
    Task<IReadOnlyList<ToldMessage>> Show(T t, IReadOnlyCollection<string> whom, CancellationToken cancel);

    /// <summary>How many of what they were told they have not seen.</summary>
    Task<int> Unread(IReadOnlyCollection<string> whom, CancellationToken cancel);

    /// <summary>How a person wishes to be told; what every one begins with where nothing was said.</summary>
    Task<Wish> WishOf(string whom, CancellationToken cancel);

    Task Keep(string whom, Wish wish);

    /// <summary>Hands over what is due until nothing is; a server does it by itself.</summary>
    /// <returns>How many took a step; none while another node is at it.</returns>
    Task<int> HandOver(CancellationToken cancel);

    /// <summary>How many stand in each state, for benches and figures.</summary>
    Task<IReadOnlyDictionary<string, long>> States(CancellationToken cancel);
}

/// <param name="Kind">As a module's <c>Rules/messages.yaml</c> declares it; texts <c>message.KIND.title</c> and <c>message.KIND.text</c>.</param>
/// <param name="To">Whom, <c>people/person/0198…</c>: who begins with the prefix is found by its <see cref="RecipientOwner"/>.</param>
/// <param name="About">The one thing of which it speaks, <c>people/correction/0198…</c>; withdrawn with it.</param>
/// <param name="Place">The finest place known, on whose lists it stands when nobody is reached.</param>
/// <param name="Words">Fill the text's places in their order.</param>
/// <param name="From">Not handed over earlier; null is at once.</param>
/// <param name="NotAfter">The beginning of what it speaks of: from then on it is never handed over. Null is as long as its kind lasts.</param>
public sealed record Message(string Kind, string To, string About, string Place, IReadOnlyList<Word> Words, DateTimeOffset? From = null,
    DateTimeOffset? NotAfter = null);

/// <summary>One word of a message, written as its reader's language writes it.</summary>
/// <param name="As"><c>plain</c>, <c>day</c> (yyyy-MM-dd), <c>place</c> (a code), <c>text</c> (a text's key) or <c>called</c> (an office's
/// Chinese).</param>
public sealed record Word(string As, string Value)
{
    public static Word Plain(string text) => new("plain", text);

    public static Word Day(DateOnly day) => new("day", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public static Word Place(string code) => new("place", code);

    public static Word Text(string key) => new("text", key);

    public static Word Called(string chinese) => new("called", chinese);
}

/// <summary>One of the things that a person was told, in the reader's language.</summary>
/// <param name="Ways">How it was handed over beside this page.</param>
public sealed record ToldMessage(Guid Id, DateTimeOffset At, string Title, string Text, bool New, IReadOnlyList<string> Ways);

/// <param name="Off">Ways of telling that this person does not want.</param>
/// <param name="Language"><c>zh-CN</c>, <c>bo</c> or <c>en</c>.</param>
public sealed record Wish(IReadOnlyList<string> Off, string Language);
