using System.Runtime.CompilerServices;

namespace Legwork.Platform.Storage;

/// <summary>
/// Whether a unit became durable on behalf of the request under way: should the storage go away after it, while the answer is being made,
/// nobody may be told that nothing was saved.
/// </summary>
internal static class WrittenHere
{
    private static readonly AsyncLocal<StrongBox<bool>?> Asked = new();

    public static bool Any => Asked.Value is { Value: true };

    /// <summary>Called where a request comes in.</summary>
    public static void Begin() => Asked.Value = new StrongBox<bool>();

    public static void Note()
    {
        if (Asked.Value is { } asked) asked.Value = true;
    }
}
