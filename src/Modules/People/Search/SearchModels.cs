using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.People.Search;

internal sealed record SearchModel(string Question, string For, IReadOnlyList<Purpose> Purposes, SearchPage? Result, Refusal? Wrong);
