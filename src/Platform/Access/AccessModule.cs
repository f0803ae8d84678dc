using Legwork.Platform.Access.Staff;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Access;

/// <summary>Which district this server serves, and whether its accounts are the demonstration's.</summary>
/// <param name="District">GB/T 2260 code.</param>
public sealed record AccessRules(string District, bool Demonstration);

/// <summary>
/// People who work here → who gives which role, where and until when → signing in, and every later click → the routes they reach,
/// and a history that nobody can change.
/// </summary>
public static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessRules rules) => services
        .AddSingleton(rules)
        .AddSingleton<JoinStaff>()
        .AddSingleton<MoveStaff>()
        .AddSingleton<LeaveStaff>()
        .AddSingleton<ResetPassword>()
        .AddSingleton(new NavItem("staff.nav", "/staff", AccessPermissions.SeeStaff, 80));

    /// <summary>Start page, sign-in, own password, staff.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        SignInRoutes.Map(routes);
        StaffRoutes.Map(routes);
        return routes;
    }
}
