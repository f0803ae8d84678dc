namespace Legwork.Webhooks.Sending;

/// <param name="Id">The header <c>webhook-id</c>: the same each time it is sent.</param>
/// <param name="At">Seconds since 1970.</param>
internal readonly record struct Letter(string Id, long At, string Signature, byte[] Body);

internal enum Answered
{
    Taken,

    /// <summary>Not now: tried again.</summary>
    Again,

    /// <summary>The receiver wants no more (410).</summary>
    Gone,
}

/// <param name="Reason">A few words of our own; nothing that the receiver wrote.</param>
/// <param name="Wait">How long the receiver asks to be left alone.</param>
internal readonly record struct PostAnswer(Answered Answered, string Reason, TimeSpan? Wait = null);

/// <summary>Brings one delivery to its receiver. Never throws but when cancelled.</summary>
internal interface IPost
{
    Task<PostAnswer> Send(Uri to, Letter letter, CancellationToken cancel);
}
