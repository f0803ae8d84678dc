using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// Every look at personal data → the closed list of purposes → the chained log, before anything is shown → the person who was read,
/// the auditors, and figures for everyone.
/// </summary>
public static class ReadLogModule
{
    public static IServiceCollection AddReadLogPages(this IServiceCollection services) => services
        .AddSingleton(new NavItem("reads.nav", "/reads", ReadLogPermissions.Audit, 85))
        .AddSingleton(new NavItem("holds.nav", "/holds", ReadLogPermissions.Hold, 86))
        .AddSingleton(new NavItem("transparency.nav", "/transparency", null, 95));

    public static IEndpointRouteBuilder MapReadLog(this IEndpointRouteBuilder routes)
    {
        AuditRoutes.Map(routes);
        HoldRoutes.Map(routes);
        return routes;
    }
}
