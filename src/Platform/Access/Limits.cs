namespace Legwork.Platform.Access;

/// <summary>Names of the rate limits that routes ask for; the host says how much each allows.</summary>
public static class Limits
{
    /// <summary>For whatever checks a password.</summary>
    public const string SignIn = "sign-in";
}
