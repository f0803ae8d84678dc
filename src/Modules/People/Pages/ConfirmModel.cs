using Legwork.Kernel;

namespace Legwork.People.Pages;

/// <param name="Asked">The text key of the question.</param>
/// <param name="Yes">The text key of the button.</param>
internal sealed record ConfirmModel(string Asked, string Yes, string What, string Action, string Cancel, bool WithReason, Refusal? Wrong);
