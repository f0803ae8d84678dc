namespace Legwork.Platform.Shell;

/// <summary>One answer of a <see cref="Select"/> or <see cref="Radios"/>: the value sent, the words shown, a line of help.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);
