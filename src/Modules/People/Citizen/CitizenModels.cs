namespace Legwork.People.Citizen;

/// <param name="Asked">The request that was sent or withdrawn a moment ago; null when none was.</param>
internal sealed record MeModel(MyPage Page, string Address, Guid? Asked);

/// <param name="Address">The page of the file: <c>/me</c> or that of someone in the reader's care.</param>
internal sealed record MyReadsModel(WhoRead Reads, string Address);
