using System.Xml.Linq;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Legwork.Platform.Secrets;

/// <summary>Cookie and form keys in the storage, so that every node reads every node's cookies; sealed under the master key.</summary>
internal sealed class SharedKeys(Store store, NumberVault vault, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        store.Read(session => session.Query<string>("select xml from platform_key order by at, name"))
            .ConvertAll(sealedXml => XElement.Parse(vault.Open(Convert.FromBase64String(sealedXml))));

    public void StoreElement(XElement element, string friendlyName) => store.Write(session => session.Execute(
        "insert into platform_key (name, xml, at) values (@friendlyName, @xml, @at) on conflict (name) do nothing",
        new { friendlyName, xml = Convert.ToBase64String(vault.Seal(element.ToString(SaveOptions.DisableFormatting))), at = clock.GetUtcNow() }))
        .GetAwaiter().GetResult();
}

/// <summary>The repository seals whole elements, so the framework need not (and must not warn that nobody does).</summary>
internal sealed class SealedByRepository : IXmlEncryptor, IXmlDecryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", plaintextElement), typeof(SealedByRepository));

    public XElement Decrypt(XElement encryptedElement) => encryptedElement.Elements().First();
}
