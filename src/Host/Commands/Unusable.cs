using System.Net.Sockets;
using Legwork.Platform.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Legwork.Host.Commands;

/// <summary>
/// What the machine or a settings file makes impossible, in a sentence that names the file, folder or address. Everything else is a
/// fault of the program and shows where it happened.
/// </summary>
internal static class Unusable
{
    /// <summary>Null for a fault of the program.</summary>
    public static string? Says(Exception fault) => fault switch
    {
        AggregateException { InnerException: { } first } => Says(first),
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => Damaged("a page of it cannot be read"),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => "The disk is full: nothing was written. Free space, then try again.",
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR or raw.SQLITE_PERM } =>
            "The database cannot be opened or written. Look at the owner of the data folder and at the disk.",
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } =>
            Damaged("a page of it cannot be read"),
        InvalidDataException data => data.InnerException is { } inner ? $"{data.Message} {inner.Message}" : data.Message,
        FormatException or UnauthorizedAccessException or IOException => fault.Message,
        StorageAwayException { FateUnknown: true } broken => broken.Message,
        StorageAwayException { InnerException: { } cause } => Says(cause) ?? cause.Message,
        NpgsqlException database => $"PostgreSQL cannot be used: {database.Message}. The connection string is 'Storage' of legwork.json.",
        SocketException socket => $"The address to listen on cannot be used: {socket.Message}",
        InvalidOperationException { InnerException: FormatException setting } set => $"{set.Message} {setting.Message}",
        _ => null,
    };

    /// <exception cref="CannotOpenException">A page of the database is damaged: what is read of it would be wrong, or missing.</exception>
    public static void RefuseDamage(Store store)
    {
        if (store.Damage() is { } why) throw new CannotOpenException(Damaged(why));
    }

    private static string Damaged(string why) =>
        $"The database is damaged ({why.ReplaceLineEndings(" ").Trim()}). Stop the server, keep the file, and restore the last backup.";
}
