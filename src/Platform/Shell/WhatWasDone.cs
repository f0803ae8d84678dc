namespace Legwork.Platform.Shell;

/// <summary>What a decision has done, for the page that is shown after it: <c>Done · Undo · Next</c>. Made from what is stored and not from what
/// was sent, so that it is true also when the page is opened again.</summary>
/// <param name="What">What was done, in a sentence.</param>
/// <param name="Of">Whom or what it was done to, one line each.</param>
/// <param name="Then">What follows and by when somebody answers; null where nothing does.</param>
/// <param name="Undo">The way back; null where there is none.</param>
/// <param name="CannotUndo">Where it cannot be taken back: that it cannot, and what to do instead.</param>
/// <param name="Next">The next one, or the place to look for it.</param>
public sealed record WhatWasDone(string What, IReadOnlyList<string> Of, string? Then, Undo? Undo, string? CannotUndo, Crumb? Next)
{
    /// <summary>For what did not go as it should, beside what did.</summary>
    public Tone Tone { get; init; } = Tone.Good;

    /// <summary>Of several at once, those that could not be done, each with its reason; null where all were.</summary>
    public WhatWasDone? NotDone { get; init; }
}

/// <param name="Action">Where the undoing is posted.</param>
/// <param name="Hidden">What is sent along.</param>
public sealed record Undo(string Action, IReadOnlyList<(string Name, string Value)> Hidden);
