using Legwork.Kernel;

namespace Legwork.Clinics;

/// <summary>A reason that others will read: two to five hundred signs.</summary>
internal static class Reasons
{
    public const int LengthMax = 500;

    public static Refusal TooLong => Refusal.Of("clinics.reason_long", "A reason has at most 500 characters.");

    public static Refusal? Missing(string reason) => reason.Trim().Length switch
    {
        < 2 => Refusal.Of("clinics.reason", "Write the reason: others will read it."),
        > LengthMax => TooLong,
        _ => null,
    };
}
