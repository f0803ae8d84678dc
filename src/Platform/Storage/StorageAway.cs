using Npgsql;

namespace Legwork.Platform.Storage;

/// <summary>
/// The storage does not answer: its server died, another takes its place, or the line to it is cut. Nothing of the unit is durable,
/// unless <see cref="FateUnknown"/>: then the commit was on its way and may have arrived, and only a look tells.
/// </summary>
public sealed class StorageAwayException(bool fateUnknown, Exception cause)
    : Exception(fateUnknown ? "The storage broke off during a commit; look whether it is written." : "The storage does not answer.", cause)
{
    public bool FateUnknown { get; } = fateUnknown;

    /// <summary>It answers, and so many read that no place became free for this one.</summary>
    internal bool IsBusy { get; init; }
}

internal static class StorageAway
{
    private const string CannotWriteHere = PostgresErrorCodes.ReadOnlySqlTransaction;
    private const string SilentTooLong = "25P03"; // the server heard nothing of a transaction under way, and has undone it

    /// <summary>Whether the server or the line is what failed, and not the unit.</summary>
    public static bool Says(Exception failure) => failure switch
    {
        StorageAwayException => true,
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        // 08 connection, 53 resources, 57 an operator or a crash, 58 the system; a node that was primary a moment ago refuses writes.
        PostgresException answered => answered.SqlState is CannotWriteHere or SilentTooLong || answered.SqlState[..2] is "08" or "53" or "57" or "58",
        NpgsqlException silent => silent.IsTransient,
        TimeoutException => true, // the very first connection, while the server is asked for its types
        _ => false,
    };

    /// <summary>Whether the same may be tried on another connection at once: a silence has already cost its patience.</summary>
    public static bool MayPassAtOnce(Exception failure) =>
        Says(failure) && failure is not TimeoutException && failure.InnerException is not TimeoutException;
}
