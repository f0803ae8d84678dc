using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// Reads of one person that are kept from that person for a time, because telling would impede a duty of law (PIPL arts 18, 35). It
/// names either one entry or every read under one reference, and holds only while two people approve of it.
/// </summary>
/// <param name="Until">The first day on which the person is told again; null while it waits for its second approval.</param>
internal sealed record Hold(Guid Id, PersonId Person, string? Node, long? Seq, string? Reference,
    string Reason, string Basis, DateTimeOffset CreatedAt, DateOnly? Until, DateTimeOffset? LiftedAt, IReadOnlyList<HoldApproval> Approvals)
{
    public HoldState StateOn(DateOnly day) => LiftedAt is not null ? HoldState.Lifted
        : Until is null ? HoldState.Waiting
        : Until > day ? HoldState.InForce : HoldState.Over;

    /// <summary>The round of approvals that is open, with its first approval; null when none is.</summary>
    public HoldApproval? Open => Approvals.GroupBy(approval => approval.Round).Where(round => round.Count() == 1).Select(round => round.First())
        .FirstOrDefault(approval => approval.Round == Approvals.Max(other => other.Round));
}

internal enum HoldState
{
    Waiting,
    InForce,
    Over,
    Lifted,
}

/// <summary>One of the two approvals of a round; the second puts the day of the first in force.</summary>
/// <param name="StandsFor">In whose name it was given by a stand-in.</param>
internal sealed record HoldApproval(long Round, Guid Approver, Guid? StandsFor, string ApproverName, DateOnly Until, DateTimeOffset At);

/// <summary>What a hold is asked to cover: one entry, or every read of the person under a reference.</summary>
internal sealed record HoldTarget(PersonId Person, string? Node, long? Seq, string? Reference)
{
    public bool IsWhole => (Node is not null && Seq is not null && string.IsNullOrEmpty(Reference))
        || (Node is null && Seq is null && !string.IsNullOrWhiteSpace(Reference));
}

/// <summary>Two different people, neither of whom made the reads; a day at most a year away; never silently for ever.</summary>
internal static class HoldRules
{
    public const int ReasonLengthMin = 10;
    public const int TextLengthMax = 500;

    /// <param name="readers">The accounts whose reads would be withheld, those in whose name they were made among them.</param>
    public static Refusal? MayApprove(Actor approver, HoldApproval? first, IEnumerable<Guid> readers) =>
        approver.Is(first?.Approver) || approver.Is(first?.StandsFor)
            ? Refusal.Of("readlog.second_approver", "The second approval must come from somebody else.")
        : readers.Any(reader => approver.Is(reader)) ? Refusal.Of("readlog.own_reads", "Nobody withholds their own reads.")
        : null;

    public static Refusal? CheckDay(DateOnly until, DateOnly today) =>
        until <= today ? Refusal.Of("readlog.hold_day", "The last day must lie after today.")
        : until > today.AddYears(1) ? Refusal.Of("readlog.hold_long", "A hold lasts at most a year; two people can extend it.")
        : null;

    public static Refusal? CheckWords(string reason, string basis) => Refusal.All(
        reason.Trim().Length is < ReasonLengthMin or > TextLengthMax ? Refusal.Of("readlog.hold_reason", "Say why in 10 to 500 characters.") : null,
        basis.Trim().Length is 0 or > TextLengthMax ? Refusal.Of("readlog.hold_basis", "Name the law or the order on which it rests.") : null);
}
