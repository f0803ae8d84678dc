using Legwork.Platform.Shell;

namespace Legwork.Histories.Pages;

/// <summary>What the pages say of a take-over and of a row, beside their words.</summary>
internal static class Shown
{
    public static Tone ToneOf(TakeRow take) => take.State switch
    {
        TakeState.Taken => Tone.Good,
        TakeState.Refused or TakeState.Lost => Tone.Danger,
        TakeState.Tried => Tone.Warn,
        _ when take.IsWorking => Tone.Info,
        _ => Tone.Plain,
    };

    public static Tone ToneOf(string outcome) => outcome switch
    {
        RowState.New or RowState.Taken => Tone.Good,
        RowState.Stays => Tone.Warn,
        _ when RowState.Waiting.Contains(outcome) => Tone.Warn,
        _ => Tone.Plain,
    };

    /// <summary>The reason in the reader's language; a cell that cannot be read says why as every list does.</summary>
    public static string Why(T t, ShownRow row) =>
        row.Why.Length == 0 ? "" : t[$"histories.why.{row.Why}", [.. row.Words.Select(word => (object?)t.Called(word))]];
}
