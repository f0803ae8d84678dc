using Legwork.Platform.Access;

namespace Legwork.Webhooks;

internal static class WebhooksPermissions
{
    /// <summary>Who is told of what: an administrator of the whole district.</summary>
    public static readonly Permission Manage = new("webhooks.manage", Role.Administrator);

    /// <summary>The receivers' own: under it each personal telling stands in the log of reads.</summary>
    public static readonly Permission Receive = new("webhooks.receive", Role.Receiver);
}
