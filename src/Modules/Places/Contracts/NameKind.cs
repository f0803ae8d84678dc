namespace Legwork.Places.Contracts;

/// <summary>What a name is, which decides how numbers without words behind it are read.</summary>
public enum NameKind
{
    Estate,
    Road,
    Village,
}
