namespace Legwork.People.Citizen;

internal sealed record MeModel(MyPage Page, string Address);

/// <param name="Address">The page of the file: <c>/me</c> or that of someone in the reader's care.</param>
internal sealed record MyReadsModel(WhoRead Reads, string Address);
