using Legwork.Platform.Shell;

namespace Legwork.Platform.Passkeys;

/// <param name="Fresh">Whether somebody showed just now who sits here.</param>
/// <param name="MoreIsDue">Nothing else is open before there is one and it was used.</param>
/// <param name="Domain">The name that keys are bound to; null where there are none.</param>
internal sealed record PasskeysModel(IReadOnlyList<PasskeyLine> Lines, bool Fresh, bool ByOffice, string? Domain, string Name, FormErrors? Errors,
    bool MoreIsDue);
