using Legwork.Kernel;
using Legwork.People.Citizen;
using Legwork.People.Files;

namespace Legwork.People.Pages;

internal sealed record MeModel(MyPage Page, string Address);

/// <param name="Address">The page of the file: <c>/me</c> or that of someone in the reader's care.</param>
internal sealed record MyReadsModel(WhoRead Reads, string Address);

internal sealed record AskModel(MyPage Page, string Address, IReadOnlyList<AttributeRule> Rules, IReadOnlyDictionary<string, string> Said, string At, Refusal? Wrong);
