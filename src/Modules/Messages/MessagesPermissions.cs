using Legwork.Platform.Access;

namespace Legwork.Messages;

internal static class MessagesPermissions
{
    /// <summary>The machine's own: it looks up how people are reached when it hands over.</summary>
    public static readonly Permission Send = new("messages.send", Role.Administrator);

    /// <summary>Ringing whom nothing else reaches, and settling who was not reached, in the own place.</summary>
    public static readonly Permission Desk = new("messages.desk", Role.Clerk, Role.Supervisor);

    /// <summary>What lies in files to be carried to a gateway or printed.</summary>
    public static readonly Permission Outgoing = new("messages.outgoing", Role.Administrator);
}
