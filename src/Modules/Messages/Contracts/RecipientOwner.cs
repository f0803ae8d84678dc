using Legwork.Platform.Access;

namespace Legwork.Messages.Contracts;

/// <summary>Who knows how the people under a prefix are reached. Two owners of one prefix are refused at start.</summary>
/// <param name="Prefix">Module and kind of person, ending with a stroke: <c>people/person/</c>.</param>
/// <param name="Recipients">Asked for when the first message to such a person is due.</param>
public sealed record RecipientOwner(string Prefix, Func<IServiceProvider, IRecipients> Recipients);

/// <summary>Implemented by each module that has people who are told something.</summary>
public interface IRecipients
{
    /// <summary>How they are reached today. Whoever may not be told any more (has died, is unknown) is missing. The look stands in the log of
    /// reads under the purpose <c>message</c> before this completes.</summary>
    /// <param name="actor">Who looks: the machine that hands over, or a clerk who rings.</param>
    /// <param name="reference">Under which batch they were looked up, for the log.</param>
    Task<IReadOnlyDictionary<string, Recipient>> Find(Actor actor, Permission permission, IReadOnlyCollection<string> whom, string reference,
        CancellationToken cancel);
}

/// <param name="Name">To whom a letter is written: the guardian of a child.</param>
/// <param name="Telephone">Empty where none is known, as the others.</param>
/// <param name="HasAccount">Reads what is told on pages of this server.</param>
public sealed record Recipient(string Name, string Telephone, string Email, string Post, bool HasAccount);
