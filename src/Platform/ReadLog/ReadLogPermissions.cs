using Legwork.Platform.Access;

namespace Legwork.Platform.ReadLog;

/// <summary>Who audits the log of reads, and who withholds from it.</summary>
internal static class ReadLogPermissions
{
    public static readonly Permission Audit = new("readlog.audit", Role.Auditor);

    public static readonly Permission Hold = new("readlog.hold", Role.Auditor, Role.Administrator);
}
