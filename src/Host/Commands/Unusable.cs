using System.Net.Sockets;
using Legwork.Platform.Storage;
using Npgsql;

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
        InvalidDataException data => data.InnerException is { } inner ? $"{data.Message} {inner.Message}" : data.Message,
        FormatException or UnauthorizedAccessException or IOException => fault.Message,
        StorageAwayException { FateUnknown: true } broken => broken.Message,
        StorageAwayException { InnerException: { } cause } => Says(cause) ?? cause.Message,
        NpgsqlException database => $"PostgreSQL cannot be used: {database.Message}. The connection string is 'Storage' of legwork.json.",
        SocketException socket => $"The address to listen on cannot be used: {socket.Message}",
        InvalidOperationException { InnerException: FormatException setting } set => $"{set.Message} {setting.Message}",
        _ => null,
    };
}
