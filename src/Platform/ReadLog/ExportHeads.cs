using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// What an auditor takes away: every chain's present head, signed, and the public key. Kept off the server, it shows later whether
/// the log was cut or rewritten: <c>verify-log --heads DIR --public-key DIR/public-key.pem</c>.
/// </summary>
internal static class ExportHeads
{
    /// <returns>The heads written; each is added to <c>NODE.jsonl</c> in the folder.</returns>
    public static IReadOnlyList<Head> Run(Store store, LogSigner signer, string folder)
    {
        var heads = store.Read(Head.Inside);
        Directory.CreateDirectory(folder);
        var key = Path.Combine(folder, "public-key.pem");
        if (File.Exists(key) && File.ReadAllText(key).Trim() != signer.PublicKey.Trim())
            throw new InvalidOperationException($"{key} is another key: the folder belongs to another district, or the signing key was replaced.");
        File.WriteAllText(key, signer.PublicKey);
        foreach (var head in heads) File.AppendAllText(Path.Combine(folder, head.Node + ".jsonl"), head.ToLine() + "\n");
        return heads;
    }
}
