using System.Text;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Host.Soak;

internal sealed record DamageVerdict(int Files, int Refused, IReadOnlyList<string> Faults);

/// <summary>
/// Damages lists of offices in ways that disks, mail and people do, and hands them over: each is either taken whole or refused by
/// name, and a refused one changes nothing.
/// </summary>
internal sealed class DamageTrials(IRegisters registers, Store store, int seed)
{
    private readonly Random random = new(seed);

    /// <param name="folder">Whole lists of a later month than the ones taken.</param>
    public async Task<DamageVerdict> Run(string folder, string workFolder, int files, Action<int>? progress = null)
    {
        var lists = Directory.GetFiles(folder)
            .Where(file => file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".xlsx", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        var faults = new List<string>();
        var refused = 0;
        for (var i = 0; i < files; i++)
        {
            Directory.CreateDirectory(workFolder);
            var list = lists[random.Next(lists.Length)];
            var (bytes, how) = Damage(await File.ReadAllBytesAsync(list));
            await File.WriteAllBytesAsync(Path.Combine(workFolder, Path.GetFileName(list)), bytes);
            if (await Hand(workFolder, $"{Path.GetFileName(list)} {how}", faults)) refused++;
            Directory.Delete(workFolder, recursive: true);
            progress?.Invoke(i + 1);
        }
        return new DamageVerdict(files, refused, faults);
    }

    /// <returns>Whether it was refused.</returns>
    private async Task<bool> Hand(string folder, string what, List<string> faults)
    {
        var (before, refused) = (Count(), true);
        try
        {
            var taken = await registers.TakeFolder(folder, Actor.System);
            refused = !taken.AllTaken;
            if (taken.Files.Any(file => file.Refusals.Any(fault => fault.Code.Length == 0))
                || taken.Refused.Any(file => file.Refusal.Code.Length == 0))
                faults.Add($"{what}: refused without a name");
        }
        catch (Exception failure)
        {
            faults.Add($"{what}: {failure.GetType().Name} instead of a refusal: {failure.Message}");
        }
        var after = Count();
        if (after.Taking > 0) faults.Add($"{what}: half an import is left");
        if (refused && after != before) faults.Add($"{what}: refused, but the storage changed from {before} to {after}");
        return refused;
    }

    private Counted Count() => store.Snapshot(session => new Counted(
        session.Scalar<long>("select count(*) from people_record"), session.Scalar<long>("select count(*) from people_row"),
        session.Scalar<long>("select count(*) from people_import where state = 'taken'"),
        session.Scalar<long>("select count(*) from people_import where state = 'taking'"),
        session.Scalar<long>("select count(*) from people_file")));

    private (byte[] Bytes, string How) Damage(byte[] whole)
    {
        var bytes = whole.ToArray();
        var at = random.Next(bytes.Length);
        switch (random.Next(7))
        {
            case 0: return (bytes[..at], $"cut at {at}");
            case 1:
                for (var i = 0; i < 1 + random.Next(50); i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return (bytes, "with bytes changed");
            case 2: return ([.. bytes[..at], .. bytes[at..], .. bytes[at..]], $"repeated from {at}");
            case 3: return ([.. bytes[..at], .. Encoding.Unicode.GetBytes("混合编码"), .. bytes[at..]], "with two encodings");
            case 4: return ([.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(5000))..]], $"with a hole at {at}");
            case 5:
                Array.Clear(bytes, at, Math.Min(512, bytes.Length - at));
                return (bytes, $"with zeros at {at}");
            default: return ([], "empty");
        }
    }

    private sealed record Counted(long Records, long Rows, long Taken, long Taking, long Files);
}
