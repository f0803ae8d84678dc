using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Findings;

/// <summary>Where data disagree: what is found, written, asked and heard.</summary>
internal static class FindingServices
{
    public static IServiceCollection AddFindings(this IServiceCollection services) => services
        .AddSingleton<UpdateFindings>()
        .AddSingleton<RenewFindings>()
        .AddSingleton<WriteFindings>()
        .AddSingleton<IFindingListener, OpenCases>()
        .AddSingleton<HearResults>()
        .AddSingleton<CountFindings>();
}
