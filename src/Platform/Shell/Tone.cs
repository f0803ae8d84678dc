namespace Legwork.Platform.Shell;

/// <summary>What a notice, tag or bar says beside its words. Never the only sign: each tone has its mark too.</summary>
public enum Tone
{
    Plain,
    Info,
    Good,
    Warn,
    Danger,
}

/// <summary>One first action a page, other actions second, and danger for what takes something away.</summary>
public enum ButtonKind
{
    First,
    Second,
    Danger,
}

internal static class Tones
{
    public static string? Class(this Tone tone) => tone switch
    {
        Tone.Info => "info",
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Danger => "danger",
        _ => null,
    };

    public static string Mark(this Tone tone) => tone switch
    {
        Tone.Info => "●",
        Tone.Good => "✓",
        Tone.Warn => "▲",
        Tone.Danger => "■",
        _ => "○",
    };
}
