namespace Legwork.Platform.Access;

/// <summary>How long a kind of record is kept, as its module declares it (<see cref="Access.AccessBook"/>).</summary>
/// <param name="Swept">The server deletes what is older by itself.</param>
internal sealed record Kept(string Kind, int KeepDays, bool Swept, string Basis);
