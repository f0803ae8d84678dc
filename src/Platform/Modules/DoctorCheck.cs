using Legwork.Platform.Storage;

namespace Legwork.Platform.Modules;

/// <summary>Something that a module wants looked at by <c>legwork doctor</c>, inside one reading of the storage.</summary>
public sealed record DoctorCheck(Func<Session, DateTimeOffset, IEnumerable<Sign>> Look);

public enum Health
{
    Ok,
    Warn,
    Bad,
}

/// <param name="Of">What was looked at, in a word.</param>
/// <param name="Do">What an operator can do about it; empty when nothing is needed.</param>
public sealed record Sign(string Of, Health Health, string Says, string Do = "");
