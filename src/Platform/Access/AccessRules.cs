namespace Legwork.Platform.Access;

/// <summary>Which district this server serves, and whether its accounts are the demonstration's.</summary>
/// <param name="District">GB/T 2260 code.</param>
public sealed record AccessRules(string District, bool Demonstration);
