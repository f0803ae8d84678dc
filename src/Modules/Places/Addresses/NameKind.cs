namespace Legwork.Places.Addresses;

/// <summary>What a name is, which decides how numbers without words behind it are read.</summary>
internal enum NameKind
{
    Estate,
    Road,
    Village,
}
