namespace Legwork.Messages.Channels;

/// <summary>One message as it leaves: to whom it goes by this way, and its words in the person's language.</summary>
internal sealed record Handing(Guid Message, string To, string Name, string Title, string Text, string Language, DateTimeOffset NotAfter);

/// <param name="Outcome"><c>handed</c>, <c>refused</c> (another way is tried), <c>again</c> (nothing left this server; the same way later),
/// <c>late</c> or <c>unsure</c> (it may have left: never tried again by itself).</param>
/// <param name="Proof">What the other side said: a number, a file. At most 200 signs, never its words as they came.</param>
internal sealed record HandedOver(Guid Message, string Outcome, string Proof);

/// <summary>A way by which messages leave.</summary>
internal interface IWay
{
    string Code { get; }

    /// <summary>Handing over the same key again does nothing twice, so what a killed process had begun may be begun again.</summary>
    bool Repeatable { get; }

    /// <summary>What is handed over lies in a file, its name the proof.</summary>
    bool WritesFiles => false;

    /// <summary>Answers for each message; throws only what is a bug.</summary>
    /// <param name="key">Of this batch, the same when it is begun again.</param>
    Task<IReadOnlyList<HandedOver>> Hand(string key, IReadOnlyList<Handing> batch, CancellationToken cancel);
}
