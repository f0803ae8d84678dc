using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Clinics;

/// <summary>Carries a refusal out of a unit of which something was written already, so that nothing of it stays.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}

internal static class WholeUnits
{
    /// <summary>A unit that may find out in its middle that it cannot be: then nothing of it is written, and the refusal comes back.</summary>
    public static async Task<Outcome<T>> WriteWhole<T>(this Store store, Func<Session, T> unit)
    {
        try
        {
            return await store.Write(unit);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
