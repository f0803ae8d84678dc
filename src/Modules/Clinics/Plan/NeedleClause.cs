namespace Legwork.Clinics.Plan;

/// <summary>What can stand between a vial and a child, each under a name of its own.</summary>
internal static class NeedleClause
{
    public const string Code = "code", Unknown = "unknown", Elsewhere = "elsewhere", Empty = "empty", Product = "product", Expired = "expired",
        Recalled = "recalled", Quarantine = "quarantine", Fridge = "fridge", Opened = "opened", Child = "child", NotCalled = "not_called",
        Consent = "consent", NotDue = "not_due", Interval = "interval", State = "state", Doctor = "doctor", NoBirth = "no_birth";

    public static readonly IReadOnlyList<string> All = [Code, Unknown, Elsewhere, Empty, Product,
        Expired, Recalled, Quarantine, Fridge, Opened, Child,
        NotCalled, Consent, NotDue, Interval, State, Doctor, NoBirth];
}
