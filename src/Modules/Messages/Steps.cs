using Legwork.Messages.Contracts;

namespace Legwork.Messages;

/// <summary>What is done next with a message that is due.</summary>
/// <param name="State">Where it goes: <c>handing</c> by <paramref name="Way"/>, <c>waiting</c> until <paramref name="At"/>, <c>call</c>,
/// <c>handed</c> (it stands on the person's page and nothing else is wanted) or <c>unreached</c>.</param>
internal readonly record struct Step(string State, string Way, DateTimeOffset At, string Why = "");

/// <summary>Why nobody was reached; texts <c>messages.why.CODE</c>.</summary>
internal static class Why
{
    public const string Late = "late", Gone = "gone", NoWay = "no_way", Unwished = "unwished", Refused = "refused", Unsure = "unsure";
}

/// <summary>Decides purely which way a message takes, from its kind, the person's wish, what is known of the person and what was tried.</summary>
internal static class Steps
{
    /// <param name="kind">Null where no module declares it any more: there is no way then.</param>
    /// <param name="recipient">Null where nobody may be told any more.</param>
    /// <param name="tried">Ways that were tried before, whatever came of it.</param>
    /// <param name="shown">The person has seen it on a page.</param>
    public static Step Next(MessageRules rules, MessageKind? kind, Recipient? recipient, Wish wish, IReadOnlyCollection<string> tried, bool shown,
        DateTimeOffset now, DateTimeOffset notAfter)
    {
        if (now >= notAfter) return new Step("unreached", "", now, Why.Late);
        if (shown) return new Step("handed", MessageRules.App, now);
        if (recipient is null) return new Step("unreached", "", now, Why.Gone);
        if (kind is null) return new Step("unreached", "", now, Why.NoWay);
        var (later, tooLate) = ((DateTimeOffset?)null, false);
        foreach (var way in kind.Ways)
        {
            if (way == MessageRules.App || tried.Contains(way) || wish.Off.Contains(way) || !Reaches(recipient, way)) continue;
            var at = rules.NotQuiet(way, now);
            if (at >= notAfter)
            {
                tooLate = true;
                continue;
            }
            // An earlier way that is only quiet now is waited for: the next one may be a letter.
            if (at > now)
            {
                later ??= at;
                continue;
            }
            if (later is not null) break;
            return way == MessageRules.Call ? new Step("call", way, now) : new Step("handing", way, now);
        }
        if (later is { } morning) return new Step("waiting", "", morning);
        if (recipient.HasAccount && kind.Ways.Contains(MessageRules.App)) return new Step("handed", MessageRules.App, now);
        var unwished = kind.Ways.Any(way => wish.Off.Contains(way) && Reaches(recipient, way));
        return new Step("unreached", "", now, tooLate ? Why.Late : tried.Count > 0 ? Why.Refused : unwished ? Why.Unwished : Why.NoWay);
    }

    private static bool Reaches(Recipient recipient, string way) => way switch
    {
        MessageRules.Sms or MessageRules.Call => recipient.Telephone.Length > 0,
        MessageRules.Email => recipient.Email.Length > 0,
        MessageRules.Letter => recipient.Post.Length > 0,
        _ => false,
    };
}
