namespace Legwork.Messages.Channels;

/// <summary>What a gateway reports of a message, perhaps hours after it took it.</summary>
/// <param name="Key">The message, as it was handed over with; or</param>
/// <param name="Id">the gateway's own number, as it answered.</param>
/// <param name="State"><c>delivered</c> or <c>failed</c>.</param>
/// <param name="Reason">The gateway's words, kept with the message: at most 200 signs of them.</param>
internal sealed record Receipt(string? Key, string? Id, string? State, string? Reason);

/// <param name="Already">It was reported before, and nothing has changed.</param>
internal sealed record ReceiptTaken(string State, bool Already);
